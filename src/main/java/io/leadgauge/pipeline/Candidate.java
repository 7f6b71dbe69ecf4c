package io.leadgauge.pipeline;

import io.leadgauge.model.Activation;
import io.leadgauge.scoring.ModelDefinition;
import java.util.List;

/**
 * A version of a connection that is to be in force.
 *
 * @param scope the connection with its model
 * @param demand what it needs to find in its portal
 * @param manifests the manifests that it consists of, as they were written; copied
 */
public record Candidate(ConnectionScope scope, Demand demand, List<Activation> manifests) {
  public Candidate {
    manifests = List.copyOf(manifests);
  }

  /** Returns a candidate that consists of these manifests. */
  public static Candidate of(
      ConnectionScope scope, ModelDefinition model, List<Activation> manifests) {
    return new Candidate(scope, Demand.of(scope, model), manifests);
  }
}
