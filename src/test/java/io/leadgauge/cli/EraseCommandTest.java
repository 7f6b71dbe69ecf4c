package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadgauge.Await;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.DataFolderBytes;
import io.leadgauge.store.DueWork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is erased in a portal, or by command, under a real server. */
class EraseCommandTest {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final String MAIL = "ann.needle@person.example";
  private static final String NAME = "Needlewoman";
  private static final String PHONE = "+4915155501234";
  private static final String[] ANN = {MAIL, NAME, PHONE};

  @TempDir Path folder;
  private School school;
  private Installation serve;
  private Path data;
  private String ann = "";
  private String bob = "";

  @BeforeEach
  void start() {
    school = School.start(folder.resolve("manifests"), "v3");
    data = folder.resolve("data");
    serve = serve();
    school.subscribe(serve.port());
    school.create(
        List.of(
            Map.of("email", MAIL, "lastname", NAME, "phone", PHONE, "occupation", "Student"),
            Map.of("email", "bob@other.example", "occupation", "Working Professional")));
    Await.until(
        "both are scored in the CRM",
        () ->
            school.contacts().values().stream()
                .noneMatch(one -> one.getOrDefault("leadgauge_score", "").isEmpty()));
    awaitQuiet();
    school
        .contacts()
        .forEach(
            (id, values) -> {
              if (MAIL.equals(values.get("email"))) {
                ann = id;
              } else {
                bob = id;
              }
            });
  }

  private Installation serve() {
    return Installation.start(
        school.catalog(), Installation.Settings.local(data), new SystemClockwork());
  }

  private void awaitQuiet() {
    Await.until(
        "nothing is under way",
        () ->
            school.allTold()
                && serve.reader().countDue(School.ID, DueWork.FETCH, Due.NEVER) == 0
                && serve.reader().countDue(School.ID, DueWork.WRITE, Due.NEVER) == 0);
  }

  private void awaitErased() {
    awaitQuiet();
    Await.until("all is erased", () -> serve.pipeline().erasures().progress().isDone());
  }

  @AfterEach
  void stop() {
    serve.close();
    school.close();
  }

  private boolean isKnown(String id) {
    return serve.pipeline().states().current(RecordRef.contact(School.ID, id)).isPresent();
  }

  @Test
  void privacyDeletion_inThePortal_leavesNothingAndARetryRecreatesNothing()
      throws IOException, InterruptedException {
    String late = "[" + changed(ann, "'propertyValue':'" + PHONE + "'") + "]";
    assertThat(post(late, signed(late))).isEqualTo(204);
    String hidden =
        ("["
            + changed(ann, "'isSensitive':true")
            + ","
            + changed(bob, "'propertyValue':'7'")
            + "]");
    assertThat(post(hidden, signed(hidden))).isEqualTo(204);
    String unknown = "[" + changed(ann, "'propertyValue':'7'").replace(".prop", ".new") + "]";
    assertThat(post(unknown, signed(unknown))).isEqualTo(204);
    String garbage = "<event mail='" + MAIL + "'/>";
    assertThat(post(garbage, signed(garbage))).isEqualTo(204);
    assertThat(post(late, signed(garbage))).isEqualTo(401);
    awaitQuiet();
    assertThat(DataFolderBytes.find(data, ANN)).containsOnlyKeys(ANN);
    assertThat(DataFolderBytes.find(data, ann)).containsOnlyKeys(ann);

    JsonNode body = JsonNodeFactory.instance.objectNode().put("objectId", ann);
    school.control.post("/crm/v3/objects/contacts/gdpr-delete", body);
    Await.until("the person is gone", () -> !isKnown(ann));
    awaitErased();

    assertThat(DataFolderBytes.find(data, ANN)).isEmpty();
    assertThat(DataFolderBytes.find(data, ann)).isEmpty();
    assertThat(DataFolderBytes.find(data, "[" + changed(bob, "'propertyValue':'7'") + "]"))
        .hasSize(1);
    assertThat(AdminAddress.ask(data, "/api/refused").orElseThrow().path("refused")).isEmpty();
    assertThat(health()).contains("nothing is left of anybody");

    assertThat(post(late, signed(late))).isEqualTo(204);
    assertThat(post(late.replace("]", "," + late.substring(1)), signed("x"))).isEqualTo(401);
    awaitErased();
    assertThat(isKnown(ann)).isFalse();
    assertThat(isKnown(bob)).isTrue();
    assertThat(DataFolderBytes.find(data, ANN)).isEmpty();
    serve.close();
    assertThat(DataFolderBytes.find(data, ANN)).isEmpty();
    assertThat(DataFolderBytes.find(data, ann)).isEmpty();
    serve = serve();
    assertThat(isKnown(bob)).isTrue();
  }

  private static String changed(String id, String more) {
    return ("{'portalId':44237313,'occurredAt':1750000000000,"
            + "'subscriptionType':'contact.propertyChange','objectId':"
            + id
            + ",'propertyName':'phone',"
            + more
            + "}")
        .replace('\'', '"');
  }

  private String health() {
    return AdminAddress.ask(data, "/health/ready").orElseThrow().path("checks").toString();
  }

  @Test
  void command_byAddress_tellsWhatIsKeptAndErasesOnceConfirmed() {
    String option = "--data=" + data;
    TestTerminal unsure = new TestTerminal(Map.of("COLUMNS", "80"), "no\n");
    assertThat(unsure.run("erase", "school", MAIL, option)).isEqualTo(1);
    assertThat(unsure.out()).contains("Contact " + ann + ": 1 contact, ").contains("Type yes: ");
    assertThat(unsure.err()).contains("nothing was erased");
    assertThat(isKnown(ann)).isTrue();

    TestTerminal sure = new TestTerminal(Map.of("COLUMNS", "80"), "yes\n");
    assertThat(sure.run("erase", "school", MAIL.toUpperCase(Locale.ROOT), option))
        .as(sure.err())
        .isZero();
    assertThat(sure.out())
        .containsPattern("Erased " + ann + ": 1 contact, [1-9][0-9]* facts, [1-9][0-9]* entries")
        .contains("Nothing is left of them in the data folder.");
    assertThat(isKnown(ann)).isFalse();
    assertThat(isKnown(bob)).isTrue();
    assertThat(DataFolderBytes.find(data, ANN)).isEmpty();

    TestTerminal again = TestTerminal.plain();
    assertThat(again.run("erase", "school", MAIL, option)).isEqualTo(1);
    assertThat(again.out()).contains("No contact of school has, or had, this address.");
  }

  @Test
  void command_onAFolderWithoutServe_erasesThere() {
    serve.close();
    Terminal terminal = Terminal.ofProcess();
    try {
      String option = "--data=" + data;
      assertThat(Main.run(terminal, "erase", "school", ann, option, "--yes")).isZero();
      assertThat(Main.run(terminal, "erase", "scool", ann, option, "--yes")).isEqualTo(2);
      assertThat(DataFolderBytes.find(data, ANN)).isEmpty();
    } finally {
      serve = serve();
    }
    assertThat(isKnown(bob)).isTrue();
    assertThat(isKnown(ann)).isFalse();
  }

  @Test
  void wrongUse_namesWhatIsWrong() {
    TestTerminal terminal = TestTerminal.plain();
    String option = "--data=" + data;
    assertThat(terminal.run("erase", "scool", ann, option, "--yes")).isEqualTo(2);
    assertThat(terminal.err()).contains("has nothing of the connection scool");
    assertThat(terminal.run("erase", "Not One", ann, option)).isEqualTo(2);
    assertThat(terminal.run("erase", "school", option)).isEqualTo(2);
    assertThat(terminal.err()).contains("CONTACT");
  }

  @Test
  void routes_answerAsTheyAreDescribed() {
    String person = "/api/connections/school/persons/" + ann;
    check("/api/erasures", Request.Method.GET, AdminAddress.ask(data, "/api/erasures?wait=1"));
    check(person, Request.Method.GET, AdminAddress.ask(data, person));
    check(person + "/erase", Request.Method.POST, AdminAddress.tell(data, person + "/erase"));
    awaitErased();
    check("/api/erasures", Request.Method.GET, AdminAddress.ask(data, "/api/erasures"));
  }

  private static void check(String path, Request.Method method, Optional<JsonNode> answer) {
    SimpleResponse response =
        SimpleResponse.Builder.ok()
            .withContentType("application/json")
            .withBody(answer.orElseThrow().toString())
            .build();
    assertThat(DESCRIPTION.validateResponse(path, method, response).getMessages()).isEmpty();
  }

  private int post(String body, List<Delivery.Header> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serve.port() + "/webhooks/school"))
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
}
