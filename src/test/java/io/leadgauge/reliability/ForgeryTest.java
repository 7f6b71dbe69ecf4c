package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.reliability.Doors.Door;
import io.leadgauge.reliability.Wire.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody comes in who has not the secret: at every door every forgery that we could think of is
 * refused, and nothing of it is kept. The exact ends of the windows of time stamps are held by
 * {@code SignatureVerifierTest} and {@code StandardWebhooksTest}.
 */
class ForgeryTest {
  private static final String STRANGER = "a-secret-of-somebody-else-12345678";
  private static final long MINUTE = 60_000;

  @RegisterExtension static final ServedDoors DOORS = new ServedDoors();

  private static double kept() {
    return DOORS.metric("webhook_requests_total", "outcome=\"kept\"");
  }

  @ParameterizedTest
  @EnumSource
  void forgery_ofAnyKind_isRefusedAndNothingIsKept(Door door) throws IOException {
    byte[] body = door.body(1);
    assertThat(DOORS.answer(door.request(body)).isKept()).as("authentic").isTrue();
    Await.until("it is counted", () -> kept() > 0);
    double before = kept();
    Map<String, byte[]> forgeries = new LinkedHashMap<>();
    if (door == Door.ORG_BEARER || door.isSigned()) {
      addHeaders(forgeries, door, body);
    }
    if (door.isSigned()) {
      addSigned(forgeries, door, body);
    }
    if (door.isByPath()) {
      addPaths(forgeries, door, body);
    }
    assertThat(forgeries).hasSizeGreaterThan(8);
    for (Map.Entry<String, byte[]> forgery : forgeries.entrySet()) {
      Answer answer = DOORS.answer(forgery.getValue());
      assertThat(answer.status()).as(forgery.getKey()).isIn(400, 401, 404, 405);
      assertThat(answer.body()).as(forgery.getKey()).doesNotContain("marked-", "at io.", "java.");
    }
    assertThat(kept()).isEqualTo(before);
    assertThat(DOORS.answer(door.request(body)).isKept()).as("authentic, afterwards").isTrue();
  }

  /** Each header that shows who it is, spoiled in every way. */
  private static void addHeaders(Map<String, byte[]> forgeries, Door door, byte[] body) {
    List<Header> right = door.headers(body);
    Map<String, UnaryOperator<String>> damages = new LinkedHashMap<>();
    damages.put("empty", value -> "");
    damages.put("cut", value -> value.substring(0, value.length() - 1));
    damages.put("doubled", value -> value + value);
    damages.put("with a comma", value -> value + "," + value);
    damages.put("first character", value -> other(value, 0));
    damages.put("middle character", value -> other(value, value.length() / 2));
    damages.put("quoted", value -> '"' + value + '"');
    for (int at = 0; at < right.size(); at++) {
      Header header = right.get(at);
      String name = header.name().toLowerCase(Locale.ROOT);
      forgeries.put(name + " left out", without(door, right, at, body));
      forgeries.put(name + " twice", with(door, right, header, body));
      forgeries.put(
          name + " twice, differently",
          with(door, right, new Header(header.name(), other(header.value(), 0)), body));
      for (Map.Entry<String, UnaryOperator<String>> damage : damages.entrySet()) {
        String value = damage.getValue().apply(header.value());
        forgeries.put(name + " " + damage.getKey(), replaced(door, right, at, value, body));
      }
      if (name.contains("signature") && !name.contains("version")) {
        addSpellings(forgeries, door, right, at, body);
      }
    }
  }

  /** A digest in another form is another one. */
  private static void addSpellings(
      Map<String, byte[]> forgeries, Door door, List<Header> right, int at, byte[] body) {
    String value = right.get(at).value();
    int comma = value.indexOf(',') + 1;
    String digest = value.substring(comma);
    List<String> others = new ArrayList<>();
    others.add(other(digest, digest.length() - 2));
    others.add("sha256=" + digest);
    others.add("v3=" + digest);
    others.add("null");
    others.add("0".repeat(digest.length()));
    others.add("=".repeat(digest.length()));
    others.add("A".repeat(3_000));
    if (digest.endsWith("=")) {
      byte[] bytes = Base64.getDecoder().decode(digest);
      others.add(digest.substring(0, digest.length() - 1));
      others.add(digest + "=");
      others.add(HexFormat.of().formatHex(bytes));
      others.add(digest.toLowerCase(Locale.ROOT));
      others.add(Base64.getEncoder().encodeToString(digest.getBytes(StandardCharsets.UTF_8)));
    } else {
      others.add(digest.toUpperCase(Locale.ROOT));
      others.add(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest)));
    }
    for (String one : others) {
      String spelled = value.substring(0, comma) + one;
      forgeries.put("digest as " + one, replaced(door, right, at, spelled, body));
    }
    if (comma > 0) {
      for (String version : List.of("v1a,", "v2,", "V1,", "v1", "v1 ,", ",", "")) {
        forgeries.put("version " + version, replaced(door, right, at, version + digest, body));
      }
      String many = ("v1," + digest.replace(digest.charAt(0), '!') + " ").repeat(8) + value;
      forgeries.put("ninth of nine", replaced(door, right, at, many, body));
    }
  }

  /** What is signed is something else, or at another time, or by somebody else. */
  private static void addSigned(Map<String, byte[]> forgeries, Door door, byte[] body) {
    long now = System.currentTimeMillis();
    String key = door.key();
    String path = door.path;
    byte[] another = door.body(2);
    Map<String, List<Header>> headers = new LinkedHashMap<>();
    headers.put("another body", door.headers("POST", path, another, now, key));
    headers.put("no body", door.headers("POST", path, new byte[0], now, key));
    if (!key.startsWith("whsec_")) {
      headers.put("a stranger's secret", door.headers("POST", path, body, now, STRANGER));
      headers.put("secret in capitals", door.headers("POST", path, body, now, upper(key)));
      headers.put("secret and a line", door.headers("POST", path, body, now, key + "\n"));
    } else {
      String stranger =
          "whsec_" + Base64.getEncoder().encodeToString(STRANGER.getBytes(StandardCharsets.UTF_8));
      headers.put("a stranger's secret", door.headers("POST", path, body, now, stranger));
      headers.put("another door's secret", door.headers("POST", path, body, now, otherKey(door)));
    }
    if (door != Door.HUBSPOT_V1 && !key.startsWith("whsec_")) {
      headers.put("another method", door.headers("GET", path, body, now, key));
      headers.put("lower-case method", door.headers("post", path, body, now, key));
      headers.put("another path", door.headers("POST", "/webhooks/other", body, now, key));
      headers.put("a query", door.headers("POST", path + "?a=1", body, now, key));
      headers.put("a slash", door.headers("POST", path + "/", body, now, key));
    }
    if (door == Door.HUBSPOT_V3 || key.startsWith("whsec_")) {
      headers.put("stale", door.headers("POST", path, body, now - 5 * MINUTE - 2_000, key));
      headers.put("future", door.headers("POST", path, body, now + 6 * MINUTE, key));
      headers.put("1970", door.headers("POST", path, body, 0, key));
      addStamps(forgeries, door, body);
    }
    if (door == Door.HUBSPOT_V3) {
      headers.put("v1 where v3 is asked", Door.HUBSPOT_V1.headers("POST", path, body, now, key));
      headers.put("v2 where v3 is asked", Door.HUBSPOT_V2.headers("POST", path, body, now, key));
    }
    if (door == Door.WORKFLOW_SIGNED) {
      headers.put("v3 where v2 is asked", Door.HUBSPOT_V3.headers("POST", path, body, now, key));
      headers.put("v1 where v2 is asked", Door.HUBSPOT_V1.headers("POST", path, body, now, key));
    }
    headers.forEach(
        (what, forged) ->
            forgeries.put("signed: " + what, door.request("POST", path, forged, body)));
    forgeries.put("nothing shown", door.request("POST", path, List.of(), body));
    if (door == Door.HUBSPOT_V2 || door == Door.HUBSPOT_V3) {
      List<Header> right = door.headers(body);
      forgeries.put("sent with a query", door.request("POST", path + "?a=1", right, body));
    }
  }

  /** Time stamps that are no plain numbers, and signed as they stand. */
  private static void addStamps(Map<String, byte[]> forgeries, Door door, byte[] body) {
    List<Header> right = door.headers(body);
    for (int at = 0; at < right.size(); at++) {
      if (right.get(at).name().toLowerCase(Locale.ROOT).endsWith("timestamp")) {
        String stamp = right.get(at).value();
        for (String other :
            List.of(
                "-" + stamp,
                "+" + stamp,
                "0" + stamp,
                stamp + ".0",
                stamp + "e0",
                "0x" + Long.toHexString(Long.parseLong(stamp)),
                "9".repeat(20),
                "9".repeat(18),
                "-1",
                "NaN",
                stamp + "000",
                stamp.substring(0, stamp.length() - 3))) {
          forgeries.put("time stamp " + other, replaced(door, right, at, other, body));
        }
      }
    }
  }

  /** Addresses that are not quite the secret one. */
  private static void addPaths(Map<String, byte[]> forgeries, Door door, byte[] body) {
    String path = door.path;
    String base = path.substring(0, path.lastIndexOf('/'));
    String token = path.substring(base.length() + 1);
    List<String> others =
        List.of(
            base + "/" + token.substring(0, token.length() - 1),
            base + "/" + token + "x",
            base + "/" + upper(token),
            base + "/" + token + "/",
            base + "/" + token + "/x",
            base + "//" + token,
            base + "/%6d" + token.substring(1),
            base + "/" + token + "%00",
            base + "/" + token + ";x=1",
            base + "/x/../" + token,
            base + "/./" + token,
            base + "/***",
            base + "/null",
            base + "/undefined",
            base + "/",
            base + "?token=" + token,
            base + "/?" + token,
            base + "/priced",
            base + "/" + Doors.secret("HUBSPOT_OLD"),
            "/webhooks/nobody/" + token,
            "/webhooks/website/" + token,
            "/WEBHOOKS" + path.substring("/webhooks".length()),
            "/webhooks%2f" + path.substring("/webhooks/".length()),
            path.replace("webhooks", "%77ebhooks"),
            "//webhooks" + path.substring("/webhooks".length()),
            path.replace('/', '\\'));
    for (String other : others) {
      // At the door of an org whose token is not shown, another thing may be.
      byte[] request = door.request("POST", other, door.headers(body), body);
      forgeries.put("address " + other.replace(token, "TOKEN"), request);
    }
  }

  private static String otherKey(Door door) {
    return Doors.secret(door == Door.SOURCE ? "ORG_SIGNING" : "WEBSITE");
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String other(String value, int at) {
    char c = value.charAt(at);
    return value.substring(0, at) + (c == '1' ? '2' : '1') + value.substring(at + 1);
  }

  private static byte[] without(Door door, List<Header> right, int at, byte[] body) {
    List<Header> headers = new ArrayList<>(right);
    headers.remove(at);
    return door.request("POST", door.path, headers, body);
  }

  private static byte[] with(Door door, List<Header> right, Header more, byte[] body) {
    List<Header> headers = new ArrayList<>(right);
    headers.add(more);
    return door.request("POST", door.path, headers, body);
  }

  private static byte[] replaced(Door door, List<Header> right, int at, String value, byte[] body) {
    List<Header> headers = new ArrayList<>(right);
    headers.set(at, new Header(right.get(at).name(), value));
    return door.request("POST", door.path, headers, body);
  }

  /** Names of headers have no case, and their values no white space around them. */
  @Test
  void header_inAnotherCase_isTheSame() throws IOException {
    byte[] body = Door.HUBSPOT_V3.body(3);
    List<Header> headers =
        Door.HUBSPOT_V3.headers(body).stream()
            .map(one -> new Header(upper(one.name()), "  " + one.value() + "\t "))
            .toList();
    assertThat(
            DOORS
                .answer(Door.HUBSPOT_V3.request("POST", Door.HUBSPOT_V3.path, headers, body))
                .isKept())
        .isTrue();
  }

  @Test
  void secretOfBefore_signsToo_untilItIsTakenOut() throws IOException {
    byte[] body = Door.HUBSPOT_V3.body(4);
    List<Header> headers =
        Door.HUBSPOT_V3.headers(
            "POST",
            Door.HUBSPOT_V3.path,
            body,
            System.currentTimeMillis(),
            Doors.secret("HUBSPOT_OLD"));
    assertThat(
            DOORS
                .answer(Door.HUBSPOT_V3.request("POST", Door.HUBSPOT_V3.path, headers, body))
                .isKept())
        .isTrue();
  }

  /** Neither the answer nor its headers tell whether there is such a connection. */
  @Test
  void wrongToken_isAnsweredAsAnUnknownConnectionIs() throws IOException {
    byte[] body = Door.HUBSPOT_V1.body(5);
    Answer unknown =
        DOORS.answer(Door.HUBSPOT_V1.request("POST", "/webhooks/nobody/x", List.of(), body));
    Answer wrong =
        DOORS.answer(Door.HUBSPOT_V1.request("POST", "/webhooks/hidden/x", List.of(), body));
    assertThat(wrong).isEqualTo(unknown);
    assertThat(unknown.status()).isEqualTo(404);
  }
}
