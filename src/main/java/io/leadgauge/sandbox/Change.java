package io.leadgauge.sandbox;

import java.util.List;

/** Something that happened to a contact of the portal, as webhooks may tell it. */
sealed interface Change {

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

  /** A contact was created, with these values set at once. */
  record Created(long id, List<NewValue> values, long at, ChangeSource source) implements Change {}

  /** Values of a contact changed. */
  record Updated(long id, List<NewValue> values, long at, ChangeSource source) implements Change {}

  /** A contact was archived; it can be restored. */
  record Archived(long id, long at, ChangeSource source) implements Change {}

  /** An archived contact came back, under its old id. */
  record Restored(long id, long at, ChangeSource source) implements Change {}

  /** A contact was removed for privacy, beyond restoring. */
  record Erased(long id, long at, ChangeSource source) implements Change {}

  /**
   * Two contacts became one.
   *
   * @param primaryId the one whose values won
   * @param mergedId the other
   * @param survivorId the id that goes on; a new one, unlike both
   * @param moved how many values came from the other
   */
  record Merged(
      long primaryId, long mergedId, long survivorId, int moved, long at, ChangeSource source)
      implements Change {}
}
