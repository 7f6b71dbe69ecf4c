package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DueWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month in which nothing happens: every contact fades, and the CRM is written no more often than
 * the connection's policy allows. Of 10,000 contacts with {@code -Dlong}, of half as many in CI;
 * {@code -Dmonth.contacts=N} takes N.
 */
class DecayingMonthTest {
  private static final int CONTACTS = Integer.getInteger("month.contacts", usual());
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration STEP = Duration.ofHours(2);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SEED = 30;

  /** A score fades from at most 80, and crosses the borders of two labels on its way. */
  private static final int MOST_FORMS = 4;

  @TempDir Path folder;

  private static int usual() {
    if (System.getProperty("long") != null) {
      return 10_000;
    }
    return "true".equals(System.getenv("CI")) ? 5_000 : 500;
  }

  /** A write as the CRM got it. */
  private record Written(long at, RecordWrite write) {
    boolean labelled() {
      return write.properties().containsKey("lg_label");
    }

    int score() {
      return Integer.parseInt(write.properties().getOrDefault("lg_score", "0"));
    }
  }

  private static void fill(Rig rig) {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CONTACTS; i++) {
      String id = Integer.toString(100_000 + i);
      int forms = 1 + random.nextInt(MOST_FORMS);
      for (int form = 0; form < forms; form++) {
        long at = rig.clock.now() - random.nextLong(3 * Rig.DAY) - 1;
        String line = rig.crm.set(id, "form_date", Long.toString(at));
        if (form == forms - 1) {
          lines.add(line);
        }
      }
    }
    for (int from = 0; from < lines.size(); from += 500) {
      List<String> some = lines.subList(from, Math.min(lines.size(), from + 500));
      rig.keep(some.toArray(String[]::new));
    }
  }

  /** Waits until nothing is due at this instant; the clock stands. */
  private static void quiet(Rig rig) {
    int[] looks = new int[1];
    Await.until(
        "nothing is due",
        PATIENCE,
        () -> {
          long now = rig.clock.now();
          boolean none =
              rig.reader.countDue(Rig.ACME, DueWork.SWEEP, now) == 0
                  && rig.reader.countDue(Rig.ACME, DueWork.FETCH, now) == 0
                  && rig.reader.countDue(Rig.ACME, DueWork.WRITE, now) == 0;
          looks[0] = none ? looks[0] + 1 : 0;
          return looks[0] == 2;
        });
  }

  @Test
  void contactsThatOnlyFade_areWrittenNoMoreOftenThanThePolicySays(TestReporter reporter) {
    try (Rig rig = Rig.start(folder, Mode.FULL)) {
      fill(rig);
      rig.settle();
      quiet(rig);
      Map<RecordRef, List<Written>> written = new HashMap<>();
      note(rig, written, 0);
      int first = rig.crm.writes.size();
      long end = rig.clock.now() + MONTH.toMillis();
      while (rig.clock.now() < end) {
        int before = rig.crm.writes.size();
        rig.clock.advance(STEP);
        quiet(rig);
        note(rig, written, before);
      }

      assertThat(written).hasSize(CONTACTS);
      WriteBack policy = rig.scope.connection().writeBack();
      written.values().forEach(writes -> assertKeepsTo(policy, writes));
      assertFaded(rig);
      int writes = rig.crm.writes.size() - first;
      double perDay = writes / (double) CONTACTS / MONTH.toDays();
      reporter.publishEntry(
          "%d contacts, %d days: %d writes, %.3f a contact and day"
              .formatted(CONTACTS, MONTH.toDays(), writes, perDay));
      assertThat(perDay).as("writes a contact and day").isLessThan(0.35);
    }
  }

  private static void note(Rig rig, Map<RecordRef, List<Written>> written, int from) {
    List<RecordWrite> writes = rig.crm.writes;
    for (RecordWrite write : writes.subList(from, writes.size())) {
      written
          .computeIfAbsent(write.record(), ref -> new ArrayList<>())
          .add(new Written(rig.clock.now(), write));
    }
  }

  /**
   * A label that changes is written at once; a score that only fades when it has moved by so much,
   * and a day after the last write at the earliest.
   */
  private static void assertKeepsTo(WriteBack policy, List<Written> writes) {
    for (int i = 1; i < writes.size(); i++) {
      Written before = writes.get(i - 1);
      Written now = writes.get(i);
      if (!now.labelled()) {
        assertThat(now.at() - before.at())
            .as("time between writes of %s", now.write().record())
            .isGreaterThanOrEqualTo(policy.atMost().toMillis());
        assertThat(before.score() - now.score())
            .as("what %s faded by", now.write().record())
            .isGreaterThanOrEqualTo(policy.minChange());
      }
    }
  }

  /** What the CRM shows is no further from the score of now than the policy allows. */
  private static void assertFaded(Rig rig) {
    int minChange = rig.scope.connection().writeBack().minChange();
    for (int i = 0; i < CONTACTS; i += Math.max(1, CONTACTS / 100)) {
      String id = Integer.toString(100_000 + i);
      int shown = Integer.parseInt(rig.crm.get(id, "lg_score"));
      int now = Integer.parseInt(rig.score(id));
      assertThat(shown - now).as(id).isBetween(0, minChange);
    }
  }
}
