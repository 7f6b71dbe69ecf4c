package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition;
import java.util.List;
import java.util.Map;

/**
 * A model as far as it could be read, with what other manifests are checked against.
 *
 * @param definition what it says; incomplete if there were errors
 * @param uses what its rules read; copied
 * @param ids the ids of its rules and where they stand; copied
 * @param at where its name stands
 * @param complete whether it was read without an error
 */
record ReadModel(
    ModelDefinition definition,
    List<Use> uses,
    Map<String, Position> ids,
    Position at,
    boolean complete) {
  ReadModel {
    uses = List.copyOf(uses);
    ids = Map.copyOf(ids);
  }
}
