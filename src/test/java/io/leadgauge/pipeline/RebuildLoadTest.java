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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of some size, told again while it grows. */
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
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < deliveries; i++) {
      String id = Integer.toString(1 + random.nextInt(CONTACTS));
      rig.clock.advance(1);
      receipts.add(rig.deliver(line(rig, id)).toCompletableFuture());
    }
    receipts.forEach(receipt -> assertThat(receipt.join()).isInstanceOf(Receipt.Kept.class));
  }

  private String line(Rig rig, String id) {
    return switch (random.nextInt(4)) {
      case 0 -> id + " ~did " + rig.clock.now() + " form";
      case 1 -> rig.crm.set(id, "form_date", Long.toString(rig.clock.now()));
      default -> rig.crm.set(id, "jobtitle", TITLES.get(random.nextInt(TITLES.size())));
    };
  }

  @Test
  void hundredThousandDeliveries_toldAgain_areTheStore() {
    rebuilt.know(SHADOW, Rig.model());
    try (Rig rig = Rig.startWith(folder, SHADOW, Rig.model())) {
      for (int kept = 0; kept < DELIVERIES; kept += AT_ONCE) {
        deliver(rig, AT_ONCE);
      }
      AtomicBoolean done = new AtomicBoolean();
      Thread more =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!done.get()) {
                      deliver(rig, 10);
                    }
                  });
      Rebuilt beside = rebuilt.of(folder, rig.crm);
      done.set(true);
      join(more);
      assertThat(beside.first()).as("beside the intake").isEmpty();
      assertThat(beside.deliveries()).isGreaterThan(DELIVERIES);
      assertThat(beside.decisions()).isGreaterThan(CONTACTS);
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
