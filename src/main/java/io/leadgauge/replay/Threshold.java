package io.leadgauge.replay;

import org.jspecify.annotations.Nullable;

/**
 * What a shown total added to the condition of a hand-off would do to the days of sales.
 *
 * @param capacity how many hand-offs a day sales can take
 * @param isMet whether the new model stays within that as it is
 * @param total the whole shown total that must be asked for; null if none is needed, or none does
 *     but one at which nobody is handed over
 * @param days the hand-offs with it; null if none is needed, or even the greatest total does not
 */
public record Threshold(
    long capacity, boolean isMet, @Nullable Long total, @Nullable HandOverDays days) {}
