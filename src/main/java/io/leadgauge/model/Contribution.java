package io.leadgauge.model;

/**
 * One line of the ledger: what one rule, or one limit, gave to a score. The lines of a score sum
 * exactly to its shown total.
 *
 * @param rule the rule's id; {@code _limit:<dimension>}, {@code _clamp} or {@code _rounding} for
 *     what a limit, the clamp of the total, or the rounding of the shown total took or gave
 * @param dimension the dimension that the points count in; empty for {@code _clamp} and {@code
 *     _rounding}
 * @param points millionths of a point, signed
 * @param reason a sentence that a salesperson understands
 */
public record Contribution(String rule, String dimension, long points, String reason) {}
