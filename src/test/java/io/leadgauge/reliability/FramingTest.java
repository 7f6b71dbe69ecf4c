package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Delivery.Header;
import io.leadgauge.reliability.Doors.Door;
import io.leadgauge.reliability.Wire.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose beginning or end can be seen in two ways, and heads that no sender of ours writes.
 * Whoever sends them is refused; a proxy in front and the server never disagree about where a
 * request ends, because the connection ends there too.
 */
class FramingTest {
  private static final Door DOOR = Door.ORG_BEARER;

  @RegisterExtension static final ServedDoors DOORS = new ServedDoors();

  /**
   * Returns a request with a credential and these lines, and a small body in chunks or as it is.
   */
  private static String request(String... lines) {
    return "POST /webhooks/org HTTP/1.1\r\n"
        + "Host: leads.example.com\r\n"
        + "Content-Type: application/json\r\n"
        + "Authorization: Bearer "
        + Doors.secret("ORG_BEARER")
        + "\r\n"
        + Stream.of(lines).map(line -> line + "\r\n").reduce("", String::concat)
        + "\r\n";
  }

  private static final String CHUNKS = "2\r\n{}\r\n0\r\n\r\n";

  /** The same credential lets all of these in once their length is plain. */
  static List<Arguments> ambiguous() {
    Map<String, String> all = new TreeMap<>();
    all.put("both", request("Content-Length: 2", "Transfer-Encoding: chunked") + CHUNKS);
    all.put(
        "both, other order", request("Transfer-Encoding: chunked", "Content-Length: 2") + CHUNKS);
    all.put("both, cl 0", request("Content-Length: 0", "Transfer-Encoding: chunked") + CHUNKS);
    all.put("two lengths", request("Content-Length: 2", "Content-Length: 3") + "{}x");
    all.put("two equal lengths", request("Content-Length: 2", "Content-Length: 2") + "{}");
    all.put("list of lengths", request("Content-Length: 2, 2") + "{}");
    all.put("negative", request("Content-Length: -2") + "{}");
    all.put("plus", request("Content-Length: +2") + "{}");
    all.put("hex length", request("Content-Length: 0x2") + "{}");
    all.put("length of words", request("Content-Length: two") + "{}");
    all.put("empty length", request("Content-Length:") + "{}");
    all.put("length with a gap", request("Content-Length: 2 0") + "{}");
    all.put("length with a fraction", request("Content-Length: 2.0") + "{}");
    all.put("huge length", request("Content-Length: 99999999999999999999") + "{}");
    all.put("full-width digit", request("Content-Length: \u00b2") + "{}");
    for (String coding :
        List.of(
            "identity",
            "chunked, identity",
            "gzip, chunked",
            "xchunked",
            "chunked, chunked",
            "chunked;q=1",
            "\"chunked\"",
            ", chunked",
            "chunked\u000b",
            "\u000bchunked",
            "gzip",
            "")) {
      all.put("coding " + coding, request("Transfer-Encoding: " + coding) + CHUNKS);
    }
    all.put(
        "two codings", request("Transfer-Encoding: chunked", "Transfer-Encoding: gzip") + CHUNKS);
    all.put(
        "coding twice",
        request("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + CHUNKS);
    all.put("space before colon", request("Content-Length : 2") + "{}");
    all.put("tab before colon", request("Content-Length\t: 2") + "{}");
    all.put("coding, space before colon", request("Transfer-Encoding : chunked") + CHUNKS);
    all.put("bare return", request("X: a\rContent-Length: 3", "Content-Length: 2") + "{}");
    all.put("bare return in the name", request("X\r: a", "Content-Length: 2") + "{}");
    all.put("bare feed", request("X: a\nTransfer-Encoding: chunked", "Content-Length: 2") + "{}");
    all.put("feeds alone", request("Content-Length: 2").replace("\r\n", "\n") + "{}");
    all.put("nul in a name", request("X\0: a", "Content-Length: 2") + "{}");
    all.put("nul in a value", request("X: a\0b", "Content-Length: 2") + "{}");
    all.put("nul in the length", request("Content-Length: 2\0") + "{}");
    all.put("name with a gap", request("X Y: a", "Content-Length: 2") + "{}");
    all.put("no name", request(": a", "Content-Length: 2") + "{}");
    all.put("no colon", request("nothing", "Content-Length: 2") + "{}");
    all.put("name beyond ASCII", request("X\u00e9: a", "Content-Length: 2") + "{}");
    all.put("chunk with a sign", request("Transfer-Encoding: chunked") + "+2\r\n{}\r\n0\r\n\r\n");
    all.put("chunk of minus", request("Transfer-Encoding: chunked") + "-2\r\n{}\r\n0\r\n\r\n");
    all.put("chunk in hex words", request("Transfer-Encoding: chunked") + "0x2\r\n{}\r\n0\r\n\r\n");
    all.put("chunk of words", request("Transfer-Encoding: chunked") + "two\r\n{}\r\n0\r\n\r\n");
    all.put(
        "chunk too large", request("Transfer-Encoding: chunked") + "fffffffff\r\n{}\r\n0\r\n\r\n");
    all.put(
        "chunk that overflows",
        request("Transfer-Encoding: chunked") + "100000002\r\n{}\r\n0\r\n\r\n");
    all.put(
        "chunk longer than said", request("Transfer-Encoding: chunked") + "2\r\n{}}\r\n0\r\n\r\n");
    all.put("chunk without its end", request("Transfer-Encoding: chunked") + "2\r\n{}0\r\n\r\n");
    all.put("chunk ended by feeds", request("Transfer-Encoding: chunked") + "2\n{}\n0\n\n");
    all.put("empty chunk size", request("Transfer-Encoding: chunked") + "\r\n{}\r\n0\r\n\r\n");
    all.put("chunk, space before", request("Transfer-Encoding: chunked") + " 2\r\n{}\r\n0\r\n\r\n");
    all.put(
        "extension with a feed",
        request("Transfer-Encoding: chunked") + "2;a\nb\r\n{}\r\n0\r\n\r\n");
    all.put(
        "chunked in HTTP/1.0",
        request("Transfer-Encoding: chunked").replace("/1.1", "/1.0") + CHUNKS);
    all.put("no version", "POST /webhooks/org\r\n\r\n{}");
    all.put("HTTP/0.9", "GET /webhooks/org\r\n\r\n");
    all.put("HTTP/1.2", request("Content-Length: 2").replace("/1.1", "/1.2") + "{}");
    all.put("HTTP/3.0", request("Content-Length: 2").replace("/1.1", "/3.0") + "{}");
    all.put("HTTP/1.10", request("Content-Length: 2").replace("/1.1", "/1.10") + "{}");
    all.put("http in small letters", request("Content-Length: 2").replace("HTTP/", "http/") + "{}");
    all.put("gap in the target", request("Content-Length: 2").replace("/org", "/or g") + "{}");
    all.put(
        "feed in the target", request("Content-Length: 2").replace("/org", "/org\nX: y") + "{}");
    all.put("nul in the method", request("Content-Length: 2").replace("POST", "PO\0ST") + "{}");
    all.put(
        "no host", request("Content-Length: 2").replace("Host: leads.example.com\r\n", "") + "{}");
    all.put("two hosts", request("Host: other.example.com", "Content-Length: 2") + "{}");
    all.put(
        "host of two", request("Content-Length: 2").replace("leads.example.com", "a, b") + "{}");
    all.put("host with a path", request("Content-Length: 2").replace(".example.com", "/x") + "{}");
    all.put("host with a user", request("Content-Length: 2").replace("leads.", "u@leads.") + "{}");
    all.put(
        "header of 9,000 bytes", request("X: " + "x".repeat(9_000), "Content-Length: 2") + "{}");
    all.put("3,000 headers", request("X: y\r\n".repeat(3_000) + "Content-Length: 2") + "{}");
    all.put("headers of 200 kB", request("X: y\r\n".repeat(40_000) + "Content-Length: 2") + "{}");
    all.put(
        "line of 5,000 bytes",
        request("Content-Length: 2").replace("/org", "/org?" + "x".repeat(5_000)) + "{}");
    all.put(
        "line of a megabyte",
        request("Content-Length: 2").replace("/org", "/org?" + "x".repeat(1 << 20)) + "{}");
    all.put("only bytes", "\u0001\u0002\u0003\u00ff".repeat(5_000));
    all.put("only gaps", " ".repeat(20_000) + "\r\n\r\n");
    return all.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue())).toList();
  }

  /**
   * Whatever comes behind it on the same connection would be read in the wrong place by one of two
   * parties, so nothing behind it is read.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void request_thatCanBeSeenInTwoWays_isRefusedAndTheConnectionEnds(String what, String request)
      throws IOException {
    String last = request("Connection: close", "Content-Length: 2") + "{}";
    List<Answer> answers = DOORS.answers(request + last);
    assertThat(answers).as(what).noneMatch(Answer::isKept);
    assertThat(answers).as(what).hasSizeLessThanOrEqualTo(1);
    assertThat(answers)
        .as(what)
        .allSatisfy(answer -> assertThat(answer.status()).isBetween(400, 505));
  }

  @Test
  void request_plain_isKept() throws IOException {
    for (String plain :
        List.of(
            request("Content-Length: 2") + "{}",
            request("content-LENGTH:   2  ") + "{}",
            request("Transfer-Encoding: chunked") + CHUNKS,
            request("Transfer-Encoding: Chunked") + "2;ext=1\r\n{}\r\n0\r\nX-Trailer: a\r\n\r\n")) {
      try (Wire wire = DOORS.wire()) {
        assertThat(wire.send(plain).answer().orElseThrow().status()).isEqualTo(204);
      }
    }
  }

  /**
   * What HTTP lets be read with some patience is read in one way, and what follows it where it
   * stands: a fold is a space, and the line's parts may stand further apart.
   */
  @ParameterizedTest
  @ValueSource(strings = {"fold", "folded coding", "gaps", "tab", "gap at the beginning"})
  void request_writtenLoosely_endsWhereItShould(String how) throws IOException {
    String plain = request("Content-Length: 2") + "{}";
    String text =
        switch (how) {
          case "fold" -> request("X: a", " Transfer-Encoding: chunked", "Content-Length: 2") + "{}";
          case "folded coding" -> request("Transfer-Encoding:", " chunked") + CHUNKS;
          case "gaps" -> plain.replace("POST /", "POST   /");
          case "tab" -> plain.replace("POST /", "POST\t/");
          default -> " " + plain;
        };
    String last = request("Connection: close", "Content-Length: 2") + "{}";
    assertThat(DOORS.answers(text + last)).extracting(Answer::status).containsOnly(204);
  }

  /** Each answers for itself, in the order in which they came. */
  @Test
  void requests_oneBehindTheOther_areAnsweredEachForItself() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      byte[] body = DOOR.body(i);
      all.writeBytes(DOOR.request(body));
      all.writeBytes(DOOR.request("POST", DOOR.path, List.of(), body));
    }
    all.writeBytes(request("Connection: close", "Content-Length: 2").getBytes(ISO_8859_1));
    all.writeBytes(new byte[] {'{', '}'});
    try (Wire wire = DOORS.wire()) {
      List<Answer> answers = wire.send(all.toByteArray()).answers();
      assertThat(answers).hasSize(101);
      for (int i = 0; i < 100; i++) {
        assertThat(answers.get(i).status()).isEqualTo(i % 2 == 0 ? 204 : 401);
      }
    }
  }

  /** What is refused for its head leaves its body behind, which is no request. */
  @Test
  void body_ofARefusedRequest_isNotReadAsARequest() throws IOException {
    byte[] inner = DOOR.request(DOOR.body(1));
    for (String path : List.of("/webhooks/nobody", "/webhooks/org", "/", "/oauth/none/callback")) {
      List<Header> close = List.of(new Header("Connection", "close"));
      byte[] outer = DOOR.request("POST", path, close, inner);
      try (Wire wire = DOORS.wire()) {
        List<Answer> answers = wire.send(outer).answers();
        assertThat(answers).as(path).hasSize(1);
        assertThat(answers.getFirst().status()).as(path).isBetween(400, 499);
      }
    }
  }

  @Test
  void trailer_provesNothing() throws IOException {
    for (Door door : List.of(Door.HUBSPOT_V3, Door.SOURCE, Door.ORG_BEARER)) {
      byte[] body = door.body(1);
      StringBuilder text = new StringBuilder("POST " + door.path + " HTTP/1.1\r\nHost: a\r\n");
      text.append("Transfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n");
      text.append(Integer.toHexString(body.length)).append("\r\n");
      text.append(new String(body, ISO_8859_1)).append("\r\n0\r\n");
      door.headers(body).forEach(one -> text.append(one.name() + ": " + one.value() + "\r\n"));
      try (Wire wire = DOORS.wire()) {
        assertThat(wire.send(text.append("\r\n").toString()).answer().orElseThrow().status())
            .as("%s", door)
            .isEqualTo(401);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "HEAD",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "post",
        "POSTX",
        "PROPFIND",
        "X"
      })
  void method_otherThanPost_isRefused(String method) throws IOException {
    String text =
        request("X-HTTP-Method-Override: POST", "Connection: close", "Content-Length: 2")
            .replaceFirst("POST", method);
    List<Answer> answers = DOORS.answers(text + "{}");
    assertThat(answers).hasSizeLessThanOrEqualTo(1);
    assertThat(answers).allSatisfy(one -> assertThat(one.status()).isBetween(400, 501));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "org",
        "leads.example.com:443",
        "//webhooks/org",
        "//evil.example/webhooks/org",
        "/webhooks%2Forg",
        "/webhooks/%6Frg",
        "/webhooks/org%00",
        "/webhooks/org%0d%0a",
        "/webhooks/org%2e%2e",
        "/webhooks/org/..",
        "/webhooks/../webhooks/org",
        "/webhooks/./org",
        "/webhooks//org",
        "/webhooks/org/",
        "/webhooks/org/%2e",
        "/webhooks/org;a=b",
        "/WEBHOOKS/org",
        "/webhooks/ORG",
        "/webhooks\\org",
        "/webhooks/org%",
        "/webhooks/org%zz",
        "/webhooks/org%c0%af",
        "/webhooks/org\0",
        "http://leads.example.com",
        "http://leads.example.com/",
        "http:///webhooks/org/",
        "file:///webhooks/org/x",
        "/metrics",
        "/health/live",
        "/api/refused",
        "/api/deliveries"
      })
  void target_thatIsNoDoor_isRefused(String target) throws IOException {
    String text =
        request("Connection: close", "Content-Length: 2").replaceFirst("/webhooks/org", "@T@");
    List<Answer> answers = DOORS.answers(text.replace("@T@", target) + "{}");
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().status()).isBetween(400, 499);
    assertThat(answers.getFirst().body()).doesNotContain("Exception", "at io.");
  }

  @Test
  void senderThatAsksFirst_isToldOnceAndOnlyWhereItMayGoOn() throws IOException {
    String expecting = request("Content-Length: 2", "Expect: 100-continue");
    try (Wire wire = DOORS.wire()) {
      assertThat(wire.send(expecting).answer().orElseThrow().status()).isEqualTo(100);
      assertThat(wire.send("{}").answer().orElseThrow().status()).isEqualTo(204);
    }
    for (String refused :
        List.of(
            expecting.replace("/org", "/nobody"),
            expecting.replace("Bearer ", "Bearer x"),
            expecting.replace("POST", "GET"),
            expecting.replace("Content-Length: 2", "Content-Length: 99999999"))) {
      try (Wire wire = DOORS.wire()) {
        int status = wire.send(refused).answer().orElseThrow().status();
        assertThat(status).as(refused).isBetween(400, 499);
      }
    }
    try (Wire wire = DOORS.wire()) {
      String twice =
          request("Expect: 100-continue", "Expect: 100-continue", "Content-Length: 2")
              .replace("Host", "Connection: close\r\nHost");
      List<Answer> answers = wire.send(twice + "{}").answers();
      assertThat(answers.stream().filter(one -> one.status() == 100).count()).isLessThan(2);
    }
  }

  /** HTTP/1.0 has no chunks and keeps no connection; what it sends plainly is taken. */
  @Test
  void request_inHttp10_isAnsweredAndTheConnectionEnds() throws IOException {
    String old = request("Content-Length: 2").replace("/1.1", "/1.0");
    List<Answer> answers = DOORS.answers(old + "{}" + old + "{}");
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().status()).isEqualTo(204);
  }
}
