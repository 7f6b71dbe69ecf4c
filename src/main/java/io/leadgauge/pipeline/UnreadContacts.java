package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.BackfillRun.Reach;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Sets contacts aside that the CRM does not answer for, though it does for others, so that they do
 * not hold up a backfill; and asks for each again, by the schedule of a contact that is refused,
 * until it is told or gone. After a restore nothing is written of one before. Used by the
 * backfill's thread, but for {@link #told}.
 */
final class UnreadContacts {
  private static final Logger LOG = System.getLogger(UnreadContacts.class.getName());

  private final ConnectionId id;
  private final BackfillReads reads;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final Clockwork clock;
  private volatile Unread unread;
  private volatile long againAt;
  private volatile String trouble = "";
  private int failures;

  UnreadContacts(
      ConnectionId id,
      BackfillReads reads,
      Intake intake,
      States states,
      StoreReader reader,
      Clockwork clock) {
    this.id = id;
    this.reads = reads;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.clock = clock;
    this.unread = Unread.kept(reader, id);
  }

  /** Returns the contacts of which nothing is written. */
  Set<RecordRef> held() {
    return unread.isOfRestore() ? unread.contacts() : Set.of();
  }

  /** Returns what an operator is to know of them; empty where there are none. */
  String told() {
    Unread now = unread;
    if (now.contacts().isEmpty()) {
      return "";
    }
    StringJoiner names = new StringJoiner(", ");
    now.contacts().forEach(ref -> names.add(ref.type() + " " + ref.id()));
    return "the CRM answers for others and not for "
        + names
        + (now.isOfRestore() ? ", of which nothing is written before it does" : "")
        + "; asked again at "
        + Instant.ofEpochMilli(Math.max(againAt, clock.now()))
        + (trouble.isEmpty() ? "" : ": " + trouble);
  }

  /** Goes on without these; false where they are too many for that. */
  boolean setAside(Collection<RecordRef> silent, Reach reach) {
    List<RecordRef> linked = silent.stream().filter(ref -> !ref.isContact()).toList();
    if (!linked.isEmpty()) {
      // No contact waits for ever for what it is linked to.
      intake.submit(new Work.Flag(id, linked, null, "")).join();
    }
    Set<RecordRef> there = new TreeSet<>(silent);
    there.removeIf(ref -> !ref.isContact() || isGone(ref));
    if (there.isEmpty()) {
      return true;
    }
    Unread all = unread.and(there, reach);
    if (all.contacts().size() > Unread.MOST) {
      return false;
    }
    keep(all);
    failures = 0;
    againAt = clock.now() + RetrySchedule.CONTACT.afterFailure(1);
    LOG.log(Level.WARNING, "{0}: set aside, to be read later: {1}", id, there);
    return true;
  }

  private boolean isGone(RecordRef ref) {
    return states.current(ref).filter(state -> state.facts().isGone()).isPresent();
  }

  private void keep(Unread next) {
    intake.submit(new Work.Flag(id, List.of(), Unread.CURSOR, next.text())).join();
    unread = next;
  }

  /** Tells when they are asked for again; {@link Due#NEVER} where there are none. */
  long againAt() {
    return unread.contacts().isEmpty() ? Due.NEVER : againAt;
  }

  /** Asks for each of them; returns those that are no longer set aside. */
  Set<RecordRef> askAgain() {
    Set<RecordRef> over = new TreeSet<>();
    for (RecordRef ref : unread.contacts()) {
      if (reader.isErased(ref) || isAnswered(ref)) {
        over.add(ref);
      }
    }
    failures++;
    againAt = clock.now() + RetrySchedule.CONTACT.afterFailure(failures + 1);
    if (!over.isEmpty()) {
      keep(unread.without(over));
    }
    return over;
  }

  private boolean isAnswered(RecordRef ref) {
    BackfillReads.Told told = reads.read(List.of(ref), unread.reach());
    trouble = told.trouble() == null ? "" : told.trouble().reason();
    return told.trouble() == null && (told.silent().isEmpty() || isGone(ref));
  }
}
