package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition;
import java.util.List;

/**
 * A model as far as it could be read, with what other manifests are checked against.
 *
 * @param definition what it says; incomplete if there were errors
 * @param uses what its rules read; copied
 * @param complete whether it was read without an error
 */
record ReadModel(ModelDefinition definition, List<Use> uses, boolean complete) {
  ReadModel {
    uses = List.copyOf(uses);
  }
}
