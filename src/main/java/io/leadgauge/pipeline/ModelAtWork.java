package io.leadgauge.pipeline;

import io.leadgauge.crm.ModelUse;
import io.leadgauge.scoring.ScoringModel;

/**
 * A model at work in a connection. Immutable and thread-safe.
 *
 * @param use how the connection uses it
 * @param model the same, compiled for those whom it is to score
 */
public record ModelAtWork(ModelUse use, ScoringModel model) {
  /** Returns how the connection calls it; contacts stand by this name. */
  public String name() {
    return use.name();
  }

  /** Returns the hash of its meaning, for whom it is included. */
  public String hash() {
    return model.hash();
  }
}
