package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Written;
import io.leadgauge.crm.EventSource;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about events shows is taken by a real server: its manifests and its relays. */
class EventsPageTest {
  private static final Path PAGE = Path.of("docs/events.md");
  private static final ConnectionId HUBSPOT = new ConnectionId("hubspot");
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: shop }
      spec: { dimensions: { d: { rules: [{ id: cart, activity: add_to_cart, points: 1 }] } } }
      """;
  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: hubspot }
      spec:
        crm: hubspot
        portal: "1"
        publicUrl: https://leads.example.com
        api: { base: "http://localhost:1" }
        credentials: { accessToken: "${env:SECRET}" }
        webhooks: { secrets: ["${env:SECRET}"] }
        model: shop
      """;

  @TempDir Path folder;
  private Installation installation;

  private static List<String> blocks(String mark) throws IOException {
    Matcher block =
        Pattern.compile("```" + mark + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    return block.results().map(found -> found.group(1)).toList();
  }

  @BeforeEach
  void start() throws IOException {
    write("models/shop/model.yaml", MODEL);
    write("connections/hubspot.yaml", CONNECTION + indented(blocks("yaml").getFirst()));
    write("sources/website.yaml", blocks("yaml event-source").getFirst());
    Path manifests = folder.resolve("manifests");
    Map<String, String> secrets = Map.of("SECRET", "s", "WEBSITE_SECRET", SECRET);
    Loaded loaded = Manifests.load(manifests, SecretSource.of(secrets, manifests));
    assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
    EventSource source =
        loaded.catalog().sources().values().stream().findFirst().orElseThrow().source();
    assertThat(source.types()).containsOnlyKeys("page_view", "add_to_cart");
    installation =
        Installation.start(
            loaded.catalog(),
            Installation.Settings.local(folder.resolve("data")),
            new SystemClockwork());
  }

  private static String indented(String text) {
    return text.indent(2);
  }

  private void write(String name, String text) {
    Written.to(folder.resolve("manifests"), name, text);
  }

  @AfterEach
  void stop() {
    installation.close();
  }

  /** Runs a program; returns what it prints. */
  private String run(String program, String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Path out = folder.resolve(name + ".out");
    ProcessBuilder builder = new ProcessBuilder(program, file.toString());
    Map<String, String> environment = new HashMap<>(builder.environment());
    environment.put(
        "LEADGAUGE_URL", "http://127.0.0.1:" + installation.port() + "/webhooks/website");
    environment.put("LEADGAUGE_SECRET", SECRET);
    environment.put("RELAY_PATH", "r");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int code = process.waitFor();
    assertThat(code).as(Files.readString(out)).isZero();
    return Files.readString(out);
  }

  private static void assume(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      assumeTrue(process.waitFor() == 0, program + " does not run");
    } catch (IOException e) {
      assumeTrue(false, program + " is not there");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the events that were kept, the earliest first. */
  private List<JsonNode> told() throws IOException {
    List<JsonNode> told = new ArrayList<>();
    for (JournalLine line : KeptInTests.newest(installation.reader(), HUBSPOT)) {
      String body = KeptInTests.text(installation.reader(), line.sequence());
      told.addFirst(new ObjectMapper().readTree(body).path(0));
      assertThat(line.quarantined()).isNull();
    }
    return told;
  }

  @Test
  void python_relaysOfAProductAndOfActiveCampaign_areTaken() throws Exception {
    assume("python3");
    String stubs =
        """

        class App:
            def post(self, path):
                return lambda handler: setattr(self, "handler", handler)
        app = App()
        class request:
            form = {"contact[email]": "ann@acme.example", "type": "open",
                    "date_time": "2026-09-01T10:00:00-05:00"}
            get_data = staticmethod(lambda: b"x")
        """;
    run(
        "python3",
        "relay.py",
        blocks("python").getFirst()
            + stubs
            + blocks("python").get(1)
            + "\nassert app.handler() == (\"\", 204), app.handler()\n");

    assertThat(told())
        .extracting(event -> event.path("type").asText())
        .containsExactly("feature_used", "email_open");
    assertThat(KeptInTests.newest(installation.reader(), HUBSPOT))
        .as("the page's source declares other types")
        .allMatch(line -> line.noted() == 1);
  }

  @Test
  void node_relaysOfAWebsiteAndOfASegmentLikeTool_areTaken() throws Exception {
    assume("node");
    String stubs =
        """
        const sent = [];
        const verified = null;
        const app = { post: (path, ...handlers) => { sent.push([path, handlers.at(-1)]); } };
        """;
    String calls =
        """
        const say = (status) => console.log(status);
        const first = sent[0][1], second = sent[1][1];
        first({ session: { id: 'v-1' }, body: { url: 'https://x.example/' } }, { sendStatus: say });
        setTimeout(() => second({ body: { type: 'track', event: 'Add to Cart', messageId: 'm1',
          timestamp: '2026-09-01T10:00:00.000Z', anonymousId: 'v-1',
          context: { traits: { email: 'ann@acme.example' } }, properties: { id: 5, sku: 'A' } } },
          { sendStatus: say }, say), 1500);
        """;
    String out = run("node", "relay.js", stubs + blocks("js").get(0) + blocks("js").get(1) + calls);

    assertThat(out.lines()).containsExactly("204", "200");
    assertThat(told())
        .extracting(event -> event.path("type").asText())
        .containsExactly("page_view", "add_to_cart");
    assertThat(installation.reader().load(RecordRef.visitor(HUBSPOT, "v-1"))).isPresent();
    assertThat(installation.reader().load(RecordRef.emailAddress(HUBSPOT, "ann@acme.example")))
        .hasValueSatisfying(
            state -> assertThat(state.facts().activities("add_to_cart")).hasSize(1));
  }

  @Test
  void event_ofThePage_isRead() throws Exception {
    JsonNode event = new ObjectMapper().readTree(blocks("json").getFirst());

    assertThat(event.fieldNames())
        .toIterable()
        .containsExactly("contact", "type", "at", "id", "attributes");
  }
}
