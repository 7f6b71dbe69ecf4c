package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppenderTest {
  private static final int MANY = 50;

  @TempDir Path folder;

  @Test
  void sync_isSharedByAllThatWaitForIt() throws IOException, InterruptedException {
    Path file = folder.resolve("appended");
    AtomicLong kept = new AtomicLong();
    try (Appender appender = new Appender(file)) {
      CountDownLatch first = new CountDownLatch(1);
      CountDownLatch others = new CountDownLatch(1);
      appender.append(
          bytes("first"),
          () -> {
            first.countDown();
            await(others);
          });
      first.await();
      assertThat(appender.syncs()).isEqualTo(1);
      for (int i = 0; i < MANY; i++) {
        appender.append(bytes("other " + i), kept::incrementAndGet);
      }
      assertThat(kept).as("not before they are on the disk").hasValue(0);
      others.countDown();
      Await.until("all are kept", () -> kept.get() == MANY);
      assertThat(appender.syncs()).isEqualTo(2);
      assertThat(appender.appended()).isEqualTo(1 + MANY);
    }
    assertThat(kept).hasValue(MANY);
    assertThat(Appended.in(file)).hasSize(1 + MANY).startsWith("first", "other 0", "other 1");
  }

  @Test
  void piece_longerThanWhatIsWrittenAtOnce_isWrittenWhole() throws IOException {
    Path file = folder.resolve("appended");
    byte[] half = new byte[3 << 20];
    try (Appender appender = new Appender(file)) {
      for (int i = 0; i < 3; i++) {
        appender.append(half, () -> {});
      }
    }
    assertThat(Files.size(file)).isEqualTo(3L * (half.length + Integer.BYTES));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
