package io.leadgauge.replay;

/**
 * What one line of the ledger gave before and gives after.
 *
 * @param rule the rule's id, or the line's name such as {@code _rounding}
 * @param dimension the dimension that its points count in; may be empty
 * @param before millionths of a point; 0 where there was no such line
 * @param after millionths of a point; 0 where there is no such line any more
 * @param reason the newer of the two sentences
 */
public record Shift(String rule, String dimension, long before, long after, String reason) {
  /** Returns what the line moved the score by, in millionths of a point. */
  public long points() {
    return after - before;
  }
}
