package io.leadgauge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.Seeds;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.SlowLife;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDiffTest {
  private static final RecordRef ANN = Town.contact("1");

  @TempDir private Path folder = Path.of("");

  private Terms terms(String old, String other, @Nullable Long capacity, int threads) {
    ConnectionScope scope = Town.scope(Town.model(folder.resolve("old"), old));
    return new Terms(
        scope,
        scope.models().getFirst(),
        Town.model(folder.resolve("new"), other),
        Town.SINCE,
        Town.NOW,
        capacity,
        threads);
  }

  private static ModelDifference run(Terms terms, StoreReader reader, Appendable csv) {
    return new ModelDiff(terms, reader, (what, done, total) -> {}).run(new ChangesCsv(csv));
  }

  private StoreReader town(long seed, int contacts, int activities) {
    Path data = folder.resolve("data" + seed);
    Town.fill(data, seed, contacts, activities);
    return Store.read(data);
  }

  // Against the slow way

  @Test
  void lives_ofRandomContacts_areThoseOfTheSlowWay() {
    Terms terms = terms(Town.OLD, Town.NEW, null, 1);
    AtomicInteger hours = new AtomicInteger();
    Seeds.forEach(
        Integer.getInteger("lives.cases", 2),
        random -> {
          try (StoreReader reader = town(random.nextInt(1_000_000), 3, 25)) {
            Map<RecordRef, List<Course>> courses = new LinkedHashMap<>();
            Terms all = new Terms(terms.scope(), terms.old(), terms.other(), 0, Town.NOW, null, 1);
            new ModelDiff(all, reader, (what, done, total) -> {})
                .run((contact, old, other) -> courses.put(contact.ref(), List.of(old, other)));
            ConnectionScope both = terms.scope().comparing(terms.old(), terms.other());
            courses.forEach(
                (ref, found) -> {
                  RecordState contact = reader.load(ref).orElseThrow();
                  for (int i = 0; i < 2; i++) {
                    ModelAtWork model = both.models().get(i);
                    List<SlowLife.Hour> slow =
                        new SlowLife(both, model, Town.stages(), contact, reader::load)
                            .live(Town.NOW, Town.HOUR);
                    hours.addAndGet(slow.size());
                    compare(ref + " by " + model.name(), found.get(i), slow);
                  }
                });
          }
        });
    assertThat(hours.get()).isPositive();
  }

  private static void compare(String what, Course course, List<SlowLife.Hour> slow) {
    for (SlowLife.Hour hour : slow) {
      assertThat(
              List.of(
                  at(course, Kind.LABEL, hour.at()),
                  at(course, Kind.GRADE, hour.at()),
                  at(course, Kind.STAGE, hour.at()),
                  at(course, Kind.SEGMENT, hour.at()),
                  course.handOvers().stream().filter(one -> one.at() <= hour.at()).count()))
          .as(what + " at " + Instant.ofEpochMilli(hour.at()))
          .isEqualTo(
              List.of(
                  hour.label(),
                  hour.grade(),
                  hour.stage(),
                  hour.segment(),
                  (long) hour.handOffs()));
    }
  }

  private static String at(Course course, Kind kind, long at) {
    String value = "";
    for (Course.Change change : course.changes()) {
      value = change.kind() == kind && change.at() <= at ? change.to() : value;
    }
    return value;
  }

  // Sums

  @Test
  void parts_sumExactlyToTheWhole_ofAllAndOfThoseWhoComeAndGo() {
    try (StoreReader reader = town(5, 150, 30)) {
      ModelDifference difference =
          run(terms(Town.OLD, Town.NEW, null, 2), reader, new StringBuilder());

      assertThat(difference.parts().contacts()).isEqualTo(150);
      List<Parts> all = new ArrayList<>(List.of(difference.parts()));
      for (Kind kind : Kind.values()) {
        difference.flows(kind).values().forEach(flow -> all.add(flow.gained()));
        difference.flows(kind).values().forEach(flow -> all.add(flow.lost()));
      }
      assertThat(all.stream().filter(parts -> parts.contacts() > 0).count()).isGreaterThan(8);
      assertThat(all)
          .allSatisfy(
              parts ->
                  assertThat(parts.differing().stream().mapToLong(Parts.Part::difference).sum())
                      .isEqualTo(parts.difference()));
      assertThat(difference.parts().differing())
          .extracting(Parts.Part::rule)
          .contains("form", "page", "webinar", "_rounding", "pricing");
    }
  }

  // Bytes

  @Test
  void twoRuns_onOneThreadAndOnThree_giveTheSameBytes() {
    try (StoreReader reader = town(7, 130, 30)) {
      List<String> runs = new ArrayList<>();
      for (int threads : List.of(1, 3, 3)) {
        StringBuilder csv = new StringBuilder();
        ModelDifference difference = run(terms(Town.OLD, Town.NEW, 1L, threads), reader, csv);
        runs.add(csv + DifferenceJson.of(difference).toPrettyString());
      }
      assertThat(runs.get(0)).contains("contact/101,", "hand-off").hasSizeGreaterThan(10_000);
      assertThat(runs.get(1)).isEqualTo(runs.get(0));
      assertThat(runs.get(2)).isEqualTo(runs.get(0));
    }
  }

  // Capacity

  @Test
  void threshold_meetsTheCapacity_andOnePointLessDoesNot() {
    try (StoreReader reader = town(9, 120, 30)) {
      Terms terms = terms(Town.OLD, Town.NEW, 1L, 2);
      ModelDifference difference = run(terms, reader, new StringBuilder());
      Threshold found = Objects.requireNonNull(difference.threshold());
      long total = Objects.requireNonNull(found.total());

      assertThat(difference.handOvers(Side.NEW).daysAbove(1)).isPositive();
      assertThat(found.isMet()).isFalse();
      HandOverDays met = with(terms, total, reader);
      assertThat(met.daysAbove(1)).isZero();
      assertThat(met.total()).isPositive();
      assertThat(met.counts()).isEqualTo(Objects.requireNonNull(found.days()).counts());
      assertThat(with(terms, total - 1, reader).daysAbove(1)).isPositive();
    }
  }

  /** Compares with a model that asks for so much from the start. */
  private static HandOverDays with(Terms terms, long total, StoreReader reader) {
    ScoringModel stricter =
        ScoringModel.of(terms.other().definition().handingOverFrom(total * 1_000_000));
    Terms others =
        new Terms(terms.scope(), terms.old(), stricter, terms.since(), terms.until(), null, 1);
    return run(others, reader, new StringBuilder()).handOvers(Side.NEW);
  }

  @Test
  void threshold_whereTheModelMeetsTheCapacity_isNotSearched() {
    try (StoreReader reader = town(9, 20, 10)) {
      ModelDifference difference =
          run(terms(Town.OLD, Town.NEW, 1_000L, 1), reader, new StringBuilder());

      assertThat(difference.threshold()).isEqualTo(new Threshold(1_000, true, null, null));
    }
  }

  @Test
  void threshold_whereSalesCanTakeNobody_isNone() {
    try (StoreReader reader = town(9, 40, 20)) {
      ModelDifference difference =
          run(terms(Town.OLD, Town.NEW, 0L, 1), reader, new StringBuilder());

      assertThat(Objects.requireNonNull(difference.threshold()).total()).isNull();
    }
  }

  // Other models

  @Test
  void model_withOtherDimensionsAndStages_andWithoutHandOff_isCompared() {
    String other =
        Town.OLD
            .replace("    engagement:", "    interest:")
            .replace("engagement", "interest")
            .replace("    sql:", "    sal:")
            .replaceAll("(?m)^ *handOff:.*$", "")
            .replace("webinar", "seminar");
    try (StoreReader reader = town(3, 60, 25)) {
      StringBuilder csv = new StringBuilder();
      ModelDifference difference = run(terms(Town.OLD, other, 1L, 1), reader, csv);

      assertThat(difference.strangeStages()).containsExactly("sal");
      assertThat(difference.flows(Kind.STAGE)).containsOnlyKeys("mql", "sal", "sql");
      assertThat(Found.in(difference.flows(Kind.STAGE), "sql").held(Side.NEW)).isZero();
      assertThat(difference.handOvers(Side.OLD).total()).isPositive();
      assertThat(difference.handOvers(Side.NEW).total()).isZero();
      assertThat(difference.parts().difference()).isZero();
      assertThat(difference.moves(Kind.LABEL)).isEmpty();
      assertThat(difference.parts().differing())
          .extracting(Parts.Part::dimension)
          .contains("interest", "engagement");
      assertThat(DifferenceJson.of(difference).path("stagesWithoutMeaning").toString())
          .isEqualTo("[\"sal\"]");
      assertThat(difference.changes().stream().map(change -> change.way() + " " + change.name()))
          .contains("ADDED sal", "REMOVED sql", "ADDED interest", "REMOVED engagement")
          .contains("CHANGED form");
    }
  }

  @Test
  void sameModel_changesNothing() {
    try (StoreReader reader = town(3, 40, 25)) {
      ModelDifference difference =
          run(terms(Town.OLD, Town.OLD, null, 1), reader, new StringBuilder());

      assertThat(difference.changes()).isEmpty();
      assertThat(difference.parts().differing()).isEmpty();
      assertThat(difference.moves(Kind.STAGE)).isEmpty();
      assertThat(difference.handOvers(Side.NEW).counts())
          .isEqualTo(difference.handOvers(Side.OLD).counts());
    }
  }

  @Test
  void propertyThatOnlyTheNewModelReads_andNobodyHas_isNamed() {
    String other =
        Town.OLD.replace("property: country, in: [DE, AT]", "property: crm:region, in: [south]");
    try (StoreReader reader = town(3, 10, 5)) {
      ModelDifference difference =
          run(terms(Town.OLD, other, null, 1), reader, new StringBuilder());

      assertThat(difference.unknown()).containsExactly("crm:region");
    }
  }

  // Counts

  @Test
  void counts_areThoseOfTheLines() {
    try (StoreReader reader = town(13, 80, 25)) {
      StringBuilder csv = new StringBuilder();
      ModelDifference difference = run(terms(Town.OLD, Town.NEW, null, 2), reader, csv);
      List<String> lines = csv.toString().lines().toList();

      for (Kind kind : Kind.values()) {
        difference
            .flows(kind)
            .forEach(
                (name, flow) -> {
                  String what = ",new," + kind.word() + ",";
                  assertThat(flow.entered(Side.NEW)).isEqualTo(count(lines, what, "," + name));
                  assertThat(flow.left(Side.NEW))
                      .isEqualTo(lines.stream().filter(l -> l.contains(what + name + ",")).count());
                });
      }
      assertThat(difference.handOvers(Side.OLD).total())
          .isEqualTo(count(lines, ",old,hand-off,", ",sql"));
    }
  }

  private static long count(List<String> lines, String what, String end) {
    return lines.stream().filter(line -> line.contains(what) && line.endsWith(end)).count();
  }

  // One contact

  private List<Course> live(Fact... facts) {
    Path data = folder.resolve("one");
    try (Store store = Store.open(data)) {
      Town.save(store, ANN, List.of(facts));
      store.writer().commit();
    }
    List<Course> courses = new ArrayList<>();
    try (StoreReader reader = Store.read(data)) {
      new ModelDiff(terms(Town.OLD, Town.NEW, null, 1), reader, (what, done, total) -> {})
          .run(
              (contact, old, other) -> {
                courses.add(old);
                courses.add(other);
              });
    }
    return courses;
  }

  private static Fact form(long at) {
    return new Fact.Happened(ANN, Activity.of("form_submission", at, Map.of()));
  }

  private static Fact read(String property, long at, String value) {
    return new Fact.Assigned(ANN, property, new Stamp(at, SourceRank.READ, value));
  }

  private static final long DAY_1 = Town.NOW - 100 * Town.DAY;

  @Test
  void value_firstKnownByAReading_countsSinceTheFirstFact() {
    Course course =
        live(form(DAY_1), form(DAY_1 + 1), read("jobtitle", Town.NOW - Town.DAY, "CEO")).getFirst();

    assertThat(course.changes())
        .contains(new Course.Change(DAY_1, Kind.LABEL, "", "warm"))
        .contains(new Course.Change(DAY_1 + 1, Kind.STAGE, "mql", "sql"));
    assertThat(course.handOvers()).containsExactly(new Course.HandOver(DAY_1 + 1, "sql"));
  }

  @Test
  void stage_thatPeopleSetFurther_isNotHandedOver_andWhatWeOnceWroteIsNoMoveOfTheirs() {
    Fact.Assigned ours = Town.told(ANN, "lifecyclestage", DAY_1, "opportunity");
    Fact ceo = read("jobtitle", DAY_1, "CEO");

    assertThat(live(ours, form(DAY_1), form(DAY_1 + 1), ceo).getFirst().handOvers()).isEmpty();
    assertThat(
            live(ours, ours.asWritten(), form(DAY_1), form(DAY_1 + 1), ceo).getFirst().handOvers())
        .hasSize(1);
  }

  @Test
  void stage_thatPeopleMoveBack_isProposedAgainOnlyAfterwards() {
    Course course =
        live(
                read("jobtitle", DAY_1, "CEO"),
                Town.told(ANN, "lifecyclestage", DAY_1, "lead"),
                form(DAY_1),
                form(DAY_1 + 1),
                Town.told(ANN, "lifecyclestage", DAY_1 + 2, "subscriber"))
            .getFirst();

    assertThat(course.changes())
        .contains(new Course.Change(DAY_1 + 2, Kind.STAGE, "sql", ""))
        .noneMatch(change -> change.kind() == Kind.STAGE && change.at() > DAY_1 + 2);
    assertThat(course.handOvers()).hasSize(1);
  }

  @Test
  void contact_thatIsDeleted_isNowhereSince() {
    Course course =
        live(form(DAY_1), Fact.Assigned.presence(ANN, DAY_1 + Town.DAY, SourceRank.EVENT, false))
            .getFirst();

    assertThat(course.changes())
        .contains(new Course.Change(DAY_1 + Town.DAY, Kind.LABEL, "cold", ""));
    assertThat(course.score()).isNull();
  }

  @Test
  void contact_thatIsNotKnownYet_isNowhere() {
    assertThat(live(form(Town.NOW + 5)).getFirst().changes()).isEmpty();
  }
}
