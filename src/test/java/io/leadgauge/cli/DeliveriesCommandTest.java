package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.BodyTerms;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveriesCommandTest {
  private static final String GOOD =
      "[{\"eventId\":1,\"portalId\":44237313,\"occurredAt\":1769081993375,"
          + "\"subscriptionType\":\"contact.propertyChange\",\"objectId\":101,"
          + "\"propertyName\":\"occupation\",\"propertyValue\":\"Student\"}]";

  @TempDir Path folder;
  private School school;
  private Installation installation;
  private String data;

  @BeforeEach
  void start() {
    school = School.start(folder.resolve("manifests"), "v3");
    Path place = folder.resolve("data");
    data = "--data=" + place;
    installation =
        Installation.start(
            school.catalog(), Installation.Settings.local(place), new SystemClockwork());
  }

  @AfterEach
  void stop() {
    installation.close();
    school.close();
  }

  @Test
  void list_tellsWhatBecameOfEachDelivery() throws IOException, InterruptedException {
    assertThat(post(GOOD, signed(GOOD))).isEqualTo(204);
    assertThat(post("{\"not\":\"an array\"}", signed("{\"not\":\"an array\"}"))).isEqualTo(204);
    String foreign = GOOD.replace("44237313", "1");
    assertThat(post(foreign, signed(foreign))).isEqualTo(204);

    String list = run("deliveries", "list", data);
    List<String> lines = list.lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).contains("school").contains("applied, 1 only noted");
    assertThat(lines.get(2)).contains("quarantined: ").contains("array");
    assertThat(lines.get(3)).endsWith("applied");
    assertThat(run("deliveries", "list", data, "--limit=1").lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("Older ones: --before ");
    assertThat(run("deliveries", "list", data, "--connection=other"))
        .isEqualTo("No deliveries of other; known: school.\n");
  }

  @Test
  void show_givesHeadersAndBody() throws IOException, InterruptedException {
    post(GOOD, signed(GOOD));
    String number =
        run("deliveries", "list", data).lines().toList().get(1).strip().split(" ", 2)[0];
    assertThat(run("deliveries", "show", number, data))
        .contains("applied")
        .contains("POST /webhooks/school")
        .containsIgnoringCase("x-hubspot-signature-v3")
        .contains("\"propertyValue\" : \"Student\"");

    TestTerminal missing = TestTerminal.plain();
    assertThat(missing.run("deliveries", "show", "999999", data)).isEqualTo(1);
    assertThat(missing.err()).contains("there is no delivery 999999");
  }

  @Test
  void show_ofADeliveryWithoutItsBody_saysWhereItWentAndWhatIsKept()
      throws IOException, InterruptedException {
    post(GOOD, signed(GOOD));
    List<String> before = run("deliveries", "list", data).lines().toList();
    String number = before.get(1).strip().split(" ", 2)[0];
    installation.close();
    installation =
        Installation.start(school.catalog(), emptying(Duration.ZERO), new SystemClockwork());
    Await.until(
        "the body is emptied",
        () -> run("deliveries", "show", number, data).contains("emptied with its headers"));

    assertThat(run("deliveries", "show", number, data))
        .contains("applied", "POST /webhooks/school", "--keep-bodies")
        .doesNotContainIgnoringCase("x-hubspot-signature", "Student");
    assertThat(run("deliveries", "list", data).lines()).containsAll(before);
    Path place = folder.resolve("data");
    JsonNode shown = AdminAddress.ask(place, "/api/deliveries/" + number).orElseThrow();
    assertThat(shown.path("bodyKept").asBoolean(true)).isFalse();
    RecordRef student = RecordRef.contact(new ConnectionId("school"), "101");
    assertThat(
            installation
                .reader()
                .snapshot()
                .find(student)
                .orElseThrow()
                .facts()
                .value("occupation"))
        .isEqualTo("Student");
    assertThat(AdminAddress.ask(place, "/health/ready").orElseThrow().toString())
        .contains("bodies", "bytes are kept", "facts stand for the entries up to");
  }

  private Installation.Settings emptying(Duration age) {
    Installation.Settings local = Installation.Settings.local(folder.resolve("data"));
    return new Installation.Settings(
        local.data(),
        local.host(),
        0,
        local.adminHost(),
        0,
        null,
        local.cacheBytes(),
        new BodyTerms(age, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({
    "--keep-bodies=90, expected days or hours such as 90d or 12h",
    "--keep-bodies=-1d, expected days or hours",
    "--keep-bodies-size=10, expected such as 500MB",
    "--keep-bodies-size=1KB, expected such as 500MB"
  })
  void serve_withBoundsThatAreNone_isRefused(String option, String expected) {
    TestTerminal terminal = TestTerminal.plain();
    assertThat(terminal.run("serve", option, data)).isEqualTo(2);
    assertThat(terminal.err()).contains(option.replace('=', ' ')).contains(expected);
  }

  @Test
  void refused_areListedAndShownWithTheStepsOfTheirSignature()
      throws IOException, InterruptedException {
    assertThat(run("deliveries", "list", data, "--refused"))
        .isEqualTo("Nothing was refused since the start.\n");
    assertThat(post(GOOD, signed(GOOD.replace("Student", "CEO")))).isEqualTo(401);

    String list = run("deliveries", "list", data, "--refused");
    assertThat(list).contains("r1").contains("401").contains("school");
    assertThat(run("deliveries", "show", "r1", data))
        .contains("failed")
        .contains("\"propertyValue\" : \"Student\"");
    assertThat(run("deliveries", "list", data)).isEqualTo("No deliveries.\n");
  }

  @Test
  void contact_asked_answersInTheShapeOfScore() throws IOException, InterruptedException {
    URI base = URI.create("http://127.0.0.1:" + installation.adminPort());
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest unknown =
          HttpRequest.newBuilder(base.resolve("/api/contacts/school/contact/1")).build();
      assertThat(client.send(unknown, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(404);
      HttpRequest ready = HttpRequest.newBuilder(base.resolve("/health/ready")).build();
      assertThat(client.send(ready, HttpResponse.BodyHandlers.ofString()).body())
          .contains("\"ready\"");
    }
  }

  private int post(String body, List<Delivery.Header> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + installation.port() + "/webhooks/school"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(header -> request.header(header.name(), header.value()));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static List<Delivery.Header> signed(String body) {
    return new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of(School.CLIENT_SECRET))
        .sign(
            "POST",
            "https://leads.example.com/webhooks/school",
            body.getBytes(StandardCharsets.UTF_8),
            "",
            System.currentTimeMillis());
  }

  private static String run(String... arguments) {
    TestTerminal terminal = TestTerminal.plain();
    assertThat(terminal.run(arguments)).as(terminal.err()).isZero();
    return terminal.out();
  }
}
