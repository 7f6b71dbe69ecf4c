package io.leadgauge.scoring;

import java.util.List;

/**
 * What may become of a contact's label.
 *
 * @param ways rules each of which alone would reach the next label, the smallest first, three at
 *     most; copied
 * @param labelUntil when the label is lost if nothing happens: the first millisecond of a lower
 *     one; {@link Long#MAX_VALUE} for never, 0 where it was not found within the bound on
 *     evaluations
 */
public record Outlook(List<Way> ways, long labelUntil) {
  /** Nothing to look ahead to. */
  static final Outlook NONE = new Outlook(List.of(), Long.MAX_VALUE);

  public Outlook {
    ways = List.copyOf(ways);
  }

  /**
   * A way to the next label: one more activity, or another value of a property.
   *
   * @param rule the rule's id
   * @param points what it would give beyond what it gives now, in millionths; above 0
   */
  public record Way(String rule, long points) {}
}
