package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackfillBarTest {
  private final StringWriter out = new StringWriter();

  private BackfillBar bar(boolean watched) {
    PrintWriter writer = new PrintWriter(out);
    return new BackfillBar(
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            writer,
            writer,
            Map.of(),
            new MovableClock(0),
            watched));
  }

  private static ObjectNode progress(String phase, long done, long total, long secondsLeft) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("phase", phase).put("running", true).put("done", done).put("total", total);
    json.put("perSecond", 300).put("secondsLeft", secondsLeft < 0 ? null : secondsLeft);
    return json.put("trouble", "");
  }

  @Test
  void watched_redrawsOneLine_withRateAndTimeLeft() {
    bar(true).show(progress("reading", 2_500, 10_000, 3_725));

    assertThat(out.toString())
        .startsWith("\r\u001b[2K")
        .contains("█".repeat(7), "2500 of 10000 (25 %), 300 a second, 1 h 02 min left")
        .doesNotContain("█".repeat(8));
  }

  @Test
  void piped_saysALineForEachTenth_andForEachPhase() {
    BackfillBar bar = bar(false);
    for (long done = 0; done <= 1_000; done += 10) {
      bar.show(progress("reading", done, 1_000, 25));
    }
    bar.show(progress("missing", 1_000, 1_000, -1));
    bar.show(progress("missing", 1_000, 1_000, -1));

    assertThat(out.toString().lines())
        .hasSize(12)
        .contains("500 of 1000 (50 %), 300 a second, 0 min 25 s left")
        .endsWith("looking for contacts that are gone");
    assertThat(out.toString()).doesNotContain("\u001b", "█");
  }

  @Test
  void trouble_isSaidOnce() {
    BackfillBar bar = bar(false);
    ObjectNode waiting = progress("reading", 5, 0, -1).put("trouble", "the portal moves");
    bar.show(waiting);
    bar.show(waiting);

    assertThat(out.toString().lines()).containsExactly("5, 300 a second; waits: the portal moves");
  }
}
