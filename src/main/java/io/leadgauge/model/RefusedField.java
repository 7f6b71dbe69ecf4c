package io.leadgauge.model;

/**
 * A property that a CRM refuses to be written, for whatever contact: deleted, made read-only or of
 * another type, without an option, or guarded by a rule. It is left out of all writes, alone, until
 * a try of one contact is taken.
 *
 * @param property the platform's own name
 * @param message what the CRM said
 * @param since when it was first refused
 * @param tries how often in a row it was refused
 * @param nextTryAt when it is tried again at the latest
 * @param definition how the CRM defined it when it was refused, to notice a change; empty while not
 *     known
 */
public record RefusedField(
    String property, String message, long since, int tries, long nextTryAt, String definition) {
  /** Returns the same, refused once more. */
  public RefusedField refusedAgain(String said, long tryAt) {
    return new RefusedField(property, said, since, tries + 1, tryAt, definition);
  }

  /** Returns the same, to be tried at another instant. */
  public RefusedField triedAt(long tryAt) {
    return new RefusedField(property, message, since, tries, tryAt, definition);
  }

  /** Returns the same, defined like this. */
  public RefusedField defined(String as) {
    return new RefusedField(property, message, since, tries, nextTryAt, as);
  }
}
