package io.leadgauge.sandbox;

/**
 * A heading under which properties are shown.
 *
 * @param name the internal name
 * @param label what people see
 * @param displayOrder its place
 */
record PropertyGroup(String name, String label, int displayOrder) {}
