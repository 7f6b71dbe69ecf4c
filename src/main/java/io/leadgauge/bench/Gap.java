package io.leadgauge.bench;

/**
 * A section of the benchmark that was not measured, or not to its end.
 *
 * @param section its name
 * @param why what is missing, or went wrong
 * @param isFault whether something went wrong; else something that it needs is not on this machine
 */
public record Gap(String section, String why, boolean isFault) {}
