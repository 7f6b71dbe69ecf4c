package io.leadgauge.sandbox;

/**
 * One value that a property took.
 *
 * @param value in stored form (see {@link PropertyType}); empty when it was cleared
 * @param at when
 * @param source by whom
 */
record Assignment(String value, long at, ChangeSource source) {}
