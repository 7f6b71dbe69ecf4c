package io.leadgauge.sandbox.salesforce;

import java.util.List;
import java.util.Optional;

/**
 * A field of an object.
 *
 * @param length the most characters of text; 0 where that means nothing
 * @param precision the most digits of a number; 0 where that means nothing
 * @param scale how many of them stand after the point
 * @param access what anybody may do with it
 * @param ours what field-level security leaves to our user of that
 * @param required whether a record cannot be saved without
 * @param standard the value of a new record that comes without one
 * @param values those of a picklist
 * @param restricted whether a picklist takes no other values
 * @param external whether records can be named by it: an external id, which is unique
 * @param to the objects that a reference leads to
 * @param relationship the name by which queries follow a reference
 * @param compound the field that shows it together with others
 */
record Field(
    String name,
    String label,
    FieldType type,
    int length,
    int precision,
    int scale,
    Access access,
    Ours ours,
    boolean required,
    Optional<String> standard,
    List<String> values,
    boolean restricted,
    boolean external,
    List<String> to,
    Optional<String> relationship,
    Optional<String> compound) {

  /** What anybody may do with a field. */
  enum Access {
    /** Look at it. */
    READ,
    /** Set it when the record is created, and never again. */
    CREATE,
    /** Set it at any time. */
    WRITE
  }

  /** What field-level security leaves to the user that an integration runs as. */
  enum Ours {
    /** To that user the field does not exist. */
    HIDDEN,
    READ,
    EDIT
  }

  Field {
    values = List.copyOf(values);
    to = List.copyOf(to);
  }

  boolean custom() {
    return name.endsWith("__c");
  }

  /** Whether a record may be created with it. */
  boolean createable(Actor actor) {
    return access != Access.READ && editable(actor);
  }

  /** Whether it may be changed. */
  boolean updateable(Actor actor) {
    return access == Access.WRITE && editable(actor);
  }

  boolean visible(Actor actor) {
    return !actor.restricted() || ours != Ours.HIDDEN;
  }

  private boolean editable(Actor actor) {
    return !actor.restricted() || ours == Ours.EDIT;
  }

  /** The same with other field-level security. */
  Field secured(Ours other) {
    return new Field(
        name,
        label,
        type,
        length,
        precision,
        scale,
        access,
        other,
        required,
        standard,
        values,
        restricted,
        external,
        to,
        relationship,
        compound);
  }

  /** The same with other values to choose from. */
  Field choosing(List<String> otherValues, boolean nowRestricted) {
    return new Field(
        name,
        label,
        type,
        length,
        precision,
        scale,
        access,
        ours,
        required,
        standard,
        otherValues,
        nowRestricted,
        external,
        to,
        relationship,
        compound);
  }
}
