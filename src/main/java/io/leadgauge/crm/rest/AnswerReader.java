package io.leadgauge.crm.rest;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.RestAnswer.Answered;

/**
 * What a platform's answers mean. Thread-safe.
 *
 * @param <R> what a platform makes of an answer
 */
public interface AnswerReader<R> {
  /**
   * Reads an answer, and teaches the budget what it says of limits; the call still counts as under
   * way.
   */
  R read(Lane lane, Answered answer);

  /** Returns what it means that nothing is known to be done. */
  R failed(CallTrouble trouble);

  /** Tells whether it is the token that the platform does not accept, and another might do. */
  boolean refusesToken(Answered answer);
}
