package io.leadgauge.replay;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordFacts.LinkTarget;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.Neighbourhood;
import io.leadgauge.replay.Learned.Effect;
import io.leadgauge.replay.Occasion.Arrival;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what is new of what is told, and where the rest was told before. Not thread-safe. */
final class News {
  /** Longer than the platforms take to send an event, tries again after a failure left out. */
  private static final long LATE_MILLIS = 10L * 60 * 1000;

  /** Instants of one change that two ways of telling it may differ by. */
  private static final long MOMENT_MILLIS = 5_000;

  private final Map<Fact, Long> first = new HashMap<>();
  private final Map<Property, Write> writes = new HashMap<>();

  private record Property(RecordRef of, String name) {}

  private record Write(String value, long sequence) {}

  /**
   * Returns what facts change.
   *
   * @param around how the records stand before the facts are joined
   */
  static List<Learned> learned(Collection<Fact> facts, Neighbourhood around) {
    Map<RecordRef, List<Fact>> byRecord = new LinkedHashMap<>();
    facts.forEach(fact -> byRecord.computeIfAbsent(fact.of(), of -> new ArrayList<>()).add(fact));
    List<Learned> learned = new ArrayList<>();
    byRecord.forEach(
        (ref, told) -> {
          RecordFacts before = around.find(ref).map(RecordState::facts).orElse(RecordFacts.NONE);
          Joined joined = before.join(told);
          told.forEach(fact -> learned.add(learned(fact, before, joined)));
        });
    return learned;
  }

  private static Learned learned(Fact fact, RecordFacts before, Joined joined) {
    return switch (fact) {
      case Fact.Assigned assigned -> assigned(assigned, before, joined);
      case Fact.Happened happened ->
          new Learned(fact, joined.added().contains(fact) ? Effect.HOLDS : Effect.KNOWN, null);
      case Fact.Linked link -> new Learned(fact, effect(link, before, joined), null);
    };
  }

  private static Effect effect(Fact.Linked link, RecordFacts before, Joined joined) {
    if (!joined.added().contains(link)) {
      return Effect.KNOWN;
    }
    LinkTarget target = new LinkTarget(link.kind(), link.to());
    boolean held = before.links(link.kind()).contains(target);
    boolean holds = joined.facts().links(link.kind()).contains(target);
    if (holds != Boolean.parseBoolean(link.stamp().value())) {
      return Effect.PAST;
    }
    return held == holds ? Effect.CONFIRMED : Effect.HOLDS;
  }

  private static Learned assigned(Fact.Assigned assigned, RecordFacts before, Joined joined) {
    Stamp held = before.current(assigned.property()).orElse(null);
    String value = held == null || held.value().isEmpty() ? null : held.value();
    Effect effect = effect(assigned, held, joined);
    boolean known = effect == Effect.PAST && isKnownOtherwise(assigned, before);
    return new Learned(assigned, known ? Effect.CONFIRMED : effect, value);
  }

  /** A history that is read holds, to the moment, what was known by other ways. */
  private static boolean isKnownOtherwise(Fact.Assigned fact, RecordFacts before) {
    return before.history(fact.property()).stream()
        .anyMatch(
            known ->
                known.value().equals(fact.stamp().value())
                    && Math.abs(known.at() - fact.at()) < MOMENT_MILLIS);
  }

  private static Effect effect(Fact.Assigned fact, @Nullable Stamp held, Joined joined) {
    if (!joined.added().contains(fact)) {
      return Effect.KNOWN;
    }
    if (held != null && held.value().equals(fact.stamp().value())) {
      return fact.stamp().rank() == SourceRank.READ ? Effect.KNOWN : Effect.CONFIRMED;
    }
    boolean holds =
        joined.facts().current(fact.property()).filter(fact.stamp()::equals).isPresent();
    return holds ? Effect.HOLDS : Effect.PAST;
  }

  /** Remembers what an entry told. */
  void note(long sequence, Collection<Fact> facts) {
    facts.forEach(fact -> first.putIfAbsent(fact, sequence));
  }

  /** Remembers what the CRM took of us. */
  void wrote(long sequence, RecordRef record, Map<String, String> values) {
    values.forEach(
        (name, value) -> writes.put(new Property(record, name), new Write(value, sequence)));
  }

  /** Returns what a delivery brought that told all this. */
  Arrival arrival(List<Learned> learned) {
    if (learned.isEmpty()) {
      return new Arrival.Nothing();
    }
    long echo = echo(learned);
    if (echo > 0) {
      return new Arrival.Echo(echo);
    }
    if (learned.stream().anyMatch(Learned::isNew)) {
      return new Arrival.News();
    }
    if (learned.stream().anyMatch(one -> one.effect() == Effect.CONFIRMED)) {
      return new Arrival.Confirmation();
    }
    return new Arrival.Repetition(
        learned.stream().mapToLong(one -> first.getOrDefault(one.fact(), 0L)).max().orElse(0));
  }

  /** Returns the write that all of this echoes; 0 for none. */
  private long echo(List<Learned> learned) {
    long last = 0;
    for (Learned one : learned) {
      long echoed = echoed(one.fact());
      if (echoed == 0) {
        return 0;
      }
      last = Math.max(last, echoed);
    }
    return last;
  }

  private long echoed(Fact fact) {
    if (!(fact instanceof Fact.Assigned assigned)) {
      return 0;
    }
    boolean isWriter = assigned.property().startsWith(Fact.Assigned.BY);
    String name = assigned.property().substring(isWriter ? Fact.Assigned.BY.length() : 0);
    Write write = writes.get(new Property(fact.of(), name));
    return write != null && (isWriter || write.value().equals(assigned.stamp().value()))
        ? write.sequence()
        : 0;
  }

  /**
   * Returns how long after the youngest of its new facts a delivery came; 0 if that is not late.
   */
  static long lateBy(List<Learned> learned, long receivedAt) {
    long youngest = Long.MIN_VALUE;
    for (Learned one : learned) {
      if (one.isNew()) {
        youngest = Math.max(youngest, one.fact().at());
      }
    }
    boolean late = youngest > Long.MIN_VALUE && receivedAt - youngest > LATE_MILLIS;
    return late ? receivedAt - youngest : 0;
  }
}
