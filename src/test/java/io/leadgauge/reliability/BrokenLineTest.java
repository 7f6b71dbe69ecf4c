package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.FastClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A line to the CRM of which one request in five is broken, at random and in all manners: what the
 * CRM holds in the end is what follows from its own values, each task is there once, and no field
 * was written that did not have to be. What the CRM itself may answer is {@code SoakTest}'s.
 */
@Tag("alone")
class BrokenLineTest {
  private static final boolean LONG = Figures.isLong();
  private static final int SPEED = 40;
  private static final int CONTACTS = LONG ? 2_000 : 150;
  private static final Duration BROKEN = LONG ? Duration.ofMinutes(10) : Duration.ofSeconds(8);
  private static final double SHARE = 0.2;
  private static final Figures FIGURES = new Figures(BrokenLineTest.class);

  private final long seed = OutageRig.seed(FIGURES);

  @TempDir Path folder;

  @Test
  void contacts_changedOverABrokenLine_endAsTheirFactsSay_tasksOnce() {
    try (OutageRig rig =
        new OutageRig(folder, new FastClock(SPEED), () -> {}, 0, Duration.ofSeconds(1), seed)) {
      rig.begin(CONTACTS);
      rig.portal.forgetCalls();
      Map<Long, Integer> versions = versions(rig);
      rig.portal.proxy.breakSome(SHARE);
      long began = System.nanoTime();
      while (System.nanoTime() - began < BROKEN.toNanos()) {
        rig.changeSome(10);
      }
      if (LONG) {
        // Still broken: whatever is left gets done by trying again.
        rig.awaitDone(Duration.ofMinutes(10));
      }
      rig.portal.proxy.breakSome(0);
      rig.awaitDone();
      rig.assertHeld();
      FIGURES.note("tasks", rig.assertTasksOnce());
      FIGURES.note("deliveries", rig.assertKept());
      FIGURES.note("requests", rig.portal.proxy.requests());
      FIGURES.note("calls that arrived", rig.portal.calls(""));
      FIGURES.note("contacts written", rig.portal.contactsWritten());
      long most = 0;
      for (Map.Entry<Long, Integer> after : versions(rig).entrySet()) {
        most = Math.max(most, after.getValue() - versions.getOrDefault(after.getKey(), 0));
      }
      FIGURES.note("most scores of one contact", most);
      assertThat(most)
          .as("no more than one in five seconds")
          .isLessThanOrEqualTo(mostWrites(began));
    }
  }

  private static long mostWrites(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds() * SPEED / 5 + 1;
  }

  private static Map<Long, Integer> versions(OutageRig rig) {
    Map<Long, Integer> versions = new TreeMap<>();
    rig.ids.stream()
        .limit(50)
        .forEach(id -> versions.put(id, rig.portal.versions(id, "leadgauge_score")));
    return versions;
  }
}
