package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leadgauge.bench.Suite.Settings;
import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.model.Clockwork;
import io.leadgauge.scoring.Evaluation;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs Node-RED where the bench does, once, unless {@code -Dnode-red=DIR} names a folder that
 * has it. Skipped where there is no npm or no network, which is a failure in CI.
 */
class NodeRedTest {
  private static final Path INSTALLED =
      Path.of(System.getProperty("node-red", "target/bench-node-red"));

  private final Clockwork clock = new SystemClockwork();
  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void in_emptyFolder_saysWhatIsMissing() throws Exception {
    NodeRed.Found found = NodeRed.in(folder);

    assertThat(found.nodeRed()).isNull();
    assertThat(found.missing()).contains(NodeRed.VERSION, folder.toString(), "none");
  }

  @Test
  void flow_randomContacts_writesTheFieldsThatOurModelGives() throws Exception {
    NodeRed nodeRed = installed();
    SplittableRandom random = new SplittableRandom(1);
    try (BenchPortal portal =
            BenchPortal.start(folder, FreePort.next(), 300, "shadow", clock, random);
        Receiver theirs = nodeRed.start(portal, true, clock)) {
      Path manifests = folder.resolve("manifests");
      Passage passage = new Passage(portal, manifests, vertx, clock);
      Map<Long, Map<String, String>> before = passage.contacts("");
      passage.send(theirs, portal.contacts(), 1, 100, 0);

      BenchModel model = BenchModel.load(manifests);
      passage
          .contacts("leadgauge_grade,leadgauge_label")
          .forEach(
              (contact, held) -> {
                Evaluation ours = evaluate(model, before.getOrDefault(contact, Map.of()));
                assertThat(held)
                    .containsEntry("leadgauge_grade", ours.score().grade())
                    .containsEntry("leadgauge_label", ours.decision().label());
              });
    }
  }

  private Evaluation evaluate(BenchModel model, Map<String, String> properties) {
    Map<String, String> after = new HashMap<>(properties);
    after.put("bench_visits", "60");
    try {
      return model.evaluate(after, clock.now());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void measure_fewContacts_measuresBothAndBothWays() throws Exception {
    installed();
    List<String> told = new ArrayList<>();
    Report report = new Report(told::add);
    Settings settings = new Settings(folder, 120, 1, 0.02, 1);

    BesideNodeRed.measure(settings, INSTALLED, clock, vertx, report);

    assertThat(report.figures())
        .extracting(Figure::name)
        .contains(
            "receive beside Node-RED by 1",
            "Node-RED receive by 1",
            "receive beside Node-RED by 100",
            "Node-RED receive by 100",
            "Node-RED end to end by 1");
  }

  private static NodeRed installed() throws Exception {
    NodeRed.Found found = NodeRed.install(INSTALLED);
    String skipped = "SKIPPED, the flow of Node-RED is not tested: " + found.missing();
    if (found.nodeRed() == null) {
      System.err.println(skipped);
    }
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(found.nodeRed()).as(skipped).isNotNull();
    }
    assumeTrue(found.nodeRed() != null, skipped);
    return Objects.requireNonNull(found.nodeRed());
  }
}
