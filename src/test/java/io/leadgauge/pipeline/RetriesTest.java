package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.Seeds;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Retried;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.KeptInTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was quarantined and taken up later counts as if it had come then. */
class RetriesTest {
  private static final int CONTACTS = 4;

  @TempDir Path folder;

  private Rig rig(SplittableRandom random) {
    return Rig.start(folder.resolve(Long.toString(random.nextLong())));
  }

  private static Map<RecordRef, RecordFacts> facts(Rig rig) {
    Map<RecordRef, RecordFacts> facts = new TreeMap<>();
    for (int id = 1; id <= CONTACTS; id++) {
      RecordRef ref = RecordRef.contact(Rig.ACME, Integer.toString(id));
      rig.reader.load(ref).ifPresent(state -> facts.put(ref, state.facts()));
    }
    return facts;
  }

  private static Map<RecordRef, RecordFacts> retold(Rig rig, long until) {
    Retelling retelling =
        new Retelling(
            (delivery, sequence) -> rig.crm.decode(rig.scope.connection(), delivery),
            new MemoryShelf("email", rig.reader::keyed));
    rig.reader.journal().after(0, 100_000).stream()
        .filter(entry -> entry.sequence() <= until)
        .forEach(retelling::tell);
    Map<RecordRef, RecordFacts> facts = new TreeMap<>();
    for (int id = 1; id <= CONTACTS; id++) {
      RecordRef ref = RecordRef.contact(Rig.ACME, Integer.toString(id));
      retelling.find(ref).ifPresent(state -> facts.put(ref, state.facts()));
    }
    return facts;
  }

  @Test
  void quarantined_retriedInAnyOrder_givesTheFactsOfAllThatCame() {
    Seeds.forEach(8, this::retryInAnyOrder);
  }

  private void retryInAnyOrder(SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    try (Rig late = rig(random)) {
      late.crm.cannotRead("jobtitle");
      List<Long> waiting = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String property = random.nextBoolean() ? "jobtitle" : "city";
        String line =
            "%d %s %d v%d"
                .formatted(
                    1 + random.nextInt(CONTACTS), property, Rig.START + random.nextInt(50), i);
        lines.add(line);
        long sequence = late.keep(line);
        if (property.equals("jobtitle")) {
          waiting.add(sequence);
        }
      }
      late.settle();
      assertThat(late.reader.countQuarantined(Rig.ACME)).isEqualTo(waiting.size());
      Map<RecordRef, RecordFacts> before = facts(late);
      assertThat(late.pipeline.retries().retry(waiting))
          .allMatch(
              one -> one instanceof Retrial.Stays stays && stays.reason().contains("cannot read"));
      late.crm.cannotRead("");
      long last = late.reader.counts().lastSequence();
      late.clock.advance(Rig.DAY);
      List<Long> shuffled = new ArrayList<>(waiting);
      shuffled.add(waiting.getFirst());
      Collections.shuffle(shuffled, new Random(random.nextLong()));
      List<Retrial> tried = late.pipeline.retries().retry(shuffled);
      assertThat(tried).filteredOn(Retrial.Applied.class::isInstance).hasSameSizeAs(waiting);
      assertThat(tried).filteredOn(Retrial.Done.class::isInstance).hasSize(1);
      late.settle();
      assertThat(late.reader.countQuarantined(Rig.ACME)).isZero();
      assertThat(retold(late, Long.MAX_VALUE)).isEqualTo(facts(late));
      assertThat(retold(late, last)).as("as known before").isEqualTo(before);
      try (Rig prompt = rig(random)) {
        lines.forEach(prompt::keep);
        prompt.settle();
        assertThat(told(facts(late))).isEqualTo(told(facts(prompt)));
      }
    }
  }

  /** What the events told, without what answers to reads did. */
  private static Map<String, List<String>> told(Map<RecordRef, RecordFacts> facts) {
    Map<String, List<String>> told = new TreeMap<>();
    facts.forEach(
        (ref, one) ->
            told.put(
                ref.id(),
                one.canonical().lines().filter(line -> line.contains(" EVENT ")).toList()));
    return told;
  }

  @Test
  void retried_isAnEntryOfItsOwn_thatNamesWhatItHasApplied() {
    try (Rig rig = rig(new SplittableRandom(1))) {
      rig.crm.cannotRead("jobtitle");
      long number = rig.keep("1 jobtitle " + Rig.START + " vp");
      rig.crm.cannotRead("");
      rig.clock.advance(Rig.DAY);
      Retrial.Applied applied =
          (Retrial.Applied) rig.pipeline.retries().retry(List.of(number)).getFirst();
      JournalEntry entry = rig.reader.journal().entry(applied.sequence()).orElseThrow();
      Retried retried = (Retried) entry.entry();
      assertThat(retried.number()).isEqualTo(number);
      assertThat(retried.receivedAt()).isGreaterThanOrEqualTo(Rig.START + Rig.DAY);
      assertThat(retried.delivery().receivedAt()).isLessThan(Rig.START + Rig.DAY);
      RecordRef ref = RecordRef.contact(Rig.ACME, "1");
      assertThat(rig.reader.load(ref).orElseThrow().firstSeenAt()).isEqualTo(retried.receivedAt());
      assertThat(rig.reader.journal().naming(List.of(ref), 0, 10))
          .extracting(JournalEntry::sequence)
          .contains(number, applied.sequence());
      assertThat(rig.reader.journal().entry(number).orElseThrow().entry())
          .isInstanceOf(Delivery.class);
      assertThat(rig.pipeline.retries().retry(List.of(number, 99_999L)))
          .hasExactlyElementsOfTypes(Retrial.Done.class, Retrial.Missing.class);
    }
  }

  @Test
  void retried_thatAsksForAnErasure_isErasedItself() {
    try (Rig rig = rig(new SplittableRandom(2))) {
      rig.keep("1 jobtitle " + Rig.START + " vp");
      rig.settle();
      rig.crm.cannotRead("~erase");
      long number = rig.keep("1 ~erase " + Rig.START + " x\n2 city " + Rig.START + " Bonn");
      rig.crm.cannotRead("");
      rig.pipeline.retries().retry(List.of(number));
      Await.until(
          "erased",
          () -> rig.pipeline.erasures().progress().isDone() && body(rig, number).isEmpty());
    }
  }

  private static String body(Rig rig, long number) {
    String text = KeptInTests.text(rig.reader, number);
    return text.contains("1 ~erase") ? text : "";
  }
}
