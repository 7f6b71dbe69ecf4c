package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.Asked;
import io.leadgauge.crm.CallTrouble;
import java.util.function.Function;

/** What came of one call. */
sealed interface Reply {
  /**
   * Done, in whole or in part: 200, 201 or 207.
   *
   * @param body a JSON object; its {@code errors} tell what was not done
   * @param sentAt when HubSpot sent it, by its own clock, in whole seconds as milliseconds since
   *     the epoch; 0 if it did not say
   */
  record Answered(JsonNode body, long sentAt) implements Reply {}

  /** Nothing was done, because something in the request is not valid: 400 or 409. */
  record Invalid(HubSpotError error) implements Reply {}

  /**
   * Nothing is known to be done.
   *
   * @param status what HubSpot answered with; 0 where it did not answer
   */
  record Failed(CallTrouble trouble, int status) implements Reply {
    /** Makes one that HubSpot did not answer. */
    Failed(CallTrouble trouble) {
      this(trouble, 0);
    }
  }

  /**
   * Returns what came of a question.
   *
   * @param what what was asked for, in words that stand behind "HubSpot refuses to"
   * @param reader reads the answer
   */
  default <T> Asked<T> asked(String what, Function<Answered, T> reader) {
    return switch (this) {
      case Answered answered -> new Asked.Told<>(reader.apply(answered));
      case Invalid invalid ->
          new Asked.Untold<>(
              new CallTrouble.Refused(
                  "HubSpot refuses to " + what + ": " + invalid.error().words()),
              400);
      case Failed failed -> new Asked.Untold<>(failed.trouble(), failed.status());
    };
  }
}
