package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowAddress;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses of workflows at the public port: by token, or by name and signed. */
class WorkflowAddressTest {
  private static final Secret TOKEN = Secret.of("a-token-of-a-workflow");
  private static final Secret OWN = Secret.of("a-token-of-the-connection");
  private static final byte[] BODY = "{\"vid\":1}".getBytes(UTF_8);

  private final PublicPort port = new PublicPort();

  @BeforeEach
  void connect() {
    Connection plain = PublicPort.connection("flows", Set.of(SignatureScheme.HUBSPOT_V3), OWN);
    WebhookAccess access = plain.webhooks();
    Connection connection =
        new Connection(
            plain.id(),
            plain.kind(),
            plain.tenant(),
            new WebhookAccess(
                access.publicUrl(),
                access.schemes(),
                access.secrets(),
                access.token(),
                List.of(hook("open", TOKEN), hook("signed", null))),
            plain.api(),
            plain.models(),
            plain.mode(),
            plain.fields(),
            plain.lists(),
            plain.activities(),
            plain.outcomes(),
            plain.poll(),
            plain.writeBack(),
            plain.guard());
    port.connections.put(connection.id(), connection);
  }

  @AfterEach
  void close() {
    port.close();
  }

  private static WorkflowHook hook(String name, @Nullable Secret token) {
    return new WorkflowHook(name, token, "called", null, null, false, new TreeMap<>());
  }

  private static Request to(String part) {
    return new Request("/webhooks/flows/" + part).body(BODY);
  }

  private int status(Request request) throws IOException {
    return port.send(request.bytes()).status();
  }

  @Test
  void token_ofAWorkflow_isEnough_andIsKeptNowhere() throws IOException {
    String target = "/webhooks/flows/" + TOKEN.reveal();
    Request request = to(TOKEN.reveal() + "?x=1").header("X-Original-URI: " + target);
    assertThat(status(request)).isEqualTo(204);
    Delivery delivery = port.deliveries.getFirst();
    assertThat(delivery.path()).isEqualTo("/webhooks/flows/open?x=1");
    assertThat(delivery.headers()).contains(new Header("X-Original-URI", "/webhooks/flows/***"));
    assertThat(delivery.toString()).doesNotContain(TOKEN.reveal());
  }

  @Test
  void name_wantsASignatureOfVersionTwo() throws IOException {
    assertThat(status(to("signed").signedAs(SignatureScheme.HUBSPOT_V2))).isEqualTo(204);
    assertThat(port.deliveries.getFirst().path()).isEqualTo("/webhooks/flows/signed");
    assertThat(status(to("signed"))).isEqualTo(401);
    assertThat(status(to("signed").signedAs(SignatureScheme.HUBSPOT_V3))).isEqualTo(401);
    Request wrong = to("signed").signedAs(SignatureScheme.HUBSPOT_V2).secret(Secret.of("wrong"));
    assertThat(status(wrong)).isEqualTo(401);
    assertThat(port.deliveries).hasSize(1);
    assertThat(port.refused.list(null).getFirst().path()).isEqualTo("/webhooks/flows/signed");
  }

  @Test
  void name_ofAWorkflowWithAToken_andAnythingElse_isUnknown() throws IOException {
    assertThat(status(to("open").signedAs(SignatureScheme.HUBSPOT_V2))).isEqualTo(404);
    assertThat(status(to("nobody").signedAs(SignatureScheme.HUBSPOT_V2))).isEqualTo(404);
    assertThat(status(new Request("/webhooks/flows").body(BODY))).isEqualTo(404);
  }

  @Test
  void connection_hasItsOwnAddressBesideThem() throws IOException {
    String target = "/webhooks/flows/" + OWN.reveal();
    assertThat(status(Request.to(target))).isEqualTo(204);
    assertThat(port.deliveries.getFirst().path()).isEqualTo("/webhooks/flows/***");
    assertThat(status(new Request(target).signedAs(SignatureScheme.HUBSPOT_V2))).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/webhooks/flows/open, open",
    "/webhooks/flows/open?x=1, open",
    "/webhooks/flows/***, ''",
    "/webhooks/flows, ''",
    "/webhooks/flows?x=/a/b, ''"
  })
  void keptPath_namesItsWorkflow(String path, String name) {
    assertThat(WorkflowAddress.workflow(path).orElse("")).isEqualTo(name);
  }
}
