package io.leadgauge.crm;

import org.jspecify.annotations.Nullable;

/**
 * The answer to the question how many contacts there are.
 *
 * @param contacts how many, about: what was created or deleted just now may not count yet
 * @param trouble why it is not known; null when it is
 */
public record CountAnswer(long contacts, @Nullable CallTrouble trouble) {}
