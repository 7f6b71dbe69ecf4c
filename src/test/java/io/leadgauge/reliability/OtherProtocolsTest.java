package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.Doors.Door;
import io.leadgauge.reliability.Wire.Answer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HTTP/1.1 is spoken on both ports, and nothing else: what HTTP/2 is attacked by (resets,
 * continuations, floods of settings) meets nobody who would read it.
 */
class OtherProtocolsTest {
  private static final int OFTEN = 100;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /** An empty SETTINGS, then opened and reset streams. */
  private static final String FRAMES =
      "000000040000000000" + "000001010500000001828384" + "000004030000000001" + "00000008";

  /** The beginning of a TLS handshake that offers h2. */
  private static final String HELLO =
      "16030100310100002d0303" + "5a".repeat(32) + "000002130101000002" + "0010000500030268" + "32";

  @RegisterExtension static final ServedDoors DOORS = new ServedDoors();

  /** Where it listens. */
  enum Port {
    PUBLIC,
    ADMIN;

    Wire wire() throws IOException {
      return this == PUBLIC ? DOORS.wire() : DOORS.adminWire();
    }
  }

  private static void assertNothingIsLeft() {
    Await.until("no socket is left", () -> DOORS.metric("webhook_sockets") == 0);
    assertThat(DOORS.metric("webhook_in_flight_bytes")).isZero();
  }

  /** Speaks, and returns what is answered until the connection ends; often, with nothing left. */
  private static void refused(Port port, byte[] words) throws IOException {
    for (int i = 0; i < OFTEN; i++) {
      try (Wire wire = port.wire()) {
        List<Answer> answers = wire.send(words).finish().answers();
        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        assertThat(answers).allSatisfy(one -> assertThat(one.status()).isBetween(400, 505));
      }
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void prefaceOfHttp2_isRefused(Port port) throws IOException {
    byte[] frames = HexFormat.of().parseHex(FRAMES.repeat(200));
    refused(port, Wire.request(List.of("PRI * HTTP/2.0", "", "SM"), frames));
    refused(port, PREFACE.substring(0, 10).getBytes(US_ASCII));
  }

  @ParameterizedTest
  @EnumSource
  void tls_isRefused(Port port) throws IOException {
    refused(port, HexFormat.of().parseHex(HELLO));
  }

  @Test
  @SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end otherwise
  void upgradeToHttp2_isNotTaken() throws IOException {
    for (int i = 0; i < OFTEN; i++) {
      byte[] body = Door.ORG_BEARER.body(i);
      String request =
          new String(Door.ORG_BEARER.request(body), ISO_8859_1)
              .replaceFirst(
                  "\r\n",
                  "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                      + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n");
      try (Wire wire = DOORS.wire()) {
        assertThat(wire.send(request).answer().orElseThrow().status()).isEqualTo(204);
        assertThat(wire.send(Door.ORG_BEARER.request(body)).answer().orElseThrow().status())
            .isEqualTo(204);
      }
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void upgradeToWebSocket_isNotTaken(Port port) throws IOException {
    String path = port == Port.PUBLIC ? "/webhooks/org" : "/health/live";
    List<String> lines =
        List.of(
            "GET " + path + " HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade, close",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    for (int i = 0; i < OFTEN; i++) {
      try (Wire wire = port.wire()) {
        List<Answer> answers =
            wire.send(Wire.request(lines, new byte[0])).send(new byte[] {(byte) 0x81, 0}).answers();
        assertThat(answers).isNotEmpty().noneMatch(one -> one.status() == 101);
      }
    }
    assertNothingIsLeft();
  }
}
