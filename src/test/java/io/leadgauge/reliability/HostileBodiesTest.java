package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.Doors.Door;
import io.leadgauge.reliability.Wire.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bodies of every bad kind from a sender who has the secret, at every door: acknowledged and kept,
 * quarantined with a reason, and no work for more than a moment. What XML alone can do is in {@code
 * HostileMessagesTest}.
 */
class HostileBodiesTest {
  private static final int MEBI = 1 << 20;

  @RegisterExtension
  static final ServedDoors DOORS =
      new ServedDoors(launch -> launch.java("-Xmx160m", "-XX:+ExitOnOutOfMemoryError"));

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String many(int count, String one, String between) {
    return (one + between).repeat(count - 1) + one;
  }

  private static byte[] packed(byte[] body, boolean isGzip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = isGzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  /** What no reader of a body should take; none of it can be read at any of the doors. */
  private static Map<String, byte[]> bad(Door door) throws IOException {
    byte[] good = door.body(1);
    String text = new String(good, UTF_8);
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("nothing", new byte[0]);
    bodies.put("a word", latin("word"));
    bodies.put("null", latin("null"));
    bodies.put("zeros", new byte[1_000]);
    bodies.put("a number of a megabyte", latin("9".repeat(MEBI)));
    bodies.put("a number in a list", latin("[" + "9".repeat(MEBI) + "]"));
    bodies.put("a fraction of a megabyte", latin("[0." + "9".repeat(MEBI) + "]"));
    bodies.put("an open string of 4 MB", latin("[\"" + "x".repeat(4 * MEBI - 10)));
    bodies.put("a name of 4 MB", latin("{\"" + "x".repeat(4 * MEBI - 20) + "\":1}"));
    bodies.put("a hundred thousand levels", latin("[".repeat(100_000)));
    bodies.put("two million levels", latin("{\"a\":".repeat(700_000)));
    bodies.put("a million elements", latin("[" + many(1_000_000, "[1]", ",") + "]"));
    bodies.put("a million keys", latin("[{" + many(400_000, "\"k\":1", ",") + "}"));
    bodies.put("escapes of 4 MB", latin("[\"" + "\\u0000".repeat(600_000) + "\""));
    bodies.put("something behind", latin(text + text));
    bodies.put("a comment", latin("/* */" + text));
    bodies.put("packed by gzip", packed(good, true));
    bodies.put("packed by deflate", packed(good, false));
    bodies.put("a bomb", packed(new byte[64 * MEBI], true));
    bodies.put("half a pair", new byte[] {'[', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
    bodies.put("Latin letters", new byte[] {'[', '"', (byte) 0xe9, '"', ']'});
    bodies.put("brackets that do not fit", latin("[{]}"));
    bodies.put("YAML", latin("- a: &a [*a]"));
    bodies.put("a form", latin("a=b&c=d"));
    bodies.put("NaN", latin("[NaN]"));
    bodies.put("an exponent of eleven digits", latin("[{\"at\":1e99999999999,\"n\":[1]"));
    bodies.put("laughs", latin("<!DOCTYPE x [<!ENTITY a \"ha\">]><x>&a;</x>"));
    bodies.put("an attribute of 4 MB", latin("<x a=\"" + "x".repeat(4 * MEBI - 20) + "\"/>"));
    bodies.put("a million elements in XML", latin("<x>" + "<y/>".repeat(900_000) + "</x>"));
    bodies.put("deep XML", latin("<x>".repeat(100_000)));
    return bodies;
  }

  private static Answer sent(Door door, byte[] body) throws IOException {
    return DOORS.answer(door.request(body));
  }

  private static long quarantined(Door door) {
    String report = DOORS.serve().get("/api/connections/" + door.connection);
    return Long.parseLong(report.replaceFirst("(?s).*\"quarantined\":(\\d+).*", "$1"));
  }

  @ParameterizedTest
  @EnumSource
  void body_ofEveryBadKind_isKeptAndQuarantinedByName(Door door) throws IOException {
    Map<String, byte[]> bodies = bad(door);
    long before = quarantined(door);
    for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
      Answer answer = sent(door, body.getValue());
      assertThat(answer.status()).as("%s: %s", body.getKey(), answer.body()).isIn(200, 204);
      assertThat(quarantined(door)).as(body.getKey()).isEqualTo(++before);
    }
    String list = DOORS.serve().get("/api/deliveries?limit=40&connection=" + door.connection);
    assertThat(list).doesNotContain("Exception", "java.", "at io.leadgauge");
    assertThat(sent(door, door.body(1)).isKept()).isTrue();
    assertThat(quarantined(door)).isEqualTo(before);
    // Readers of JSON take it for a text of one character, which is no event and noted as such.
    byte[] overlong = {'[', '"', (byte) 0xc0, (byte) 0x80, '"', ']'};
    assertThat(sent(door, overlong).isKept()).isTrue();
  }

  /** Sound but for one bound, which a field goes beyond that nobody asks for. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORG_MESSAGE")
  void body_beyondOneBound_isKeptAndQuarantined(Door door) throws IOException {
    String text = new String(door.body(9), UTF_8);
    long before = quarantined(door);
    assertThat(sent(door, besides(text, "[1]")).isKept()).isTrue();
    assertThat(quarantined(door)).as("within all bounds").isEqualTo(before);
    List<String> beyond = new ArrayList<>();
    beyond.add("[".repeat(40) + "]".repeat(40));
    beyond.add("9".repeat(10_000));
    boolean isStreamed = door.connection.equals("hidden") || door == Door.HUBSPOT_V3;
    if (!isStreamed) {
      beyond.add("[" + many(450_000, "1", ",") + "]");
    }
    for (String value : beyond) {
      assertThat(sent(door, besides(text, value)).isKept()).isTrue();
      assertThat(quarantined(door)).as(value.substring(0, 60)).isEqualTo(++before);
    }
  }

  private static byte[] besides(String body, String value) {
    return latin(body.replaceFirst("\\{", "{\"besides\":" + value + ","));
  }

  /** Cut anywhere, it is kept; what is whole again is read. */
  @ParameterizedTest
  @EnumSource
  void body_cutAtEveryByte_isKept(Door door) throws IOException {
    byte[] whole = door.body(2);
    try (Wire wire = DOORS.wire()) {
      for (int length = 0; length <= whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        Answer answer = wire.send(door.request(cut)).answer().orElseThrow();
        assertThat(answer.status()).as("%d of %d bytes", length, whole.length).isIn(200, 204);
      }
    }
  }

  /** Text in another encoding is read or quarantined, and acknowledged in either case. */
  @ParameterizedTest
  @EnumSource
  void body_inEveryEncoding_isKept(Door door) throws IOException {
    String text = new String(door.body(3), UTF_8);
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1")) {
      assertThat(sent(door, text.getBytes(Charset.forName(charset))).isKept()).as(charset).isTrue();
    }
    for (String other :
        List.of(
            "\ufeff" + text,
            text.replace("7", "\u0000"),
            text.replace(":", ":\u00a0"),
            text.replaceFirst("\\{", "{\"a\":\"\\\\ud800\","),
            text.replaceFirst("\\{", "{\"a\":1,\"a\":2,"))) {
      assertThat(sent(door, other.getBytes(UTF_8)).isKept()).as(other).isTrue();
    }
  }

  /** Whoever says that a body is packed is told not to; it would have to be unpacked to be read. */
  @Test
  void body_saidToBePacked_isRefusedBeforeItIsRead() throws IOException {
    for (Door door : Door.values()) {
      for (String coding : List.of("gzip", "deflate", "br", "zstd", "x-gzip", "gzip, gzip", "")) {
        byte[] body = packed(door.body(4), true);
        String request =
            new String(door.request(body), StandardCharsets.ISO_8859_1)
                .replaceFirst("\r\n", "\r\nContent-Encoding: " + coding + "\r\n");
        try (Wire wire = DOORS.wire()) {
          assertThat(wire.send(request).answer().orElseThrow().status())
              .as("%s %s", door, coding)
              .isEqualTo(415);
        }
      }
    }
  }

  /**
   * A heap of 160 MB is enough for the largest bodies, again and again; nothing is left of them.
   */
  @Test
  void bodies_ofTheLargestKind_leaveNothingBehind() throws IOException {
    int rounds = Figures.isLong() ? 400 : 40;
    byte[] largest = latin("[" + many(1_000_000, "[1]", ",") + "]");
    List<Door> doors = List.of(Door.values());
    for (int i = 0; i < rounds; i++) {
      assertThat(sent(doors.get(i % doors.size()), largest).isKept()).isTrue();
    }
    Await.until("nothing is in flight", () -> DOORS.metric("webhook_in_flight_bytes") == 0);
    assertThat(DOORS.serve().isAlive()).isTrue();
    assertThat(DOORS.serve().output()).doesNotContain("OutOfMemoryError", "StackOverflowError");
  }
}
