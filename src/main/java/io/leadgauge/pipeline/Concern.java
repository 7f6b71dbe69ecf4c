package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Contested;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Intent.State;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import io.leadgauge.store.StoreReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Something that somebody should look at: what keeps results from being written as they should, or
 * what is not as it usually is.
 *
 * @param connection whose
 * @param subject what it is about, in a word or two
 * @param detail what was found, for an operator
 */
public record Concern(ConnectionId connection, String subject, String detail) {
  private static final long RECENT_MILLIS = Duration.ofDays(7).toMillis();
  private static final int SAMPLE = 3;
  private static final int MOST_COUNTED = 1_000;

  /** Returns those about one connection. */
  static List<Concern> of(
      ConnectionId id,
      Collection<RefusedField> refused,
      String tasksTrouble,
      StoreReader reader,
      long now) {
    List<Concern> concerns = new ArrayList<>();
    for (RefusedField field : refused) {
      concerns.add(new Concern(id, "field " + field.property(), describe(field)));
    }
    List<Contested> contested = reader.unwritten().contested(id, now, SAMPLE);
    if (!contested.isEmpty()) {
      long count = reader.unwritten().countContested(id, now, MOST_COUNTED);
      concerns.add(new Concern(id, "contested fields", describe(contested, count)));
    }
    List<Intent> givenUp =
        reader.unwritten().intents(id, State.GIVEN_UP, now - RECENT_MILLIS, MOST_COUNTED);
    if (!givenUp.isEmpty() || !tasksTrouble.isEmpty()) {
      long waiting = reader.unwritten().countOpenIntents(id, MOST_COUNTED);
      concerns.add(new Concern(id, "hand-offs", describe(givenUp, waiting, tasksTrouble)));
    }
    for (FanOutPosition position : FanOut.held(reader, id, MOST_COUNTED)) {
      RecordRef record = position.record();
      String subject = record.type() + " " + record.id();
      concerns.add(new Concern(id, subject, FanOut.described(id, position)));
    }
    return concerns;
  }

  private static String counted(long found) {
    return found == MOST_COUNTED ? MOST_COUNTED + " or more" : Long.toString(found);
  }

  private static String describe(RefusedField field) {
    return "refused since "
        + Instant.ofEpochMilli(field.since())
        + ", so it is not written for any contact: "
        + field.message()
        + "; tried again at "
        + Instant.ofEpochMilli(field.nextTryAt())
        + " or once it is defined otherwise";
  }

  private static String describe(List<Contested> contested, long count) {
    List<String> some = new ArrayList<>();
    for (Contested one : contested) {
      some.add(one.property() + " of " + one.contact().id() + " to " + one.by());
    }
    return "left to others who keep writing over them: "
        + counted(count)
        + ", such as "
        + String.join(", ", some);
  }

  private static String describe(List<Intent> givenUp, long waiting, String trouble) {
    StringBuilder text = new StringBuilder();
    if (!trouble.isEmpty()) {
      text.append(trouble).append("; ");
    }
    text.append("waiting for their task: ").append(counted(waiting));
    text.append(", given up in 7 days: ").append(counted(givenUp.size()));
    if (!givenUp.isEmpty()) {
      Intent last = givenUp.getFirst();
      text.append(", the last of ").append(last.contact().id()).append(": ");
      text.append(last.step().problem());
    }
    return text.toString();
  }
}
