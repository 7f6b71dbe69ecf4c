package io.leadgauge.cli;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Intent;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.replay.Learned;
import io.leadgauge.replay.Occasion;
import io.leadgauge.replay.Occasion.Arrival;
import io.leadgauge.replay.Turn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What happens to a contact, in words. */
final class StoryWords {
  private static final int LONGEST_VALUE = 160;
  private static final long SOON_MILLIS = 60_000;

  private final RecordRef contact;

  /**
   * Makes words.
   *
   * @param contact of whom the story is; other records are named
   */
  StoryWords(RecordRef contact) {
    this.contact = contact;
  }

  /** Returns what happened. */
  String of(Occasion occasion) {
    return switch (occasion) {
      case Occasion.Delivered delivered -> delivered(delivered);
      case Occasion.Quarantined quarantined ->
          quarantined.retried() == 0
              ? "delivery in quarantine that mentions this id: " + quarantined.reason()
              : "delivery quarantined, until #" + quarantined.retried() + " applied it";
      case Occasion.Retried retried ->
          "delivery #" + retried.delivery() + " taken up again and applied";
      case Occasion.Read read ->
          switch (read.cause()) {
            case FETCH -> "read from the CRM";
            case BACKFILL -> "read from the CRM by a backfill";
            case WRITE -> "answered by the CRM";
            case RETOLD -> "kept of a delivery that was taken out with an erased person";
          };
      case Occasion.Written written -> whose(written.record()) + "written; the CRM now holds";
      case Occasion.Refused refused ->
          whose(refused.record()) + "not written; the CRM says: " + refused.reason();
      case Occasion.Decided decided -> decided(decided);
      case Occasion.NewVersion version ->
          version.models().isEmpty()
              ? "another version of the connection"
              : "another version of " + String.join(" and ", version.models());
      case Occasion.TimePassed passed -> "time passed";
      case Occasion.Earlier earlier ->
          "after " + Tally.counted(earlier.entries(), "earlier entry", "earlier entries");
    };
  }

  private static String delivered(Occasion.Delivered delivered) {
    StringJoiner words = new StringJoiner(", ");
    words.add("delivery of " + Tally.counted(delivered.events(), "event"));
    switch (delivered.arrival()) {
      case Arrival.News news -> {}
      case Arrival.Repetition repetition -> words.add("repeats #" + repetition.first());
      case Arrival.Confirmation confirmation -> words.add("tells what was so already");
      case Arrival.Echo echo -> words.add("echo of our own write #" + echo.write());
      case Arrival.Nothing nothing -> words.add("tells no fact of the contact");
      case Arrival.Emptied emptied -> words.add("emptied by retention");
    }
    if (delivered.lateBy() > 0) {
      words.add("late by " + Spans.of(delivered.lateBy()));
    }
    if (delivered.noted() > 0) {
      words.add(delivered.noted() + " only noted");
    }
    return words.toString();
  }

  private String decided(Occasion.Decided decided) {
    String because =
        decided.cause() == 0 ? "by no entry of its own" : "because of #" + decided.cause();
    return whose(decided.contact()) + "decided by " + decided.model() + ", " + because;
  }

  /** Returns what a decision changed; empty for what does not show. */
  Optional<String> of(Turn turn) {
    return switch (turn) {
      case Turn.Label label ->
          Optional.of("label: " + orNone(label.before()) + " → " + orNone(label.after()));
      case Turn.Entered entered -> Optional.of("stage " + entered.stage() + " entered");
      case Turn.Left left -> Optional.of("stage " + left.stage() + " left");
      case Turn.Reached reached ->
          Optional.of("stage " + reached.stage() + " reached: the CRM shows it, or one beyond");
      case Turn.Vetoed veto ->
          Optional.of(
              "stage "
                  + veto.stage()
                  + " vetoed: somebody moved the contact back at "
                  + instant(veto.at()));
      case Turn.Waiting waiting ->
          Optional.of(
              "stage "
                  + waiting.stage()
                  + " waits: its condition must go on holding, since "
                  + instant(waiting.since()));
      case Turn.WaitedInVain waited ->
          Optional.of("stage " + waited.stage() + " waits no more: its condition broke");
      case Turn.GoingBack back ->
          Optional.of(
              "stage "
                  + back.stage()
                  + (back.proposed() ? " goes back to " : " has lost its reason; may go back to ")
                  + back.to());
      case Turn.HandOffOwed owed ->
          Optional.of("hand-off at " + owed.stage() + " owed, once the CRM shows our stage");
      case Turn.HandedOver over -> Optional.of(handedOver(over));
      case Turn.Inner inner -> Optional.empty();
    };
  }

  private static String handedOver(Turn.HandedOver over) {
    Intent task = over.task();
    String due = over.dueAt() == 0 ? "" : ", due " + instant(over.dueAt());
    return "handed over at " + over.stage() + due + (task == null ? "" : "; " + task(task));
  }

  private static String task(Intent task) {
    StringJoiner words = new StringJoiner(", ");
    words.add(
        switch (task.step().state()) {
          case PLANNED -> "task to be made";
          case SENT -> "task sent, not known to be made";
          case DONE -> "task made";
          case GIVEN_UP -> "task given up";
          case WITHDRAWN -> "task withdrawn";
        });
    if (task.step().task() != null) {
      words.add("id " + task.step().task());
    }
    if (task.step().problem() != null) {
      words.add(task.step().problem());
    }
    return words + ": \"" + task.subject() + "\"";
  }

  /** Returns what a fact tells; empty for one that only helps us to tell others apart. */
  Optional<String> of(Learned learned, long at) {
    Fact fact = learned.fact();
    return words(learned)
        .map(
            words ->
                whose(fact.of())
                    + words
                    + (Math.abs(fact.at() - at) > SOON_MILLIS ? ", at " + instant(fact.at()) : ""));
  }

  private Optional<String> words(Learned learned) {
    return switch (learned.fact()) {
      case Fact.Assigned assigned -> assigned(assigned, learned);
      case Fact.Happened happened -> Optional.of("did " + activity(happened.activity()));
      case Fact.Linked link ->
          Optional.of(link(link.kind(), Boolean.parseBoolean(link.stamp().value()), link.to()));
    };
  }

  private static String activity(Activity activity) {
    StringBuilder words = new StringBuilder(activity.type());
    activity
        .attributes()
        .forEach(
            (name, value) -> words.append(", ").append(name).append(' ').append(quoted(value)));
    return words.toString();
  }

  private static Optional<String> assigned(Fact.Assigned fact, Learned learned) {
    String name = fact.property();
    String value = fact.stamp().value();
    if (!name.startsWith(Fact.Assigned.RESERVED)) {
      return Optional.of(name + ": " + change(learned, value));
    }
    if (name.equals(Fact.Assigned.PRESENCE)) {
      return Optional.of(Boolean.parseBoolean(value) ? "exists" : "deleted");
    }
    if (name.startsWith(Fact.Assigned.BY)) {
      return Optional.of(name.substring(Fact.Assigned.BY.length()) + ": set by " + value);
    }
    return name.startsWith(Fact.Assigned.PUT_RIGHT)
        ? Optional.of(
            name.substring(Fact.Assigned.PUT_RIGHT.length()) + ": put right over " + value)
        : Optional.empty();
  }

  private static String change(Learned learned, String value) {
    String before = learned.before();
    String now = value.isEmpty() ? "empty" : quoted(value);
    if (learned.effect() == Learned.Effect.PAST) {
      return "had been " + now + ", before what is known";
    }
    return before == null || before.equals(value) ? now : now + ", was " + quoted(before);
  }

  private String link(LinkKind kind, boolean holds, RecordRef to) {
    String other = to.equals(contact) ? "this contact" : name(to);
    return switch (kind) {
      case MERGED_INTO -> holds ? "merged into " + other : "merged no more into " + other;
      case CONVERTED_TO -> holds ? "converted to " + other : "converted no more to " + other;
      case HAS_EMAIL -> holds ? "has " + other : "has no more " + other;
      case WORKS_AT -> holds ? "works at " + other : "left " + other;
      case ASSOCIATED_WITH -> holds ? "belongs with " + other : "belongs no more with " + other;
    };
  }

  /** Returns the name of another record, to begin a line with; nothing for the contact itself. */
  String whose(RecordRef record) {
    return record.equals(contact) ? "" : name(record) + ": ";
  }

  static String name(RecordRef record) {
    return record.type() + "/" + record.id();
  }

  private static String quoted(String value) {
    return "\""
        + (value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value)
        + "\"";
  }

  private static String orNone(@Nullable String text) {
    return text == null ? "none" : text;
  }

  /** Returns an instant to the second. */
  static String instant(long at) {
    return Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
