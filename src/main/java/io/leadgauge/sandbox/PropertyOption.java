package io.leadgauge.sandbox;

/**
 * A value that an enumeration allows.
 *
 * @param value the internal name, which is what is written and compared, by exact case
 * @param label what people see
 * @param description what it means, may be empty
 * @param displayOrder its place, from 0
 */
record PropertyOption(String value, String label, String description, int displayOrder) {}
