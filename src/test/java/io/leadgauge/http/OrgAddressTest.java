package io.leadgauge.http;

import static io.leadgauge.http.OrgPort.callout;
import static io.leadgauge.http.OrgPort.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.OutboundBody;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.http.RawSocket.Response;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of a Salesforce org at the public port, and what it is answered. */
class OrgAddressTest {
  private static final String BODY =
      """
      <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
       <soapenv:Body>
        <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
         <OrganizationId>00Dxx0000001gPFEAY</OrganizationId>
         <SessionId>a-session-of-somebody</SessionId>
        </notifications>
       </soapenv:Body>
      </soapenv:Envelope>
      """;

  private OrgPort org = new OrgPort();

  @AfterEach
  void close() {
    org.close();
  }

  private void use(OrgPort other) {
    org.close();
    org = other;
  }

  private int status(Request request) throws IOException {
    return org.send(request).status();
  }

  // Outbound messages

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/xml",
        "text/xml; charset=UTF-8",
        "TEXT/XML;charset=utf-8",
        "application/soap+xml; action=\"\"",
        "application/xml"
      })
  void message_isAcknowledgedAfterItIsKept(String type) throws IOException {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    org.port.intake(delivery -> receipt);
    Request request =
        new Request(OrgPort.PATH)
            .withoutType()
            .header("Content-Type: " + type)
            .header("SOAPAction: \"\"")
            .body(BODY.getBytes(StandardCharsets.UTF_8));
    try (RawSocket socket = org.port.open()) {
      socket.send(request.bytes());
      assertThat(socket.hasAnswer()).isFalse();
      receipt.complete(new Receipt.Kept(1));
      Response response = socket.receive();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).containsEntry("content-type", "text/xml; charset=utf-8");
      assertThat(response.body()).isEqualTo(OutboundBody.ACKNOWLEDGEMENT);
    }
  }

  @Test
  void message_thatCannotBeDecoded_isAcknowledgedAsWell() throws IOException {
    Response response = org.send(message("<this is no message"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("<Ack>true</Ack>");
    assertThat(org.decoded).singleElement().isInstanceOf(Decoded.Undecodable.class);
  }

  @Test
  void message_thatCannotBeKept_isToBeSentAgain() throws IOException {
    org.port.intake(
        delivery -> CompletableFuture.completedFuture(new Receipt.Full(Duration.ofSeconds(1))));
    Response response = org.send(message(BODY));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsKey("retry-after");
  }

  @Test
  void sessionAndToken_areKeptNowhere() throws IOException {
    Request request = message(BODY).header("X-Original-URI: " + OrgPort.PATH);
    assertThat(status(request)).isEqualTo(200);
    Delivery delivery = org.port.deliveries.getFirst();
    assertThat(delivery.path()).isEqualTo("/webhooks/org/***");
    assertThat(delivery.headers()).contains(new Header("X-Original-URI", "/webhooks/org/***"));
    assertThat(new String(delivery.body(), StandardCharsets.UTF_8))
        .isEqualTo(BODY.replace("a-session-of-somebody", "*".repeat(21)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webhooks/org/wrong",
        "/webhooks/org/t0ken-0f-the-patH",
        "/webhooks/nobody/t0ken-0f-the-path",
        "/webhooks/org/"
      })
  void message_toAnotherAddress_findsNobody(String target) throws IOException {
    Request request = new Request(target).withoutType().header("Content-Type: text/xml");
    assertThat(status(request.body(BODY.getBytes(StandardCharsets.UTF_8)))).isEqualTo(404);
    assertThat(org.port.deliveries).isEmpty();
  }

  @Test
  void otherTypes_areRefused_andXmlOfOtherConnections() throws IOException {
    Response response =
        org.send(new Request(OrgPort.PATH).withoutType().header("Content-Type: text/plain"));
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.body()).contains("expected application/json or text/xml");
    Request elsewhere =
        new Request("/webhooks/hidden/" + PublicPort.TOKEN.reveal())
            .withoutType()
            .header("Content-Type: text/xml");
    assertThat(status(elsewhere)).isEqualTo(415);
  }

  // The certificate

  private static OrgPort certified() {
    return new OrgPort(
        List.of(OrgPort.BEARER),
        List.of(),
        new ClientCertificate("X-Client-Subject", "CN=proxy.salesforce.com,O=Salesforce"));
  }

  @Test
  void certificate_isAskedForWhereTheManifestSaysSo() throws IOException {
    use(certified());
    String right = "X-Client-Subject: CN=proxy.salesforce.com,O=Salesforce";
    assertThat(status(message(BODY).header(right))).isEqualTo(200);
    assertThat(status(new Request(OrgPort.PATH).body(OrgPort.CALLOUT).header(right)))
        .isEqualTo(204);
    assertThat(status(message(BODY))).isEqualTo(401);
    assertThat(status(message(BODY).header("X-Client-Subject: CN=proxy.salesforce.com")))
        .isEqualTo(401);
    Response twice = org.send(message(BODY).header(right).header(right));
    assertThat(twice.status()).isEqualTo(401);
    assertThat(twice.body()).contains("X-Client-Subject stands more than once");
    assertThat(org.port.deliveries).hasSize(2);
    assertThat(org.port.refused.list(null))
        .hasSize(3)
        .allSatisfy(
            refused -> {
              assertThat(refused.reason()).isEqualTo("certificate");
              assertThat(refused.body()).isEmpty();
            });
  }

  @Test
  void certificate_isNotAskedForWhoeverShowsABearer() throws IOException {
    use(certified());
    assertThat(status(callout().header("Authorization: Bearer bearer-of-the-flow"))).isEqualTo(204);
  }

  @Test
  void certificate_saysNothingWhereNobodyAsks() throws IOException {
    assertThat(status(message(BODY).header("X-Client-Subject: CN=somebody"))).isEqualTo(200);
  }

  // Callouts

  @Test
  void callout_isKnownByAnyOfTheTokens_whichAreKeptNowhere() throws IOException {
    for (Secret bearer : List.of(OrgPort.BEARER, OrgPort.OLD_BEARER)) {
      Response response = org.send(callout().header("Authorization: bearer  " + bearer.reveal()));
      assertThat(response.status()).isEqualTo(204);
      assertThat(response.body()).isEmpty();
    }
    assertThat(org.port.deliveries.toString()).doesNotContain("bearer-of");
    assertThat(org.port.deliveries.getFirst().headers())
        .contains(new Header("Authorization", "***"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer wrong",
        "Authorization: Bearer",
        "Authorization: Basic bearer-of-the-flow",
        "Authorization: bearer-of-the-flow",
        "Authorization: Bearer bearer-of-the-flow x",
        "Authorization: Bearer bearer-of-the-flow\r\nAuthorization: Bearer bearer-of-the-flow"
      })
  void callout_withAnotherToken_isRefused(String header) throws IOException {
    Response response = org.send(callout().header(header));
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers()).containsEntry("www-authenticate", "Bearer");
    assertThat(response.body()).contains("expected Authorization: Bearer", "or a signature");
    assertThat(org.port.deliveries).isEmpty();
    assertThat(org.port.refused.list(null).getFirst().toString()).doesNotContain("bearer-of");
  }

  @Test
  void callout_canBeSigned() throws IOException {
    Request signed = callout().signedAs(SignatureScheme.STANDARD).secret(OrgPort.WHSEC);
    assertThat(status(signed)).isEqualTo(204);
    assertThat(status(callout())).isEqualTo(401);
    Request late = callout().signedAs(SignatureScheme.STANDARD).secret(OrgPort.WHSEC);
    assertThat(status(late.at(PublicPort.AT - 301_000))).isEqualTo(401);
    Request other = callout().signedAs(SignatureScheme.HUBSPOT_V3).secret(OrgPort.WHSEC);
    assertThat(status(other)).isEqualTo(401);
    assertThat(org.port.deliveries).hasSize(1);
  }

  @Test
  void callout_isUnknownWhereNothingWouldLetItIn() throws IOException {
    use(new OrgPort(List.of(), List.of(), null));
    assertThat(status(callout().header("Authorization: Bearer x"))).isEqualTo(404);
    assertThat(status(new Request(OrgPort.PATH).body(OrgPort.CALLOUT))).isEqualTo(204);
  }

  @Test
  void callout_withoutATokenIsRefusedBeforeItsBody_whereNothingCanBeSigned() throws IOException {
    use(new OrgPort(List.of(OrgPort.BEARER), List.of(), null));
    assertThat(status(callout())).isEqualTo(401);
    assertThat(org.port.refused.list(null).getFirst().reason()).isEqualTo("bearer");
  }

  @Test
  void callout_thatIsSignedWithAForeignAuthorization_isTakenWhereNoTokenIsKnown()
      throws IOException {
    use(new OrgPort(List.of(), List.of(OrgPort.WHSEC), null));
    Request signed = callout().signedAs(SignatureScheme.STANDARD).secret(OrgPort.WHSEC);
    assertThat(status(signed.header("Authorization: Basic eDp5"))).isEqualTo(204);
  }

  @Test
  void secretOfARefusedMessage_isKeptNowhere() throws IOException {
    Request unsigned =
        new Request("/webhooks/org")
            .withoutType()
            .header("Content-Type: text/xml")
            .body(BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(status(unsigned)).isEqualTo(401);
    byte[] kept = org.port.refused.list(null).getFirst().body();
    assertThat(new String(kept, StandardCharsets.UTF_8))
        .contains("<SessionId>***")
        .doesNotContain("a-session");
  }
}
