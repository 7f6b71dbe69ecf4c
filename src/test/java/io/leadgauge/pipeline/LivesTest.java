package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.manifest.Millionths;
import io.leadgauge.model.RecordRef;
import io.leadgauge.replay.Life;
import io.leadgauge.replay.LifeTeller;
import io.leadgauge.replay.Moment;
import io.leadgauge.replay.Movement;
import io.leadgauge.replay.Occasion;
import io.leadgauge.replay.Occasion.Arrival;
import io.leadgauge.replay.Shift;
import io.leadgauge.scoring.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lives of contacts, told from the journal that the intake has kept of them. */
class LivesTest {
  private static final List<String> TITLES = List.of("vp", "clerk", "intern");

  @TempDir Path folder;

  private static Life life(Rig rig, String id, int most) {
    return new LifeTeller(
            rig.reader,
            (connection, sequence) -> Optional.of(rig.scope),
            (delivery, sequence) -> rig.crm.decode(rig.scope.connection(), delivery),
            "email")
        .life(RecordRef.contact(Rig.ACME, id), most, rig.clock.now())
        .orElseThrow();
  }

  private static <T extends Occasion> List<T> occasions(Life life, Class<T> kind) {
    return life.moments().stream()
        .map(Moment::occasion)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Test
  void ledgers_ofWholeLives_addUpFromMomentToMoment() {
    Seeds.forEach(3, this::addUp);
  }

  private void addUp(SplittableRandom random) {
    try (Rig rig = Rig.start(folder.resolve(Long.toString(random.nextLong())))) {
      for (int day = 0; day < 15; day++) {
        String id = Integer.toString(1 + random.nextInt(2));
        if (random.nextBoolean()) {
          rig.keep(rig.crm.set(id, "jobtitle", TITLES.get(random.nextInt(TITLES.size()))));
        } else {
          rig.keep(rig.crm.set(id, "form_date", Long.toString(rig.clock.now())));
        }
        rig.settle();
        rig.clock.advance(random.nextInt((int) (2 * Rig.DAY)));
      }
      rig.keep(rig.crm.set("2", "~into", "1"));
      rig.settle();
      Life end = life(rig, "1", 5);
      assertAddsUp(end);
      assertThat(end.leftOut()).isPositive();
      // Told later, since the record that was absorbed may still be written meanwhile.
      Life life = life(rig, "1", 1_000);
      assertAddsUp(life);
      assertThat(life.moments())
          .containsAll(end.moments().stream().filter(moment -> moment.sequence() > 0).toList());
      assertThat(rig.score("1")).isEqualTo(Long.toString(total(life)));
    }
  }

  private static long total(Life life) {
    return life.moments().stream()
        .flatMap(moment -> moment.movements().stream())
        .reduce((first, second) -> second)
        .map(Movement::after)
        .map(Score::total)
        .orElseThrow();
  }

  private static void assertAddsUp(Life life) {
    long total = 0;
    for (Moment moment : life.moments()) {
      for (Movement movement : moment.movements()) {
        Score before = movement.before();
        assertThat(before == null ? 0 : before.total()).as("%s", moment).isEqualTo(total);
        long points = movement.shifts().stream().mapToLong(Shift::points).sum();
        assertThat(points).isEqualTo(movement.points() * Millionths.ONE);
        total += movement.points();
      }
    }
  }

  @Test
  void writeThatTheCrmRefuses_isToldInItsWords() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.reject("1", true);
      rig.keep(rig.crm.set("1", "jobtitle", "vp"));
      rig.awaitPassing("a refusal", () -> rig.state("1").due().problem() != null);
      assertThat(occasions(life(rig, "1", 100), Occasion.Refused.class))
          .first()
          .satisfies(refused -> assertThat(refused.reason()).contains("not today"));
    }
  }

  @Test
  void delivery_ofWhatWeWrote_isAnEcho() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "vp"));
      rig.settle();
      rig.keep("1 lg_score " + rig.clock.now() + " " + rig.score("1"));
      List<Occasion.Delivered> deliveries =
          occasions(life(rig, "1", 100), Occasion.Delivered.class);
      assertThat(deliveries.getLast().arrival()).isInstanceOf(Arrival.Echo.class);
    }
  }
}
