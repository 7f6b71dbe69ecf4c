package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of reading one model.
 *
 * @param definition what it says, as far as it could be read; null if not even its parts could be
 *     found
 * @param problems what is wrong with it, by place; copied
 */
public record LoadedModel(@Nullable ModelDefinition definition, List<Problem> problems) {
  public LoadedModel {
    problems = List.copyOf(problems);
  }

  /** Returns what makes it unusable; empty if it can be used. */
  public List<Problem> errors() {
    return problems.stream().filter(Problem::isError).toList();
  }
}
