package io.leadgauge.crm;

import java.time.Duration;

/** Why a call to the CRM did not do all that was asked. */
public sealed interface CallTrouble {
  /** Returns what happened, in words for an operator. */
  String reason();

  /**
   * The CRM asks to wait: a limit, a lock, a move, an outage.
   *
   * @param pause at least how long
   */
  record Wait(Duration pause, String reason) implements CallTrouble {}

  /**
   * The CRM refuses, and will until somebody changes something: token, scope, field.
   *
   * @param ofThisKind whether only calls of this kind are refused, for want of a right; others may
   *     be answered
   */
  record Refused(String reason, boolean ofThisKind) implements CallTrouble {
    /** Makes a refusal of which it is not known that other calls would be answered. */
    public Refused(String reason) {
      this(reason, false);
    }
  }

  /** No answer, or a broken one: the call may or may not have been carried out. */
  record Unknown(String reason) implements CallTrouble {}
}
