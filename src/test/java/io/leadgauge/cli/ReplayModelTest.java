package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.model.Activation;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.replay.Town;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over a store that a connection was served from. */
class ReplayModelTest {
  private static final int CONTACTS = Integer.getInteger("diff.contacts", 120);
  private static final int ACTIVITIES = Integer.getInteger("diff.activities", 30);
  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: town }
      spec:
        crm: hubspot
        portal: "1"
        publicUrl: https://leads.example
        credentials: { accessToken: "${env:TOKEN}" }
        webhooks: { secrets: ["${env:SECRET}"] }
        models: [{ model: plain%s, writeBack: { score: score }, stages: { mql: marketingqualifiedlead, sql: salesqualifiedlead } }]
        mode: shadow
        fields:
          title: jobtitle
          company.employees: { property: numberofemployees, type: number, object: company }
          emailOptOut: { property: hs_email_optout, type: boolean }
          country: country
      """;
  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: website }
      spec:
        connection: town
        secrets: ["${env:SIGNING}"]
      """;

  @TempDir private Path folder = Path.of("");

  /** Writes the manifests, and fills a store as if they were in force. */
  private void serve(String when) throws IOException {
    write("manifests/models/plain/model.yaml", Town.OLD);
    write("manifests/connections/town.yaml", CONNECTION.formatted(when));
    write("manifests/sources/website.yaml", SOURCE);
    write("new.yaml", Town.NEW);
    var loaded = Manifests.load(folder.resolve("manifests"), ConnectionAtHand.NO_SECRETS);
    assertThat(loaded.problems()).filteredOn(problem -> problem.isError()).isEmpty();
    Town.fill(data(), 11, CONTACTS, ACTIVITIES);
    try (Store store = Store.open(data())) {
      for (Candidate candidate : Candidates.of(loaded.catalog(), List.of(), Town.NOW)) {
        for (Activation activation : candidate.manifests()) {
          store.writer().append(activation, Outcome.applied(0, 0));
        }
      }
      store.writer().commit();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private TestTerminal replay(int status, String columns, String... more) {
    TestTerminal terminal = new TestTerminal(Map.of("COLUMNS", columns), "");
    String[] arguments =
        List.of(
                "replay",
                "--model",
                folder.resolve("new.yaml").toString(),
                "--data",
                data().toString())
            .toArray(String[]::new);
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    assertThat(terminal.run(all)).as(terminal.err() + terminal.out()).isEqualTo(status);
    return terminal;
  }

  @Test
  void twoRuns_whateverTheThreads_giveTheSameBytes_andPartsThatSumUp() throws IOException {
    serve("");
    String first = "";
    for (int threads = 1; threads <= 2; threads++) {
      Path csv = folder.resolve("changes.csv");
      Path json = folder.resolve("summary.json");
      long began = System.nanoTime();
      TestTerminal terminal =
          replay(
              ExitCode.DONE,
              "110",
              "--capacity=2",
              "--csv=" + csv,
              "--json=" + json,
              "--threads=" + threads);
      if (CONTACTS > 1_000) {
        System.gc();
        Runtime vm = Runtime.getRuntime();
        System.out.println(terminal.out());
        System.out.println(terminal.err());
        System.out.println(
            threads
                + " threads, ms "
                + (System.nanoTime() - began) / 1_000_000
                + ", MB after gc "
                + ((vm.totalMemory() - vm.freeMemory()) >> 20));
      }
      String all = terminal.out() + Files.readString(csv) + Files.readString(json);
      first = first.isEmpty() ? all : first;
      assertThat(all).isEqualTo(first);
      assertThat(terminal.err()).contains("Comparing contacts: ");
      assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
      assertSums(new ObjectMapper().readTree(json.toFile()));
    }
  }

  private static void assertSums(JsonNode json) {
    assertSum(json.path("scores"));
    json.path("labels").path("each").forEach(label -> assertSum(label.path("gained")));
    json.path("labels").path("each").forEach(label -> assertSum(label.path("lost")));
  }

  private static void assertSum(JsonNode parts) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : parts.path("parts")) {
      sum = sum.add(part.path("difference").decimalValue());
    }
    assertThat(sum).isEqualByComparingTo(parts.path("difference").decimalValue());
  }
}
