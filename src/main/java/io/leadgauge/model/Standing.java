package io.leadgauge.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where a contact stands by one model: the last score, as the CRM should show it, and the decision
 * taken on it.
 *
 * @param model the model's name
 * @param modelHash hash of the model's meaning
 * @param scoredAt the instant of the first scoring that gave this
 * @param outputs what the CRM's fields should hold; an output that the model does not have is
 *     absent; copied
 * @param decision label and stages
 * @param recheckAt when time alone may next change something visible; {@link Long#MAX_VALUE} for
 *     never
 */
public record Standing(
    String model,
    String modelHash,
    long scoredAt,
    Map<Output, String> outputs,
    Decision decision,
    long recheckAt) {
  public Standing {
    EnumMap<Output, String> copy = new EnumMap<>(Output.class);
    copy.putAll(outputs);
    outputs = Collections.unmodifiableMap(copy);
  }

  /** Tells whether another says the same, whenever it was found. */
  public boolean isSameAs(Standing other) {
    return recheckAt == other.recheckAt
        && model.equals(other.model)
        && modelHash.equals(other.modelHash)
        && outputs.equals(other.outputs)
        && decision.equals(other.decision);
  }

  /** Returns the same, with another decision. */
  public Standing deciding(Decision other) {
    return new Standing(model, modelHash, scoredAt, outputs, other, recheckAt);
  }
}
