package io.leadgauge.sandbox;

/**
 * A value that an enumeration allows.
 *
 * @param value the internal name, which is what is written and compared, by exact case
 * @param label what people see
 * @param displayOrder its place, from 0
 */
record PropertyOption(String value, String label, int displayOrder) {}
