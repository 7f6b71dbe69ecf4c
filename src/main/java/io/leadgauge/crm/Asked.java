package io.leadgauge.crm;

/** What came of a question to a portal or org. */
public sealed interface Asked<T> {
  /** It was answered. */
  record Told<T>(T value) implements Asked<T> {}

  /**
   * It was not.
   *
   * @param status what the CRM answered with; 0 where it did not answer
   */
  record Untold<T>(CallTrouble trouble, int status) implements Asked<T> {}
}
