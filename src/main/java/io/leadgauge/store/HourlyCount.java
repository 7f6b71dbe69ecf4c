package io.leadgauge.store;

/**
 * How much there was of something in an hour.
 *
 * @param connection whose; empty for the installation's
 * @param measure of what
 * @param hour which hour, since 1970-01-01T00:00Z
 * @param count how much
 * @param isPeak whether the most of the hour is kept, and not the sum
 */
public record HourlyCount(
    String connection, String measure, long hour, long count, boolean isPeak) {}
