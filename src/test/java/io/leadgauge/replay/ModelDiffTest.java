package io.leadgauge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.SlowLife;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDiffTest {
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
}
