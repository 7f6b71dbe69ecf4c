package io.leadgauge.model;

/**
 * A field of a contact that somebody else keeps writing over, and that is left to them for a while.
 *
 * @param contact whose field
 * @param property the platform's own name of it
 * @param by who writes it, in the CRM's words
 * @param since when it was left to them
 * @param until when it is put right again at the earliest
 */
public record Contested(RecordRef contact, String property, String by, long since, long until) {}
