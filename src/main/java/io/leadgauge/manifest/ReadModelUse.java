package io.leadgauge.manifest;

import io.leadgauge.crm.ModelUse;
import io.leadgauge.model.Output;
import io.leadgauge.scoring.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model by which a connection scores, as far as it could be read, with where its parts stand.
 *
 * @param use what is said of it
 * @param when whom it scores; null for everybody
 * @param reads the properties and lists that {@code when} reads; copied
 * @param at where the model is named
 * @param targets where its target fields stand, or as near to them as there is anything
 * @param stages where its stages stand, or as near to them as there is anything
 */
record ReadModelUse(
    ModelUse use,
    @Nullable Condition when,
    List<Use> reads,
    Position at,
    Node targets,
    Node stages) {
  ReadModelUse {
    reads = List.copyOf(reads);
  }

  /** Returns how the connection calls it. */
  String name() {
    return use.name();
  }

  /** Returns where the target field of an output stands. */
  Position at(Output output) {
    return targets.nearest(output.word()).at();
  }
}
