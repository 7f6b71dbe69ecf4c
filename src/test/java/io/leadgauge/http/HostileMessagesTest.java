package io.leadgauge.http;

import static io.leadgauge.http.OrgPort.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import io.leadgauge.Found;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.salesforce.SalesforceDeliveries;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.model.Delivery;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * XML that is meant to do harm, sent to the real server by somebody who knows the secret address:
 * nothing outside the body is read, and what a body costs has a bound.
 */
class HostileMessagesTest {
  private static final String SECRET = "what-stands-in-the-file";
  private static final int MEBI = 1 << 20;

  /** What an ordinary message of the same length may cost, and an XML reader by itself. */
  private static final long MOST_ALLOCATED = 2L * MEBI;

  private final OrgPort org = new OrgPort();
  private final AtomicInteger fetched = new AtomicInteger();
  private HttpServer elsewhere;

  @BeforeEach
  void watch() throws IOException {
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          fetched.incrementAndGet();
          byte[] text = SECRET.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    elsewhere.start();
  }

  @AfterEach
  void close() {
    elsewhere.stop(0);
    org.close();
  }

  private String elsewhere() {
    return "http://127.0.0.1:" + elsewhere.getAddress().getPort();
  }

  private static String envelope(String head, String inside) {
    return head
        + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>"
        + "<notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\">"
        + "<OrganizationId>00Dxx0000001gPFEAY</OrganizationId>"
        + inside
        + "</notifications></soapenv:Body></soapenv:Envelope>";
  }

  private static String lead(String title) {
    return "<Notification><Id>04lxx000000CaSaAAK</Id><sObject xsi:type=\"sf:Lead\""
        + " xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"><sf:Id>00Q5f000005bwLFEAY</sf:Id>"
        + "<sf:SystemModstamp>2026-09-08T23:40:33.000Z</sf:SystemModstamp><sf:Title>"
        + title
        + "</sf:Title></sObject></Notification>";
  }

  private static String laughs() {
    StringBuilder entities = new StringBuilder("<!ENTITY a0 \"ha\">");
    for (int i = 1; i <= 30; i++) {
      String before = "&a" + (i - 1) + ";";
      entities.append("<!ENTITY a").append(i).append(" \"").append(before.repeat(10)).append("\">");
    }
    return "<!DOCTYPE x [" + entities + "]>";
  }

  /** Sends a body and returns why it was quarantined; the sender is answered as always. */
  private String quarantined(String body) throws IOException {
    assertThat(org.send(message(body)).status()).isEqualTo(200);
    return ((Decoded.Undecodable) org.decoded.getLast()).reason();
  }

  /** Returns how many bytes it takes to decode a delivery, warmed up. */
  private long allocated(Delivery delivery) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      SalesforceDeliveries.decode(Found.in(org.port.connections, delivery.connection()), delivery);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @Test
  void billionLaughs_endWithTheDocumentType() throws IOException {
    String reason = quarantined(envelope(laughs(), lead("&a30;")));
    assertThat(reason).startsWith("there is a document type, which no message has at line 1");
    assertThat(allocated(org.port.deliveries.getLast())).isLessThan(MOST_ALLOCATED);
  }

  @Test
  void manyBillionLaughs_leaveNothingBehind() throws IOException {
    for (int i = 0; i < 200; i++) {
      quarantined(envelope(laughs(), lead("&a30;")));
    }
    assertThat(allocated(org.port.deliveries.getLast())).isLessThan(MOST_ALLOCATED);
    assertThat(org.port.metric("webhook_in_flight_bytes")).isZero();
  }

  @Test
  void quadraticBlowUp_endsWithTheDocumentType() throws IOException {
    String head = "<!DOCTYPE x [<!ENTITY a \"" + "ha".repeat(50_000) + "\">]>";
    assertThat(quarantined(envelope(head, lead("&a;".repeat(50_000)))))
        .startsWith("there is a document type");
    assertThat(allocated(org.port.deliveries.getLast())).isLessThan(4 * MOST_ALLOCATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"$\">]>",
        "<!DOCTYPE x [<!ENTITY e PUBLIC \"e\" \"$\">]>",
        "<!DOCTYPE x SYSTEM \"$\">",
        "<!DOCTYPE x PUBLIC \"x\" \"$\" [<!ENTITY e \"e\">]>",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM \"$\"> %p;]>",
        "<!DOCTYPE x [<!ENTITY % p \"<!ENTITY e SYSTEM '$'>\"> %p;]>",
        "<?xml version=\"1.1\" standalone=\"no\"?><!DOCTYPE x SYSTEM \"$\">"
      })
  void externalEntity_isNeverFetched(String head, @TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("secret"), SECRET);
    for (String address : List.of(elsewhere() + "/e.dtd", file.toUri().toString())) {
      String reason = quarantined(envelope(head.replace("$", address), lead("&e;")));
      assertThat(reason).startsWith("there is a document type").doesNotContain(SECRET);
    }
    assertThat(fetched).hasValue(0);
  }

  @Test
  void entityThatNobodyDeclares_isRefused() throws IOException {
    assertThat(quarantined(envelope("", lead("&e;")))).contains("at line 1, column");
  }

  @Test
  void referencesToElsewhere_areText() throws IOException {
    String include =
        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + elsewhere() + "\"/>";
    String head =
        "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"" + elsewhere() + "\"?>";
    String located =
        envelope(head, include + lead(include))
            .replace(
                "<Notification>",
                "<Notification xsi:schemaLocation=\"urn:x " + elsewhere() + "\">");
    assertThat(org.send(message(located)).status()).isEqualTo(200);
    assertThat(org.decoded.getLast()).isInstanceOf(Decoded.Events.class);
    assertThat(fetched).hasValue(0);
  }

  @Test
  void tenThousandNotifications_areTooMany() throws IOException {
    String body = envelope("", "<Notification/>".repeat(10_000));
    assertThat(quarantined(body))
        .startsWith("there are more than 100 notifications at line 1")
        .endsWith("expected an outbound message of 1 to 100 notifications");
    assertThat(allocated(org.port.deliveries.getLast())).isLessThan(MOST_ALLOCATED);
  }

  @Test
  void nesting_hasABound() throws IOException {
    assertThat(quarantined(envelope("", "<a>".repeat(100_000))))
        .startsWith("it nests deeper than 16 levels");
    assertThat(allocated(org.port.deliveries.getLast())).isLessThan(2 * MOST_ALLOCATED);
  }

  @Test
  void manyFieldsAndAttributes_haveABound() throws IOException {
    StringBuilder fields = new StringBuilder();
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      fields.append("<sf:F").append(i).append("/>");
      attributes.append(" a").append(i).append("=\"\"");
    }
    String lead = lead("CEO").replace("</sObject>", fields + "</sObject>");
    assertThat(org.send(message(envelope("", lead))).status()).isEqualTo(200);
    Decoded.Events events = (Decoded.Events) org.decoded.getLast();
    assertThat(events.events().getFirst().note()).contains("there are more than 1000 fields");
    assertThat(quarantined(envelope("", "<a" + attributes + "/>"))).contains("not well-formed");
  }

  @Test
  void fiftyMegabytes_areRefusedByTheirLength() throws IOException {
    Request request = message("").withoutLength().header("Content-Length: " + 50 * MEBI);
    try (RawSocket socket = org.port.open()) {
      assertThat(socket.send(request.head()).receive().status()).isEqualTo(413);
    }
    assertThat(org.port.deliveries).isEmpty();
  }

  @Test
  void fiftyMegabytesInChunks_areNotTakenToTheirEnd() throws IOException {
    Request request = message("").withoutLength().header("Transfer-Encoding: chunked");
    String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
    int sent = 0;
    try (RawSocket socket = org.port.open()) {
      socket.send(request.head()).send("5\r\n<?xml\r\n");
      while (sent < 800) {
        socket.send(chunk);
        sent++;
      }
    } catch (SocketException e) {
      // The server has closed it.
    }
    assertThat(sent).isLessThan(800);
    assertThat(org.port.deliveries).isEmpty();
    assertThat(org.port.refused.list(null).getFirst().status()).isEqualTo(413);
  }

  @Test
  void messageOfAHundredLongRecords_isRead() throws IOException {
    String body = envelope("", lead("x".repeat(40_000)).repeat(100));
    assertThat(body.length()).isGreaterThan(4_000_000);
    assertThat(org.send(message(body)).status()).isEqualTo(200);
    assertThat(((Decoded.Events) org.decoded.getLast()).events()).hasSize(100);
    assertThat(allocated(org.port.deliveries.getLast())).isLessThan(16L * body.length());
  }
}
