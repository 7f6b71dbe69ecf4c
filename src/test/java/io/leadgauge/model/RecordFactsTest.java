package io.leadgauge.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.model.RecordFacts.Joined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordFactsTest {
  private static final RecordRef ANN = RecordRef.contact(new ConnectionId("acme"), "101");
  private static final RecordRef FIRM =
      new RecordRef(new ConnectionId("acme"), RecordRef.COMPANY, "7");

  @Test
  void join_anyOrderRepetitionAndGrouping_givesTheSameFacts() {
    Seeds.forEach(
        500,
        random -> {
          List<Fact> facts = facts(random, 1 + random.nextInt(40));
          RecordFacts inOrder = RecordFacts.NONE.join(facts).facts();
          assertThat(inAnotherWay(facts, random).canonical()).isEqualTo(inOrder.canonical());
          assertThat(inAnotherWay(facts, random)).isEqualTo(inOrder);
        });
  }

  @Test
  void join_moreThanTheBoundsKeep_givesTheSameFactsInAnyOrder() {
    Seeds.forEach(
        5,
        random -> {
          List<Fact> facts = manyFacts(random);
          RecordFacts inOrder = RecordFacts.NONE.join(facts).facts();
          assertThat(inAnotherWay(facts, random).canonical()).isEqualTo(inOrder.canonical());
          assertThat(inOrder.history("visits")).hasSize(RecordFacts.MOST_STAMPS);
          assertThat(inOrder.isFull("visits")).isTrue();
          assertThat(inOrder.activities("view")).hasSize(RecordFacts.MOST_ACTIVITIES);
        });
  }

  @Test
  void join_addedAndRemoved_areTheDifferenceOfTheFacts() {
    Seeds.forEach(
        300,
        random -> {
          List<Fact> first = facts(random, 30);
          List<Fact> second = facts(random, 30);
          Joined before = RecordFacts.NONE.join(first);
          Joined after = before.facts().join(second);
          Set<Fact> rows = new HashSet<>(before.added());
          assertThat(rows).containsAll(after.removed()).doesNotContainAnyElementsOf(after.added());
          rows.removeAll(after.removed());
          rows.addAll(after.added());
          assertThat(RecordFacts.NONE.join(rows).facts()).isEqualTo(after.facts());
          assertThat(rows).hasSize(after.facts().size());
        });
  }

  @Test
  void current_lateEvent_doesNotOverrideALaterOne() {
    RecordFacts facts =
        RecordFacts.NONE
            .join(List.of(event("title", 200, "VP"), event("title", 100, "Intern")))
            .facts();
    assertThat(facts.value("title")).isEqualTo("VP");
  }

  @Test
  void current_eventAndReadingOfTheSameInstant_theEventCounts() {
    RecordFacts facts =
        RecordFacts.NONE
            .join(List.of(event("title", 100, "VP"), reading("title", 100, "XX")))
            .facts();
    assertThat(facts.value("title")).isEqualTo("VP");
  }

  @Test
  void join_sameValueReadAgain_keepsOneReading() {
    RecordFacts facts = RecordFacts.NONE;
    for (int at = 1; at <= 300; at++) {
      facts = facts.join(List.of(reading("title", at, "VP"))).facts();
    }
    assertThat(facts.history("title")).containsExactly(new Stamp(300, SourceRank.READ, "VP"));
  }

  @Test
  void value_empty_isKnownAndMissing() {
    RecordFacts facts = RecordFacts.NONE.join(List.of(reading("title", 1, ""))).facts();
    assertThat(facts.knows("title")).isTrue();
    assertThat(facts.value("title")).isNull();
    assertThat(facts.knows("email")).isFalse();
  }

  @Test
  void links_undoneLater_doNotHold() {
    Fact made = linked(10, true);
    Fact undone = linked(20, false);
    assertThat(RecordFacts.NONE.join(List.of(undone, made)).facts().links(LinkKind.WORKS_AT))
        .isEmpty();
    assertThat(RecordFacts.NONE.join(List.of(made)).facts().links(LinkKind.WORKS_AT)).hasSize(1);
  }

  @Test
  void associated_isWhatAnEventToldSinceTheLastReading_andWhatWasReadThen() {
    List<Fact> facts =
        List.of(
            works("7", 10, SourceRank.EVENT, true),
            works("8", 20, SourceRank.READ, true),
            works("9", 30, SourceRank.EVENT, true),
            works("8", 15, SourceRank.EVENT, false),
            works("6", 20, SourceRank.EVENT, false),
            Fact.Assigned.associated(ANN, RecordRef.COMPANY, 20),
            Fact.Assigned.associated(ANN, RecordRef.COMPANY, 5));
    Seeds.forEach(
        50,
        random ->
            assertThat(inAnotherWay(facts, random).associated(LinkKind.WORKS_AT, RecordRef.COMPANY))
                .extracting(RecordRef::id)
                .as("9 by the event since, 8 by the reading, which passed over 7")
                .containsExactly("9", "8"));
  }

  @Test
  void join_moreLinksThanTheBoundKeeps_givesTheNewestInAnyOrder() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < RecordFacts.MOST_LINKS + 50; i++) {
      facts.add(works(Integer.toString(i), 1_000 + i, SourceRank.EVENT, true));
    }
    Seeds.forEach(
        2,
        random -> {
          RecordFacts joined = inAnotherWay(facts, random);
          assertThat(joined.associated(LinkKind.WORKS_AT, RecordRef.COMPANY))
              .hasSize(RecordFacts.MOST_LINKS)
              .extracting(RecordRef::id)
              .contains("50")
              .doesNotContain("49");
          assertThat(joined).isEqualTo(RecordFacts.NONE.join(facts).facts());
        });
  }

  @Test
  void join_manyStampsOfFewLinks_givesTheNewestInAnyOrder() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < RecordFacts.MOST_LINKS + 50; i++) {
      facts.add(works(Integer.toString(i % 1_200), 1_000 + i, SourceRank.EVENT, i % 2 == 0));
    }
    for (int i = 0; i < 900; i++) {
      RecordRef call = new RecordRef(ANN.connection(), "call", Integer.toString(i));
      Stamp held = new Stamp(i, SourceRank.EVENT, "true");
      facts.add(new Fact.Linked(ANN, LinkKind.ASSOCIATED_WITH, call, held));
    }
    RecordFacts inOrder = RecordFacts.NONE.join(facts).facts();
    assertThat(inOrder.size()).isEqualTo(RecordFacts.MOST_LINKS + 900);
    Seeds.forEach(3, random -> assertThat(inAnotherWay(facts, random).equals(inOrder)).isTrue());
  }

  private static Fact works(String company, long at, SourceRank rank, boolean holds) {
    RecordRef to = new RecordRef(ANN.connection(), RecordRef.COMPANY, company);
    Stamp stamp = new Stamp(at, rank, Boolean.toString(holds));
    return new Fact.Linked(ANN, LinkKind.WORKS_AT, to, stamp);
  }

  @Test
  void stamps_compareByCodePoint_asTheirBytesDo() {
    Stamp bmp = new Stamp(1, SourceRank.EVENT, "a\uffee");
    Stamp astral = new Stamp(1, SourceRank.EVENT, "a\ud83d\ude00");
    assertThat(bmp).isLessThan(astral);
    assertThat(new Stamp(1, SourceRank.EVENT, "a")).isLessThan(bmp);
  }

  private static RecordFacts inAnotherWay(List<Fact> facts, SplittableRandom random) {
    List<Fact> shuffled = new ArrayList<>(facts);
    for (Fact fact : facts) {
      if (random.nextInt(4) == 0) {
        shuffled.add(fact);
      }
    }
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    RecordFacts joined = RecordFacts.NONE;
    int from = 0;
    while (from < shuffled.size()) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(5));
      joined = joined.join(shuffled.subList(from, to)).facts();
      from = to;
    }
    return joined;
  }

  private static List<Fact> facts(SplittableRandom random, int count) {
    return IntStream.range(0, count).mapToObj(i -> fact(random)).toList();
  }

  private static Fact fact(SplittableRandom random) {
    String property = "p" + random.nextInt(3);
    long at = random.nextInt(6);
    String value = "v" + random.nextInt(3);
    return switch (random.nextInt(4)) {
      case 0 -> reading(property, at, value);
      case 1 -> new Fact.Happened(ANN, Activity.of("view", at, Map.of("url", value)));
      case 2 -> linked(at, random.nextBoolean());
      default -> event(property, at, value);
    };
  }

  private static List<Fact> manyFacts(SplittableRandom random) {
    List<Fact> facts = new ArrayList<>();
    for (int at = 0; at < RecordFacts.MOST_STAMPS * 2; at++) {
      facts.add(event("visits", at, "v" + random.nextInt(3)));
      facts.add(reading("visits", at, "v" + random.nextInt(3)));
    }
    for (int at = 0; at < RecordFacts.MOST_ACTIVITIES + 50; at++) {
      facts.add(new Fact.Happened(ANN, Activity.of("view", at, Map.of())));
    }
    return facts;
  }

  private static Fact event(String property, long at, String value) {
    return new Fact.Assigned(ANN, property, new Stamp(at, SourceRank.EVENT, value));
  }

  private static Fact reading(String property, long at, String value) {
    return new Fact.Assigned(ANN, property, new Stamp(at, SourceRank.READ, value));
  }

  private static Fact linked(long at, boolean holds) {
    Stamp stamp = new Stamp(at, SourceRank.EVENT, Boolean.toString(holds));
    return new Fact.Linked(ANN, LinkKind.WORKS_AT, FIRM, stamp);
  }
}
