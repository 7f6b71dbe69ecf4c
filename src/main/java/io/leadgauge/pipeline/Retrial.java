package io.leadgauge.pipeline;

/** What came of taking up a delivery once more. */
public sealed interface Retrial {
  /** Returns the delivery's number. */
  long number();

  /**
   * It is applied now.
   *
   * @param sequence the number of the entry that has applied it
   * @param events how many events it brought
   * @param noted how many of them are still only noted
   */
  record Applied(long number, long sequence, int events, int noted) implements Retrial {}

  /**
   * It stays as it was: quarantined, or applied with as many events only noted.
   *
   * @param quarantined whether none of it is applied
   * @param reason why, as it is now
   */
  record Stays(long number, boolean quarantined, String reason) implements Retrial {}

  /** There is nothing to take up: all that it says is applied. */
  record Done(long number) implements Retrial {}

  /**
   * It cannot be read.
   *
   * @param reason why
   */
  record Missing(long number, String reason) implements Retrial {}
}
