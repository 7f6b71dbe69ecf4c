package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import java.nio.file.Path;
import java.util.List;

/**
 * A model without errors, ready to score.
 *
 * @param definition what it says
 * @param model the same, compiled
 * @param calendars the calendars that it reads; copied
 * @param cases what must come out of it; copied
 * @param file its file
 * @param text the file as written
 */
public record ModelManifest(
    ModelDefinition definition,
    ScoringModel model,
    List<CalendarManifest> calendars,
    List<Case> cases,
    Path file,
    String text) {
  public ModelManifest {
    calendars = List.copyOf(calendars);
    cases = List.copyOf(cases);
  }

  /** Returns how many rules and disqualifiers it has. */
  public int rules() {
    return definition.disqualifiers().size()
        + definition.dimensions().stream().mapToInt(dimension -> dimension.rules().size()).sum();
  }
}
