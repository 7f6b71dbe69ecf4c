package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoredEntry;
import io.leadgauge.store.Tombstones;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes erased persons out of whatever is about to be kept: late, repeated and replayed deliveries,
 * answers of the CRM, and what a pass has found. Their senders are answered like all others.
 */
final class Stripping {
  private final Tombstones tombstones;
  private final Erased erased;
  private final Redaction redaction;
  private final Function<Delivery, Decoded> decoder;

  /**
   * Makes it.
   *
   * @param redaction takes persons out of a delivery
   * @param decoder reads a delivery again, once something was taken out of it
   */
  Stripping(Tombstones tombstones, Redaction redaction, Function<Delivery, Decoded> decoder) {
    this.tombstones = tombstones;
    this.erased = new Erased(tombstones::has, Set.of());
    this.redaction = redaction;
    this.decoder = decoder;
  }

  /** Returns the work without erased persons; the same where it names none. */
  Work of(Work work) {
    if (tombstones.isEmpty()) {
      return work;
    }
    return switch (work) {
      case Work.Receive receive -> of(receive);
      case Work.Observe observe -> stripped(observe);
      case Work.Recheck recheck ->
          new Work.Recheck(recheck.connection(), others(recheck.contacts()));
      case Work.Flag flag ->
          new Work.Flag(flag.connection(), others(flag.contacts()), flag.cursor(), flag.value());
      case Work.Rescore rescore ->
          new Work.Rescore(
              rescore.connection(),
              others(rescore.contacts()),
              rescore.earlier(),
              rescore.newsSince());
      case Work.Concern concern ->
          new Work.Concern(
              concern.connection(), others(concern.contacts()), concern.fanOut(), concern.last());
      case Work.Resume resume ->
          new Work.Resume(
              resume.connection(), others(resume.contacts()), resume.cursor(), resume.value());
      case Work.Move move -> move;
      case Work.GiveUp giveUp -> giveUp;
      case Work.Step step -> step;
      case Work.Refuse refuse -> refuse;
      case Work.Switch change -> change;
      case Work.Erase erase -> erase;
      case Work.Retain retain -> retain;
      case Work.Keep keep -> stripped(keep);
      case Work.Retry retry -> retry;
      case Work.NoteInstall note -> note;
      case Work.Learn learn -> learn;
      case Work.Forget forget -> forget;
    };
  }

  /** Returns a delivery that is about to be applied without erased persons. */
  Work.Receive of(Work.Receive receive) {
    return tombstones.isEmpty() || !mayName(receive.decoded()) ? receive : stripped(receive);
  }

  /** What was not understood may name anybody. */
  private boolean mayName(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Undecodable undecodable -> true;
      case Decoded.Events events -> events.events().stream().anyMatch(this::mayName);
    };
  }

  private boolean mayName(CrmEvent event) {
    return switch (event.meaning()) {
      case UNKNOWN, RESYNC -> true;
      case TEST, FOREIGN -> false;
      case FACTS, READ, ERASURE ->
          (event.record() != null && tombstones.has(event.record()))
              || event.facts().stream().anyMatch(fact -> names(fact, event.record()));
    };
  }

  private boolean names(Fact fact, @Nullable RecordRef looked) {
    boolean other = !fact.of().equals(looked) && tombstones.has(fact.of());
    return other || (fact instanceof Fact.Linked link && tombstones.has(link.to()));
  }

  private Work.Receive stripped(Work.Receive receive) {
    return switch (redaction.of(receive.delivery(), erased)) {
      case Redacted.Untouched same -> receive;
      case Redacted.Less less -> {
        Delivery rest = ErasedHead.without(less.delivery(), erased);
        yield new Work.Receive(rest, decoder.apply(rest), receive.configuration());
      }
      case Redacted.Nothing note ->
          new Work.Receive(
              ErasedHead.without(note.delivery(), erased),
              new Decoded.Events(List.of()),
              receive.configuration());
    };
  }

  private Work stripped(Work.Keep work) {
    Delivery rest =
        switch (redaction.of(work.delivery(), erased)) {
          case Redacted.Untouched same -> work.delivery();
          case Redacted.Less less -> ErasedHead.without(less.delivery(), erased);
          case Redacted.Nothing note -> ErasedHead.without(note.delivery(), erased);
        };
    return new Work.Keep(work.connection(), rest, work.reason());
  }

  private Work stripped(Work.Observe work) {
    Observation told = work.observation();
    List<Fact> kept = told.facts().stream().filter(fact -> !names(fact, null)).toList();
    SortedMap<RecordRef, String> refused = new TreeMap<>(others(told.refused()));
    refused.replaceAll(
        (ref, reason) ->
            erased.isNamedIn(told.connection(), reason) ? StoredEntry.NAMES_ERASED : reason);
    return new Work.Observe(
        new Observation(
            told.connection(), told.receivedAt(), told.askedAt(), told.cause(), kept, refused),
        others(work.unanswered()));
  }

  private List<RecordRef> others(List<RecordRef> records) {
    return records.stream().filter(ref -> !tombstones.has(ref)).toList();
  }

  private <T> Map<RecordRef, T> others(Map<RecordRef, T> records) {
    Map<RecordRef, T> others = new HashMap<>(records);
    others.keySet().removeIf(tombstones::has);
    return others;
  }
}
