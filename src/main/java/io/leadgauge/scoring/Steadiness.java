package io.leadgauge.scoring;

/** Something about a contact that time alone may change, and that is watched for it. */
interface Steadiness {
  /** Returns the contact. */
  Timeline timeline();

  /** Returns the first instant from which on nothing changes by time alone, but at turns. */
  long settledAt();

  /**
   * Tells whether nothing changes from one moment to another, both inclusive, with no turn between
   * them; false where that is not certain.
   *
   * @param first a moment at which nothing has changed yet
   */
  boolean isSteady(Moment first, Moment last);

  /** Tells whether something has changed at a moment, up to which nothing had. */
  boolean differs(Moment moment);
}
