package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.salesforce.SalesforceDeliveries;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.http.RawSocket.Response;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.Receipt;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A running public port with a connection to a Salesforce org, whose deliveries are decoded. */
public final class OrgPort implements AutoCloseable {
  static final String ORG = "00Dxx0000001gPFEAY";
  static final String PATH = "/webhooks/org/" + PublicPort.TOKEN.reveal();

  /** What a callout may show. */
  public static final Secret BEARER = Secret.of("bearer-of-the-flow");

  static final Secret OLD_BEARER = Secret.of("bearer-of-before");
  static final Secret WHSEC = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  static final byte[] CALLOUT = "{\"object\":\"Lead\",\"id\":\"00Q5f000005bwLF\"}".getBytes(UTF_8);

  final PublicPort port;

  /** What became of the deliveries that were kept. */
  final List<Decoded> decoded = Collections.synchronizedList(new ArrayList<>());

  private Connection connection;

  /** Starts it; callouts show a bearer token or are signed. */
  public OrgPort() {
    this(List.of(BEARER, OLD_BEARER), List.of(WHSEC), null);
  }

  OrgPort(List<Secret> bearers, List<Secret> secrets, @Nullable ClientCertificate certificate) {
    port = new PublicPort();
    connection = connection(bearers, secrets, certificate);
    port.connections.put(connection.id(), connection);
    port.intake(
        delivery -> {
          decoded.add(SalesforceDeliveries.decode(connection, delivery));
          return CompletableFuture.completedFuture(new Receipt.Kept(decoded.size()));
        });
  }

  private static Connection connection(
      List<Secret> bearers, List<Secret> secrets, @Nullable ClientCertificate certificate) {
    Connection plain = PublicPort.connection("org", Set.of(), PublicPort.TOKEN);
    return new Connection(
        plain.id(),
        CrmKind.SALESFORCE,
        ORG,
        WebhookAccess.ofOrg(
            URI.create(PublicPort.PUBLIC_URL),
            secrets,
            PublicPort.TOKEN,
            new OrgAccess(bearers, certificate, new TreeMap<>())),
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
  }

  /** Returns where messages are sent to. */
  public String messages() {
    return "http://127.0.0.1:" + port.port() + PATH;
  }

  /** Returns where callouts are sent to. */
  public String callouts() {
    return "http://127.0.0.1:" + port.port() + "/webhooks/org";
  }

  /** Returns the events of all deliveries that were kept so far, all of which were readable. */
  public List<CrmEvent> events() {
    synchronized (decoded) {
      return decoded.stream().flatMap(one -> ((Decoded.Events) one).events().stream()).toList();
    }
  }

  /** Returns a request with a message, to the secret address. */
  static Request message(String body) {
    return xml(body.getBytes(UTF_8));
  }

  static Request xml(byte[] body) {
    return new Request(PATH)
        .withoutType()
        .header("Content-Type: text/xml; charset=UTF-8")
        .body(body);
  }

  /** Returns a request with a callout, to the address without the secret. */
  static Request callout() {
    return new Request("/webhooks/org").body(CALLOUT);
  }

  Response send(Request request) throws IOException {
    return port.send(request.bytes());
  }

  @Override
  public void close() {
    port.close();
  }
}
