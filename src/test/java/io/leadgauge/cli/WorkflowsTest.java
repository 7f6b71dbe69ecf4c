package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.Written;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of workflows, from the workflow in the CRM to the score in it. */
class WorkflowsTest {
  private static final String SECRET = "a-client-secret";
  private static final Map<String, String> SECRETS =
      Map.of("TOKEN", SandboxOptions.TOKEN, "SECRET", SECRET, "CALLED", "a-token-in-the-path");
  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: calls, description: Counts calls }
      spec:
        dimensions:
          engagement:
            rules:
              - { id: called, activity: called, points: 10 }
              - { id: priced, activity: priced, where: { product: large }, points: 7 }
      """;
  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: main }
      spec:
        crm: hubspot
        portal: 44237313
        publicUrl: https://leads.example.com
        api: { base: "@API@", version: v3 }
        credentials: { accessToken: "${env:TOKEN}" }
        webhooks:
          secrets: ["${env:SECRET}"]
          workflows:
            called: { activity: called, token: "${env:CALLED}" }
            priced:
              activity: priced
              at: when
              contact: { email: address }
              attributes: { product: what }
        model: calls
        mode: fields
        writeBack: { fields: { score: leadgauge_score }, minInterval: 0s }
      """;

  @TempDir Path folder;
  private Vertx vertx;
  private SandboxControl control;
  private Installation installation;
  private final ObjectMapper mapper = new ObjectMapper();

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    Sandbox sandbox =
        Sandbox.start(
                vertx,
                SandboxOptions.defaults().withLimits(Limits.OFF).withSeed(7),
                new SystemClockwork())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    control = new SandboxControl(sandbox.address());
    post(
        "/crm/v3/properties/contacts",
        "{'name':'leadgauge_score','label':'Score','type':'number','fieldType':'number',"
            + "'groupName':'contactinformation'}");
    write("models/calls/model.yaml", MODEL);
    write("connections/main.yaml", CONNECTION.replace("@API@", sandbox.address().toString()));
    installation = installed();
  }

  private void write(String name, String text) {
    Written.to(folder.resolve("manifests"), name, text);
  }

  private Installation installed() {
    Path manifests = folder.resolve("manifests");
    Loaded loaded = Manifests.load(manifests, SecretSource.of(SECRETS, manifests));
    assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
    Catalog catalog = loaded.catalog();
    return Installation.start(
        catalog, Installation.Settings.local(folder.resolve("data")), new SystemClockwork());
  }

  @AfterEach
  void stop() {
    installation.close();
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private JsonNode post(String path, String body) {
    try {
      return control.post(path, mapper.readTree(body.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String contact(String properties) {
    return post("/_sandbox/contacts", "{'contacts':[{'properties':{" + properties + "}}]}")
        .at("/ids/0")
        .asText();
  }

  private void workflow(String name, String path, String more) {
    String url = "http://127.0.0.1:%d/webhooks/main/%s".formatted(installation.port(), path);
    post(
        "/_sandbox/workflows/" + name,
        "{'url':'%s','signedUrl':'https://leads.example.com/webhooks/main/%s'%s}"
            .formatted(url, path, more));
  }

  private void enrol(String name, String contact) {
    int before = state("acknowledged");
    post("/_sandbox/workflows/" + name + "/enrol", "{'contacts':['" + contact + "']}");
    Await.until("it is told", () -> state("acknowledged") == before + 1);
  }

  /** Contacts are known from here on. */
  private void subscribe() {
    post(
        "/_sandbox/webhooks",
        "{'url':'http://127.0.0.1:%d/webhooks/main','secret':'%s',"
                .formatted(installation.port(), SECRET)
            + "'signedUrl':'https://leads.example.com/webhooks/main'}");
  }

  private int state(String count) {
    return control.get("/_sandbox/workflows").path(count).asInt();
  }

  private void awaitScore(String contact, String score) {
    Await.until(
        "the score is " + score,
        () ->
            control
                .get("/_sandbox/contacts/" + contact)
                .at("/properties/leadgauge_score")
                .asText()
                .equals(score));
  }

  @Test
  void wholeRecord_behindAToken_isAnActivity_onceForEachCorrelationId() {
    workflow("called", "a-token-in-the-path", "");
    post("/_sandbox/faults", "{'faults':'webhook-duplicate=1'}");
    String id = contact("'email':'x@acme.example'");
    enrol("called", id);
    awaitScore(id, "10");
    Await.until("it came once more", () -> state("repeated") == 1);
    enrol("called", id);
    awaitScore(id, "20");
  }

  @Test
  void requestWithoutCorrelationId_isRecognisedByItsBody_overARestart() {
    String none = ",'correlation':false,'body':{'hs_object_id':'hs_object_id'}";
    workflow("called", "a-token-in-the-path", none);
    String id = contact("'email':'x@acme.example'");
    enrol("called", id);
    awaitScore(id, "10");
    installation.close();
    installation = installed();
    workflow("called", "a-token-in-the-path", none);
    enrol("called", id);
    workflow("other", "a-token-in-the-path", "");
    enrol("other", id);
    awaitScore(id, "20");
  }

  @Test
  void signedRequest_ofAnEmailAddress_countsForWhoHasIt_atTheTimeThatItTells() {
    workflow(
        "priced",
        "priced",
        ",'secret':'"
            + SECRET
            + "','body':{'address':'email','when':'closedate','what':'message'}");
    String id =
        contact("'email':'X@Acme.example','closedate':'2026-11-01T10:00:00Z','message':'large'");
    enrol("priced", id);
    subscribe();
    post("/_sandbox/contacts/" + id, "{'properties':{'city':'Bonn'}}");
    awaitScore(id, "7");
    enrol("priced", id);
    String small =
        contact("'email':'y@acme.example','closedate':'2026-11-01T10:00:00Z','message':'small'");
    awaitScore(small, "0");
    enrol("priced", small);
    post("/_sandbox/contacts/" + small, "{'properties':{'message':'large'}}");
    enrol("priced", small);
    awaitScore(small, "7");
    awaitScore(id, "7");
  }

  @Test
  void request_thatIsNotSignedRight_orKnowsNoToken_isRefused() {
    String id = contact("'email':'x@acme.example'");
    String[][] refused = {
      {"priced", ",'secret':'wrong'", "401"}, {"priced", "", "401"}, {"nobody", "", "404"}
    };
    for (String[] one : refused) {
      workflow("refused", one[0], one[1]);
      int before = state("failed");
      post("/_sandbox/workflows/refused/enrol", "{'contacts':['" + id + "']}");
      Await.until("it is refused", () -> state("failed") == before + 1);
      assertThat(control.get("/_sandbox/workflows").path("answers").has(one[2])).isTrue();
    }
  }
}
