package io.leadgauge.replay;

import io.leadgauge.model.Fact;
import org.jspecify.annotations.Nullable;

/**
 * A fact that an entry told, and what it changed.
 *
 * @param fact the fact
 * @param effect what it changed
 * @param before what the property was before; null for unknown, and for other facts
 */
public record Learned(Fact fact, Effect effect, @Nullable String before) {
  /** What a fact changes. */
  public enum Effect {
    /** It holds from now on. */
    HOLDS,
    /** It holds as it did before, and this tells of another instant at which it was so. */
    CONFIRMED,
    /** It was not known, and something later was: it only completes the past. */
    PAST,
    /** It was known. */
    KNOWN
  }

  /** Tells whether it says something that was not known before. */
  public boolean isNew() {
    return effect == Effect.HOLDS || effect == Effect.PAST;
  }
}
