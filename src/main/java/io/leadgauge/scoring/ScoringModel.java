package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Stage;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A compiled model: how contacts score. Points are a pure function of the contact and the instant;
 * decisions are one of those, the decision before and the place in the CRM.
 *
 * <p>Immutable and thread-safe.
 */
public final class ScoringModel {
  private final ModelDefinition definition;
  private final String hash;
  private final CompiledRules rules;
  private final Judgement judgement;
  private final SortedSet<String> taskProperties;
  private final boolean handingToOwners;

  private ScoringModel(ModelDefinition definition) {
    this.definition = definition;
    hash = Canonical.hash(definition);
    rules = CompiledRules.of(definition);
    judgement = Judgement.of(definition);
    List<HandOff> handOffs =
        definition.stages().stream().map(Stage::handOff).filter(Objects::nonNull).toList();
    SortedSet<String> named = new TreeSet<>();
    handOffs.forEach(handOff -> named.addAll(new TaskText(handOff.task()).properties()));
    taskProperties = Collections.unmodifiableSortedSet(named);
    handingToOwners =
        handOffs.stream().anyMatch(handOff -> handOff.owner().equals(HandOff.CONTACT_OWNER));
  }

  /**
   * Compiles a model.
   *
   * @throws IllegalArgumentException if the definition contradicts itself: two rules with one id, a
   *     condition on a dimension that is not there, thresholds out of order, …; the message names
   *     it
   */
  public static ScoringModel of(ModelDefinition definition) {
    Soundness.check(definition);
    return new ScoringModel(definition);
  }

  /** Returns the model's name. */
  public String name() {
    return definition.name();
  }

  /** Returns what it was compiled from. */
  public ModelDefinition definition() {
    return definition;
  }

  /**
   * Returns the hash of the model's meaning: 64 hex digits of SHA-256. Layout and comments of the
   * manifest do not matter, nor does the order of dimensions and of the rules in one.
   */
  public String hash() {
    return hash;
  }

  /** Returns the neutral names of the properties that the model reads; unmodifiable. */
  public SortedSet<String> properties() {
    return rules.properties();
  }

  /** Returns the types of the activities that the model reads; unmodifiable. */
  public SortedSet<String> activityTypes() {
    return rules.activityTypes();
  }

  /** Returns the neutral names of the properties that tasks of hand-offs name; unmodifiable. */
  public SortedSet<String> taskProperties() {
    return taskProperties;
  }

  /** Tells whether a hand-off makes a task of whoever owns the contact. */
  public boolean isHandingToOwners() {
    return handingToOwners;
  }

  /** Reads a contact, to be scored at any instant as long as no fact changes. */
  public Contact read(Subject subject) {
    return new Contact(judgement, rules.read(subject));
  }

  /**
   * Reads a contact, scores it and decides on it.
   *
   * @see Contact#evaluate
   */
  public Evaluation evaluate(Subject subject, Decision previous, StageInCrm crm, long now) {
    return read(subject).evaluate(previous, crm, now);
  }
}
