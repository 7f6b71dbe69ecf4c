package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;

/** What came of one call. */
sealed interface Reply {
  /**
   * Done, in whole or in part: 200, 201 or 204.
   *
   * @param body a JSON object or array; an empty object where there was none
   * @param begunAt the earliest instant at which the call can have begun by Salesforce's own clock,
   *     in milliseconds since the epoch; 0 if Salesforce did not say
   */
  record Answered(JsonNode body, long begunAt) implements Reply {}

  /**
   * Nothing was done: the call as it was sent is refused.
   *
   * @param status the HTTP status, 300 for several records of one external id
   * @param error the first one of the body
   * @param body all of it; an empty object where there was none
   */
  record Invalid(int status, SalesforceError error, JsonNode body) implements Reply {
    /** Returns what is to be done about it. */
    Remedy remedy() {
      return Remedy.of(status, error);
    }

    /** Returns the trouble that it is to whoever cannot do anything about it. */
    CallTrouble.Refused refusal(String what) {
      return new CallTrouble.Refused(
          "Salesforce refuses to " + what + ": " + error.words(),
          remedy() instanceof Remedy.LeaveObjectOut || status == 403);
    }
  }

  /** Nothing is known to be done. */
  record Failed(CallTrouble trouble, int status) implements Reply {
    /** Makes one that Salesforce did not answer. */
    Failed(CallTrouble trouble) {
      this(trouble, 0);
    }
  }
}
