package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.CallTrouble;
import java.util.function.Function;

/** What came of a question to the portal. */
sealed interface Asked<T> {
  /** It was answered. */
  record Told<T>(T value) implements Asked<T> {}

  /**
   * It was not.
   *
   * @param status what HubSpot answered with; 0 where it did not answer
   */
  record Untold<T>(CallTrouble trouble, int status) implements Asked<T> {}

  /**
   * Makes something of a reply.
   *
   * @param what what was asked for, in words that stand behind "HubSpot refuses to"
   * @param reader reads the answer
   */
  static <T> Asked<T> of(Reply reply, String what, Function<Reply.Answered, T> reader) {
    return switch (reply) {
      case Reply.Answered answered -> new Told<>(reader.apply(answered));
      case Reply.Invalid invalid ->
          new Untold<>(
              new CallTrouble.Refused(
                  "HubSpot refuses to " + what + ": " + invalid.error().words()),
              400);
      case Reply.Failed failed -> new Untold<>(failed.trouble(), failed.status());
    };
  }
}
