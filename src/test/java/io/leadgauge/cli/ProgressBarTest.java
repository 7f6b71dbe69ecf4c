package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final MovableClock clock = new MovableClock(0);
  private final StringWriter out = new StringWriter();

  private ProgressBar bar(boolean watched) {
    return new ProgressBar(new PrintWriter(out), watched, clock);
  }

  @Test
  void watched_redrawsOneLine_withTheRateSinceTheSameBegan() {
    ProgressBar bar = bar(true);
    clock.advance(10_000);
    bar.show("comparing", 1_000, 9_000);
    clock.advance(2_000);
    bar.show("comparing", 3_000, 9_000);

    assertThat(out.toString())
        .endsWith("comparing: 3000 of 9000 (33 %), 1000 a second, 0 min 06 s left")
        .startsWith("\r\u001b[2K")
        .contains("█".repeat(9))
        .doesNotContain("\n", "█".repeat(10));
  }

  @Test
  void watched_doesNotFlicker_butShowsTheEnd() {
    ProgressBar bar = bar(true);
    bar.show("comparing", 0, 1_000);
    for (int done = 1; done < 1_000; done++) {
      bar.show("comparing", done, 1_000);
    }
    bar.show("comparing", 1_000, 1_000);
    bar.clear();

    assertThat(out.toString().split("\r", -1)).hasSize(4);
    assertThat(out.toString()).contains("1000 of 1000 (100 %)").endsWith("\r\u001b[2K");
  }

  @Test
  void piped_saysALineForEachTenth_andForEachThingDone() {
    ProgressBar bar = bar(false);
    for (int done = 0; done <= 1_000; done++) {
      bar.show("comparing", done, 1_000);
    }
    bar.show("searching", 0, 0);
    bar.clear();

    assertThat(out.toString().lines())
        .hasSize(12)
        .contains("comparing: 500 of 1000 (50 %)")
        .endsWith("searching: 0");
    assertThat(out.toString()).doesNotContain("\u001b", "█");
  }
}
