package io.leadgauge.manifest;

import io.leadgauge.model.ConnectionId;
import java.util.List;

/**
 * What became of a folder of manifests.
 *
 * @param catalog those that can be used
 * @param waiting the connections, apps and event sources that are in order and lack nothing but a
 *     secret; copied
 * @param problems what is wrong with the others, and what is worth knowing, by file, line and
 *     column; copied
 */
public record Loaded(Catalog catalog, List<ConnectionId> waiting, List<Problem> problems) {
  public Loaded {
    waiting = List.copyOf(waiting);
    problems = List.copyOf(problems);
  }

  /** Tells whether some manifest cannot be used. */
  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }
}
