package io.leadgauge.manifest;

import java.util.List;

/**
 * What became of a folder of manifests.
 *
 * @param catalog those that can be used
 * @param problems what is wrong with the others, and what is worth knowing, by file, line and
 *     column; copied
 */
public record Loaded(Catalog catalog, List<Problem> problems) {
  public Loaded {
    problems = List.copyOf(problems);
  }

  /** Tells whether some manifest cannot be used. */
  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }
}
