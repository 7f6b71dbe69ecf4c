package io.leadgauge.manifest;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A contact as a file tells it, in the model's own names: for {@code score} and for cases.
 *
 * @param properties its values; empty ones are left out; copied
 * @param activities what it did; copied
 * @param knownSince when it was created or first seen; null if the file does not say
 * @param previous what was decided on it before; null for nothing
 */
public record SampleContact(
    SortedMap<String, String> properties,
    List<Activity> activities,
    @Nullable Long knownSince,
    @Nullable Previous previous) {
  public SampleContact {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    activities = List.copyOf(activities);
  }

  /**
   * What was decided before.
   *
   * @param label the label held; null for none
   * @param stage the stage that the contact had reached; null for none
   * @param since since when; null for the instant of scoring
   */
  public record Previous(@Nullable String label, @Nullable String stage, @Nullable Long since) {}

  /**
   * Returns the contact as a model sees it. One that the file gives no beginning is known since its
   * first activity, or only since {@code now} if it never did anything.
   */
  public Subject subject(long now) {
    long first = activities.stream().mapToLong(Activity::at).min().orElse(now);
    return new Subject(properties, activities, knownSince == null ? first : knownSince);
  }

  /** Returns what was decided before, in the terms of a model. */
  public Decision decision(ModelDefinition model, long now) {
    if (previous == null) {
      return Decision.NONE;
    }
    long since = previous.since == null ? now : previous.since;
    int reached = position(model, previous.stage);
    List<StageMark> marks = new ArrayList<>();
    for (Stage stage : model.stages()) {
      boolean entered = marks.size() <= reached;
      marks.add(new StageMark(stage.name(), entered, entered ? since : 0, entered, 0, false));
    }
    return new Decision(previous.label, since, marks);
  }

  /** Returns where a CRM that knows just the model's stages would hold the contact. */
  public StageInCrm crm(ModelDefinition model) {
    Map<String, Integer> positions = new HashMap<>();
    for (Stage stage : model.stages()) {
      positions.put(stage.name(), positions.size());
    }
    return new StageInCrm(previous == null ? -1 : position(model, previous.stage), positions);
  }

  private static int position(ModelDefinition model, @Nullable String stage) {
    return model.stages().stream().map(Stage::name).toList().indexOf(stage == null ? "" : stage);
  }
}
