package io.leadgauge.pipeline;

import io.leadgauge.model.Activation;
import io.leadgauge.scoring.ModelDefinition;
import java.util.List;
import java.util.Map;

/**
 * A version of a connection that is to be in force.
 *
 * @param scope the connection with its models
 * @param demand what it needs to find in its portal
 * @param manifests what the journal is to keep of it: the manifests that it consists of, as they
 *     were written, and that it does; copied
 */
public record Candidate(ConnectionScope scope, Demand demand, List<Activation> manifests) {
  public Candidate {
    manifests = List.copyOf(manifests);
  }

  /**
   * Returns a candidate that consists of these manifests.
   *
   * @param manifests as they were written
   * @param models what its models say, by the names that the connection calls them
   */
  public static Candidate of(
      ConnectionScope scope, Map<String, ModelDefinition> models, List<Activation> manifests) {
    return new Candidate(scope, Demand.of(scope, models), Composition.journalled(scope, manifests));
  }
}
