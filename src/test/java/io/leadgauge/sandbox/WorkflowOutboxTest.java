package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.WebhookReceiver.Received;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What workflows send, and how they try again. */
class WorkflowOutboxTest {
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final SandboxClient sandbox =
      SandboxClient.with(
          SandboxClient.options()
              .withPace(
                  WebhookPace.QUICK
                      .withLinger(Duration.ofMillis(5))
                      .withRetries(WebhookPace.schedule("5ms,10ms,20ms"))));

  @AfterEach
  void close() {
    sandbox.close();
    receiver.close();
  }

  private String enrolled(String more) {
    String id = sandbox.create("'email':'x@acme.example','firstname':'A'");
    sandbox.patch("/crm/v3/objects/contacts/" + id, "{'properties':{'firstname':'B'}}");
    sandbox.post("/_sandbox/workflows/one", "{'url':'" + receiver.url() + "'" + more + "}");
    assertThat(
            sandbox.post("/_sandbox/workflows/one/enrol", "{'contacts':['" + id + "']}").status())
        .isEqualTo(200);
    return id;
  }

  private JsonNode settled() {
    return Patience.until(
        () -> sandbox.get("/_sandbox/workflows").json(),
        state -> state.path("pending").asInt() == 0,
        20_000_000_000L);
  }

  private static JsonNode body(Received request) {
    return SandboxClient.json(request.body().toString());
  }

  @Test
  void wholeRecord_hasItsIdAndVersions_andNoSignatureUnlessAsked() {
    String id = enrolled("");
    Received request = receiver.await(list -> list.size() == 1).getFirst();
    JsonNode body = body(request);
    assertThat(body.path("vid").asText()).isEqualTo(id);
    assertThat(body.path("portal-id").asLong()).isEqualTo(SandboxOptions.PORTAL_ID);
    assertThat(body.at("/properties/firstname/value").asText()).isEqualTo("B");
    assertThat(body.at("/properties/firstname/versions").findValuesAsText("value"))
        .containsExactly("B", "A");
    assertThat(request.headers().contains("X-HubSpot-Signature")).isFalse();
    assertThat(request.headers().contains("X-HubSpot-Correlation-Id")).isTrue();
  }

  @Test
  void pickedBody_isSignedAsVersionTwo() {
    enrolled(",'secret':'s','correlation':false,'body':{'who':'email','nothing':'city'}");
    Received request = receiver.await(list -> list.size() == 1).getFirst();
    assertThat(request.body().toString())
        .isEqualTo("{\"who\":\"x@acme.example\",\"nothing\":null}");
    assertThat(request.headers().get("X-HubSpot-Signature-Version")).isEqualTo("v2");
    assertThat(request.headers().get("X-HubSpot-Signature"))
        .isEqualTo(
            WebhookSigner.v2(
                io.leadgauge.model.Secret.of("s"),
                "POST",
                URI.create(receiver.url()),
                request.body().getBytes()));
    assertThat(request.headers().contains("X-HubSpot-Correlation-Id")).isFalse();
  }

  @Test
  void trouble_isTriedAgain_withTheSameBodyAndCorrelationId() {
    receiver.answer(n -> n == 0 ? 503 : n == 1 ? 429 : 204);
    enrolled("");
    assertThat(settled().path("acknowledged").asInt()).isEqualTo(1);
    List<Received> requests = receiver.requests();
    assertThat(requests).hasSize(3);
    Set<String> ids =
        requests.stream()
            .map(request -> request.headers().get("X-HubSpot-Correlation-Id"))
            .collect(Collectors.toSet());
    assertThat(ids).hasSize(1);
    assertThat(requests.stream().map(Received::body).distinct()).hasSize(1);
  }

  @Test
  void refusal_isTheEnd() {
    receiver.answer(n -> 404);
    enrolled("");
    assertThat(settled().path("failed").asInt()).isEqualTo(1);
    assertThat(receiver.requests()).hasSize(1);
  }
}
