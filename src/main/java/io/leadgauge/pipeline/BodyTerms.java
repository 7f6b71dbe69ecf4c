package io.leadgauge.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the bodies of what came are kept. Whichever bound is met first empties the oldest; what
 * they told is kept as facts.
 *
 * @param age how long at least, where there is room; null for ever
 * @param bytes how long they may be together, as they are stored; {@link Long#MAX_VALUE} for
 *     without a bound
 */
public record BodyTerms(@Nullable Duration age, long bytes) {
  /**
   * A quarter of a year, since a question about a contact rarely looks further back, and 10 GB,
   * some forty million single events: room for most, and a bound for all.
   */
  public static final BodyTerms DEFAULT = new BodyTerms(Duration.ofDays(90), 10_000_000_000L);

  /** Nothing is ever emptied. */
  public static final BodyTerms FOREVER = new BodyTerms(null, Long.MAX_VALUE);

  /** Returns until when entries that came are old enough to be emptied, by our clock. */
  long oldUntil(long now) {
    return age == null ? Long.MIN_VALUE : now - age.toMillis();
  }
}
