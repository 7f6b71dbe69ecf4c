package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.SortedSet;

/** A compiled model: how contacts score. Immutable and thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class ScoringModel {
  private ScoringModel() {}

  /** Compiles a model. */
  public static ScoringModel of(ModelDefinition definition) {
    throw new UnsupportedOperationException(definition.name());
  }

  /** Returns the model's name. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Returns the hash of the model's meaning: 64 hex digits; layout and comments do not matter. */
  public String hash() {
    throw new UnsupportedOperationException();
  }

  /** Returns the neutral names of the properties that the model reads. */
  public SortedSet<String> properties() {
    throw new UnsupportedOperationException();
  }

  /** Returns the types of the activities that the model reads. */
  public SortedSet<String> activityTypes() {
    throw new UnsupportedOperationException();
  }

  /**
   * Scores a contact and decides on it.
   *
   * @param subject the contact
   * @param previous what was decided last; {@link Decision#NONE} at first
   * @param crm where the CRM holds it
   * @param now the instant of scoring
   */
  public Evaluation evaluate(Subject subject, Decision previous, StageInCrm crm, long now) {
    throw new UnsupportedOperationException();
  }
}
