package io.leadgauge.manifest;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /**
   * Returns where a CRM that knows just the stages that the model names would hold the contact. If
   * it is at one of them, we brought it there.
   */
  public StageInCrm crm(ModelDefinition model) {
    Map<String, Integer> positions = positions(model);
    String stage = previous == null ? null : previous.stage;
    Integer position = stage == null ? null : positions.get(stage);
    return position == null
        ? new StageInCrm(-1, positions)
        : new StageInCrm(position, positions, true, false);
  }

  /** Returns where it would hold the contact once it has taken what a decision proposes. */
  private StageInCrm crm(ModelDefinition model, Decision decision) {
    Map<String, Integer> positions = positions(model);
    Integer position = decision.stage() == null ? null : positions.get(decision.stage());
    StageInCrm now = crm(model);
    return position == null || position <= now.position()
        ? now
        : new StageInCrm(position, positions, true, false);
  }

  /** Stages that only the CRM has come before those of the model. */
  private static Map<String, Integer> positions(ModelDefinition model) {
    Set<String> names = new LinkedHashSet<>();
    List<String> own = model.stages().stream().map(Stage::name).toList();
    for (Stage stage : model.stages()) {
      if (stage.recycle() != null && !own.contains(stage.recycle().to())) {
        names.add(stage.recycle().to());
      }
    }
    names.addAll(own);
    Map<String, Integer> positions = new HashMap<>();
    for (String name : names) {
      positions.put(name, positions.size());
    }
    return positions;
  }

  /**
   * Scores the contact, and shows what is handed over as soon as the CRM takes the stage that is
   * proposed.
   */
  public Evaluation evaluate(ModelManifest manifest, long now) {
    ModelDefinition definition = manifest.definition();
    Subject subject = subject(now);
    Decision before = decision(definition, now);
    Evaluation first = manifest.model().evaluate(subject, before, crm(definition), now);
    StageInCrm taken = crm(definition, first.decision());
    boolean handsOver = definition.stages().stream().anyMatch(stage -> stage.handOff() != null);
    return handsOver && first.handOff() == null
        ? manifest.model().evaluate(subject, first.decision(), taken, now)
        : first;
  }

  private static int position(ModelDefinition model, @Nullable String stage) {
    return model.stages().stream().map(Stage::name).toList().indexOf(stage == null ? "" : stage);
  }
}
