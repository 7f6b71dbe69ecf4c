package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.replay.CaptureLines;
import io.leadgauge.replay.CapturedDelivery;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries written as lines, and their personal data replaced. */
class DeliveriesExportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** All of it must go, whatever it stands in. */
  private static final List<String> PERSONAL =
      List.of(
          "ann",
          "smith",
          "acme.example",
          "5550123",
          "555 0123",
          "elm street",
          "bonn",
          "53111",
          "1985-03-02",
          "secret wish",
          "10.1.2.3");

  @TempDir Path folder;

  private static String event(int number, String id, String property, String value) {
    return ("{'eventId':%d,'subscriptionId':7,'portalId':44237313,'appId':19,"
            + "'occurredAt':%d,'subscriptionType':'contact.propertyChange','attemptNumber':0,"
            + "'objectId':%s,'propertyName':'%s','propertyValue':'%s','changeSource':'CRM_UI'}")
        .formatted(number, 1_769_081_993_375L + number, id, property, value);
  }

  private static void tell(Shop shop, String id) {
    shop.events(
        "["
            + String.join(
                ",",
                event(1, id, "email", "Ann.Smith@acme.example"),
                event(2, id, "firstname", "Ann"),
                event(3, id, "lastname", "Smith"),
                event(4, id, "phone", "+1 555 0123"),
                event(5, id, "jobtitle", "VP Sales"),
                event(6, id, "address", "1 Elm Street"),
                event(7, id, "city", "Bonn"),
                event(8, id, "zip", "53111"),
                event(9, id, "date_of_birth", "1985-03-02"),
                event(10, id, "notes", "a secret wish of Ann"),
                event(11, id, "num_visits", "12"),
                event(12, id, "hs_email_optout", "true"),
                event(13, id, "contact_nr", "15550123"))
            + "]");
    shop.workflow(
        "{'address':'ann.smith@ACME.example','when':'2026-11-01T10:00:00Z',"
            + "'properties':{'firstname':{'value':'Ann','versions':[{'value':'Ann',"
            + "'timestamp':1769081993375}]},'ip_city':{'value':'Bonn'}},'ip':'10.1.2.3'}");
    shop.website(
        "[{'contact':{'email':'ann.smith@acme.example','anonymousId':'anns-phone'},"
            + "'type':'page_view','at':'2026-09-01T10:00:00Z','attributes':{"
            + "'url':'https://x.example/pricing/profile/ann?mail=ann.smith%40acme.example#ann'}}]");
  }

  @Test
  void export_holdsWhatCame_andNoSecret() throws IOException {
    try (Shop shop = new Shop(folder)) {
      String id = shop.contact("'email':'ann.smith@acme.example'");
      tell(shop, id);
      shop.website("{'contact':");
      List<JsonNode> lines = lines(shop.run(0, "deliveries", "export"));
      assertThat(lines).hasSize(4);
      JsonNode first = lines.getFirst();
      JournalLine kept = shop.lines().getFirst();
      assertThat(first.path("connection").asText()).isEqualTo("main");
      assertThat(Instant.parse(first.path("receivedAt").asText()).toEpochMilli())
          .isEqualTo(kept.receivedAt());
      assertThat(first.path("method").asText()).isEqualTo("POST");
      assertThat(first.path("path").asText()).isEqualTo("/webhooks/main");
      assertThat(first.path("headers").has("X-HubSpot-Signature-v3")).isTrue();
      assertThat(first.path("body").asText().getBytes(UTF_8))
          .isEqualTo(KeptInTests.body(shop.serve.reader(), kept.sequence()));

      assertThat(lines(shop.run(0, "deliveries", "export", "--outcome=quarantined"))).hasSize(1);
      assertThat(lines(shop.run(0, "deliveries", "export", "--connection=main", "--contact=" + id)))
          .hasSize(3);
      assertThat(shop.run(0, "deliveries", "export", "--until=2020-01-01"))
          .isEqualToIgnoringNewLines("leadgauge: no such deliveries");
      assertThat(shop.run(0, "deliveries", "export", "--contact=" + id))
          .isEqualTo(shop.run(0, "deliveries", "export", "--connection=main", "--contact=" + id));
      Path file = folder.resolve("out.jsonl");
      assertThat(shop.run(0, "deliveries", "export", "--out=" + file)).contains("4 deliveries in");
      assertThat(Files.readAllLines(file)).hasSize(4);
      assertThat(shop.run(2, "deliveries", "export", "--out=" + file))
          .contains("cannot write")
          .contains("it is there already");
    }
  }

  @Test
  void pseudonyms_leaveNothingPersonal_andDecodeAndScoreAlike() throws IOException {
    try (Shop shop = new Shop(folder)) {
      String id = shop.contact("'email':'ann.smith@acme.example'");
      tell(shop, id);
      Path key = folder.resolve("key");
      Files.writeString(key, "ab".repeat(32));
      String told = shop.run(0, "deliveries", "export", "--pseudonyms=" + key);
      assertThat(told.toLowerCase(Locale.ROOT)).doesNotContain(PERSONAL);
      assertThat(told).contains("VP Sales").contains("https://x.example/pricing/profile/t");
      List<JsonNode> lines = lines(told);
      JsonNode events = MAPPER.readTree(lines.getFirst().path("body").asText());
      String address = events.at("/0/propertyValue").asText();
      JsonNode workflow = MAPPER.readTree(lines.get(1).path("body").asText());
      JsonNode views = MAPPER.readTree(lines.get(2).path("body").asText());
      assertThat(address).matches("p[0-9a-f]{10}@d[0-9a-f]{10}\\.example");
      assertThat(workflow.path("address").asText()).isEqualTo(address);
      assertThat(views.at("/0/contact/email").asText()).isEqualTo(address);
      assertThat(workflow.at("/properties/firstname/value").asText())
          .isEqualTo(events.at("/1/propertyValue").asText());
      assertThat(events.at("/3/propertyValue").asText()).matches("\\+[0-9] [0-9]{3} [0-9]{4}");
      assertThat(events.at("/10/propertyValue").asText()).isEqualTo("12");
      assertThat(events.at("/11/propertyValue").asText()).isEqualTo("true");
      assertThat(events.at("/0/objectId").asText()).isEqualTo(id);
      assertThat(events.at("/0/occurredAt").asLong()).isEqualTo(1_769_081_993_376L);
      assertThat(shop.run(0, "deliveries", "export", "--pseudonyms=" + key)).isEqualTo(told);

      Path capture = folder.resolve("capture.jsonl");
      Files.writeString(capture, told);
      Path empty = folder.resolve("empty");
      try (Installation other = shop.started(empty)) {
        assertThat(SendTest.send(shop, other, "--from=" + capture)).contains("204: 3");
        assertThat(KeptInTests.newest(other.reader(), null))
            .hasSize(3)
            .allMatch(line -> line.quarantined() == null && line.noted() == 0);
        RecordState there = load(other, RecordRef.contact(Shop.MAIN, id));
        RecordState here = load(shop.serve, RecordRef.contact(Shop.MAIN, id));
        assertThat(there.facts().canonical()).contains("VP Sales").contains(address);
        assertThat(here.facts().canonical()).contains("VP Sales").doesNotContain(address);
        assertThat(there.facts().properties()).contains("email", "notes", "contact_nr");
        assertThat(load(other, RecordRef.emailAddress(Shop.MAIN, address)).facts().canonical())
            .contains("page_view", "workflow:priced");
      }
    }
  }

  private static RecordState load(Installation serve, RecordRef ref) {
    return serve.reader().load(ref).orElseThrow();
  }

  @Test
  void pseudonyms_ofIds_areOnesThatDecode_andStayApart() throws IOException {
    try (Shop shop = new Shop(folder)) {
      tell(shop, "123456");
      Path key = folder.resolve("key");
      String told =
          shop.run(
              0,
              "deliveries",
              "export",
              "--pseudonyms=" + madeKey(key),
              "--ids",
              "--keep=notes",
              "--replace=jobtitle",
              "--keep-domains");
      JsonNode events = MAPPER.readTree(lines(told).getFirst().path("body").asText());
      assertThat(events.at("/0/objectId").asText()).matches("[0-9]{6}").isNotEqualTo("123456");
      assertThat(events.at("/0/objectId").isNumber()).isTrue();
      assertThat(events.at("/0/portalId").asText()).isEqualTo("44237313");
      assertThat(events.at("/0/propertyValue").asText()).endsWith("@acme.example");
      assertThat(events.at("/9/propertyValue").asText()).isEqualTo("a secret wish of Ann");
      assertThat(told).doesNotContain("VP Sales");
      assertThat(shop.run(2, "deliveries", "export", "--ids")).contains("go with --pseudonyms");
      Files.writeString(key, "short");
      assertThat(shop.run(2, "deliveries", "export", "--pseudonyms=" + key)).contains("is no key");
    }
  }

  private static Path madeKey(Path key) throws IOException {
    return Files.writeString(key, "0123456789abcdef".repeat(4));
  }

  @Test
  void body_thatNobodyCanRead_isNotGivenAway() throws IOException {
    try (Shop shop = new Shop(folder)) {
      shop.website("{'contact':{'email':'ann@acme.example'");
      Path key = madeKey(folder.resolve("key"));
      assertThat(shop.run(1, "deliveries", "export", "--pseudonyms=" + key))
          .doesNotContain("ann@")
          .contains("1 delivery left out: neither JSON nor XML");
    }
  }

  static List<JsonNode> lines(String told) {
    return told.lines()
        .map(
            line -> {
              try {
                return MAPPER.readTree(line);
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  @Test
  void bytes_thatAreNoText_standInBase64() throws Exception {
    byte[] bytes = {'[', (byte) 0xC3, ']'};
    String line = CaptureLines.write(new CapturedDelivery(null, 0, "POST", "", List.of(), bytes));
    assertThat(line).contains(Base64.getEncoder().encodeToString(bytes));
    assertThat(CaptureLines.read(line.getBytes(UTF_8)).body()).isEqualTo(bytes);
  }
}
