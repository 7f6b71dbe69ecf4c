package io.leadgauge.pipeline;

import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.ErasedRecord;
import io.leadgauge.store.ErasureRows.Marked;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.PageCleaning;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreWriter;
import io.leadgauge.store.StoredEntry;
import io.leadgauge.store.Tombstones;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one transaction does for erasures. Persons are marked at its end, when all that it has
 * learned of them is stored. Used by the intake's thread alone.
 */
final class BatchErasure {
  private static final String EMAIL = "email";

  private final StoreWriter writer;
  private final States states;
  private final Tombstones tombstones;
  private final PageCleaning cleaning;
  private final Runnable wake;
  private final long now;
  private final List<Work.Erase.Mark> marks = new ArrayList<>();
  private final Map<RecordRef, Long> asked = new LinkedHashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  /**
   * Begins a transaction's part.
   *
   * @param wake is called after a commit that has marked somebody
   */
  BatchErasure(Store store, States states, Runnable wake, long now) {
    this.writer = store.writer();
    this.tombstones = store.tombstones();
    this.cleaning = store.cleaning();
    this.states = states;
    this.wake = wake;
    this.now = now;
  }

  /** Tells whether a record is erased, or about to be, by an earlier transaction. */
  boolean isErased(RecordRef ref) {
    return tombstones.has(ref);
  }

  /** Notes that an entry asks for the erasure of a person. */
  void asked(RecordRef person, long sequence) {
    asked.merge(person, sequence, Math::max);
  }

  /**
   * Looks at work before erased persons are taken out of it: a contact that was merged with one of
   * them is the same person, also if that is told late.
   */
  void meet(Work work) {
    if (!tombstones.isEmpty()) {
      for (Fact fact : facts(work)) {
        if (fact instanceof Fact.Linked link && isSamePerson(link)) {
          boolean from = tombstones.has(link.of());
          if (from != tombstones.has(link.to())) {
            asked(from ? link.to() : link.of(), 0);
          }
        }
      }
    }
  }

  private static List<Fact> facts(Work work) {
    if (work instanceof Work.Observe observe) {
      return observe.observation().facts();
    }
    return work instanceof Work.Receive receive
            && receive.decoded() instanceof Decoded.Events decoded
        ? decoded.events().stream().flatMap(event -> event.facts().stream()).toList()
        : List.of();
  }

  private static boolean isSamePerson(Fact.Linked link) {
    boolean same = link.kind().isSuccession();
    return same && Boolean.parseBoolean(link.stamp().value());
  }

  /** An address that was erased, and that a contact has again, is theirs. */
  void told(List<Fact> facts) {
    if (tombstones.isEmpty()) {
      return;
    }
    for (Fact fact : facts) {
      if (fact instanceof Fact.Assigned assigned
          && fact.of().isContact()
          && assigned.property().equals(EMAIL)
          && !assigned.stamp().value().isBlank()) {
        RecordRef address =
            RecordRef.emailAddress(fact.of().connection(), assigned.stamp().value());
        if (tombstones.has(address)) {
          writer.erasure().lift(address);
        }
      }
    }
  }

  /** Does a step of an erasure; returns 0, for none has an entry that somebody waits for. */
  long add(Work.Erase step) {
    switch (step) {
      case Work.Erase.Mark mark -> marks.add(mark);
      case Work.Erase.Rewrite rewrite -> {
        for (StoredEntry entry : rewrite.changed()) {
          writer.erasure().rewrite(entry);
        }
        rewrite.retold().forEach(this::tellAgain);
        writer.erasure().passed(rewrite.record(), rewrite.through());
      }
      case Work.Erase.Replace replace -> {
        writer.erasure().rewrite(replace.entry());
        replace.retold().forEach(this::tellAgain);
      }
      case Work.Erase.Forget forget -> forget(forget);
      case Work.Erase.Clean clean -> afterwards.add(() -> clean(clean));
    }
    return 0;
  }

  /**
   * What is not held is not told again: of a name that was given up since, or in events that were
   * taken out of a delivery before it was taken up. Nor is what is held since it was told once more
   * after the name was given up.
   */
  private void tellAgain(Observation retold) {
    List<Fact> kept =
        retold.facts().stream().filter(fact -> isToBeTold(fact, retold.receivedAt())).toList();
    if (kept.isEmpty()) {
      return;
    }
    long sequence = writer.append(retold.with(kept), Outcome.applied(kept.size(), 0));
    kept.stream()
        .map(Fact::of)
        .distinct()
        .flatMap(ref -> writer.load(ref).stream())
        .forEach(state -> writer.index(sequence, state));
  }

  private boolean isToBeTold(Fact fact, long receivedAt) {
    return !isErased(fact.of())
        && writer
            .load(fact.of())
            .filter(state -> state.firstSeenAt() <= receivedAt && state.facts().holds(fact))
            .isPresent();
  }

  private void clean(Work.Erase.Clean work) {
    try {
      work.step().complete(cleaning.step());
    } catch (RuntimeException e) {
      work.step().completeExceptionally(e);
    }
  }

  private void forget(Work.Erase.Forget step) {
    for (ErasedRecord record : step.records()) {
      List<RecordRef> changed = new ArrayList<>(writer.erasure().forget(record));
      changed.add(record.ref());
      afterCommit.add(() -> states.forget(changed));
    }
    writer.append(
        new Erasure(now, step.connection(), step.records().size()),
        Outcome.applied(step.records().size(), 0));
  }

  /** Marks whom this transaction was asked to. */
  void finish() {
    asked.forEach((person, sequence) -> mark(person, sequence));
    for (Work.Erase.Mark mark : marks) {
      Marked marked = mark(mark.person(), 0);
      afterCommit.add(() -> mark.found().accept(marked.extent()));
    }
  }

  private Marked mark(RecordRef person, long sequence) {
    Marked marked = writer.erasure().mark(person, sequence);
    afterCommit.add(
        () -> {
          marked.records().forEach(tombstones::added);
          states.forget(marked.records());
          wake.run();
        });
    return marked;
  }

  /** Does what needs the store without a transaction, when nobody waits for this one any more. */
  void afterwards() {
    afterwards.forEach(Runnable::run);
  }

  /** Takes over in memory what the commit has made true. */
  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
