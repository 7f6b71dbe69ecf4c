package io.leadgauge.sandbox;

import io.leadgauge.sandbox.Association.Label;
import java.util.List;

/** Something that happened to a record of a portal, as webhooks may tell it. */
sealed interface Change {

  /** What happened to whom; of a merge the record that goes on. */
  Subject subject();

  /** When, by the portal's clock. */
  long at();

  /** By whom. */
  ChangeSource source();

  /**
   * A value that a property took.
   *
   * @param value in stored form; empty when cleared
   */
  record NewValue(PropertyDefinition property, String value) {}

  /** A record was created, with these values set at once. */
  record Created(Subject subject, List<NewValue> values, long at, ChangeSource source)
      implements Change {}

  /** Values of a record changed. */
  record Updated(Subject subject, List<NewValue> values, long at, ChangeSource source)
      implements Change {}

  /** A record was archived; it can be restored. */
  record Archived(Subject subject, long at, ChangeSource source) implements Change {}

  /** An archived record came back, under its old id. */
  record Restored(Subject subject, long at, ChangeSource source) implements Change {}

  /** A contact was removed for privacy, beyond restoring. */
  record Erased(Subject subject, long at, ChangeSource source) implements Change {}

  /**
   * Two records became one.
   *
   * @param subject the record that goes on; a new one, or the primary
   * @param primaryId the one whose values won
   * @param mergedId the other
   * @param moved how many values came from the other
   */
  record Merged(
      Subject subject, long primaryId, long mergedId, int moved, long at, ChangeSource source)
      implements Change {

    /** The ids that are no more. */
    List<Long> losers() {
      return subject.id() == primaryId ? List.of(mergedId) : List.of(primaryId, mergedId);
    }
  }

  /**
   * Two records were associated, or no longer are; told once for each direction.
   *
   * @param subject the one side
   * @param other the other
   * @param label in which way
   * @param removed whether they no longer are
   */
  record Associated(
      Subject subject, Subject other, Label label, boolean removed, long at, ChangeSource source)
      implements Change {}
}
