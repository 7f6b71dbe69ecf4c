package io.leadgauge.crm;

/**
 * Something of a connection that is good for a limited time.
 *
 * @param subject what, in a word or two
 * @param at until when, in milliseconds since 1970
 * @param cure what to do before that
 */
public record Expiry(String subject, long at, String cure) {}
