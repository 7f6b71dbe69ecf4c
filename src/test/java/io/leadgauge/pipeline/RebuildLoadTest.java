package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Mode;
import io.leadgauge.replay.Rebuilt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of some size, told again while it grows. */
@Tag("alone")
class RebuildLoadTest {
  private static final int DELIVERIES = 100_000;
  private static final int CONTACTS = 5_000;
  private static final int AT_ONCE = 2_000;
  private static final List<String> TITLES = List.of("VP", "Clerk", "Intern", "CEO");
  private static final Connection SHADOW = Rig.connection(Mode.SHADOW);

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(7);
  private final RebuiltRig rebuilt = new RebuiltRig();

  /** Delivers so many lines, and waits until they are kept. */
  private void deliver(Rig rig, int deliveries) {
    rig.crm.passTo(rig.clock.now() - Rig.DAY);
    List<String> lines = new ArrayList<>();
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < deliveries; i++) {
      lines.add(line(rig, Integer.toString(1 + random.nextInt(CONTACTS))));
      receipts.add(rig.deliver(lines.getLast()).toCompletableFuture());
    }
    rig.clock.advance(deliveries);
    for (int i = 0; i < deliveries; i++) {
      // What waited while the clock was moved seems to have waited for long; then it comes again.
      if (!(receipts.get(i).join() instanceof Receipt.Kept)) {
        rig.keep(lines.get(i));
      }
    }
  }

  private String line(Rig rig, String id) {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 ->
          id + " ~did " + (rig.clock.now() + random.nextInt(10_000)) + " form";
      case 10 -> rig.crm.set(id, "form_date", Long.toString(rig.clock.now()));
      default -> rig.crm.set(id, "jobtitle", TITLES.get(random.nextInt(TITLES.size())));
    };
  }

  @Test
  void hundredThousandDeliveries_toldAgain_areTheStore_alsoAfterRetentionAndAnErasure() {
    rebuilt.know(SHADOW, Rig.model());
    try (Rig rig = Rig.startWith(folder, SHADOW, Rig.model())) {
      for (int kept = 0; kept < DELIVERIES; kept += AT_ONCE) {
        deliver(rig, AT_ONCE);
        if (kept + AT_ONCE == DELIVERIES / 2) {
          rig.clock.advance(100 * Rig.DAY);
        }
      }
      Rebuilt beside = besideTheIntake(rig);
      assertThat(beside.first()).as("beside the intake").isEmpty();
      assertThat(beside.from()).isOne();
      assertThat(beside.deliveries()).isGreaterThanOrEqualTo(DELIVERIES);
      assertThat(beside.decisions()).isGreaterThan(CONTACTS);

      RetentionRig.run(rig, RetentionRig.days(50));
      rig.pipeline.erasures().erase(rig.crm.ref("17")).join();
      rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
      Rebuilt after = rebuilt.of(folder, rig.crm);
      assertThat(after.first()).as("after retention and an erasure").isEmpty();
      assertThat(after.from()).isGreaterThan(DELIVERIES / 2);
      assertThat(after.deliveries()).isBetween(DELIVERIES / 2L, beside.deliveries());
      assertThat(after.records()).isEqualTo(beside.records() - 1);
    }
  }

  /** Rebuilds while deliveries go on coming. */
  private Rebuilt besideTheIntake(Rig rig) {
    AtomicBoolean done = new AtomicBoolean();
    Thread more =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    deliver(rig, 10);
                    LockSupport.parkNanos(1_000_000);
                  }
                });
    try {
      return rebuilt.of(folder, rig.crm);
    } finally {
      done.set(true);
      join(more);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
