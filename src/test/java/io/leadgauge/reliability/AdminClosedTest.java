package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.reliability.Wire.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every route of the admin port, as its description lists them, is closed to whoever is not on this
 * machine and has no token, to pages in a browser on this machine, and to questions that would
 * change something.
 */
class AdminClosedTest {
  private static final String TOKEN = Doors.secret("LEADGAUGE_ADMIN_TOKEN");
  private static final Pattern ROUTE = Pattern.compile("^  (/\\S*):$|^    (get|post):$");
  private static final int LEAST_ROUTES = 22;

  /** A route of the description, with something in place of what it takes. */
  private record Route(String method, String path) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @RegisterExtension
  static final ServedDoors DOORS = new ServedDoors(launch -> launch.with("--admin-host=0.0.0.0"));

  private static List<Route> routes = List.of();

  @BeforeAll
  static void describe() {
    routes = described(DOORS.serve().get("/api/openapi.yaml"));
    assertThat(routes).hasSizeGreaterThanOrEqualTo(LEAST_ROUTES);
  }

  private static List<Route> described(String yaml) {
    List<Route> found = new ArrayList<>();
    String path = "";
    for (String line : yaml.lines().toList()) {
      Matcher matcher = ROUTE.matcher(line);
      if (matcher.matches() && matcher.group(1) != null) {
        path = matcher.group(1).replace("{connection}", "plain").replaceAll("\\{[^}]*}", "7");
      } else if (matcher.matches()) {
        found.add(new Route(matcher.group(2).equals("get") ? "GET" : "POST", path));
      }
    }
    return found;
  }

  private static Answer ask(String host, Route route, String... headers) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(route.method() + " " + route.path() + " HTTP/1.1");
    lines.addAll(List.of(headers));
    if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
      lines.add("Host: localhost");
    }
    lines.add("Content-Length: 0");
    try (Wire wire = Wire.to(host, DOORS.serve().admin("/").getPort())) {
      return wire.send(Wire.request(lines, new byte[0]))
          .answer()
          .orElseThrow(() -> new IOException("no answer to " + route));
    }
  }

  private static void assertClosed(String host, String... headers) throws IOException {
    for (Route route : routes) {
      Answer answer = ask(host, route, headers);
      assertThat(answer.status()).as("%s %s", route, List.of(headers)).isIn(401, 403);
      assertThat(answer.headers().keySet())
          .as("%s", route)
          .noneMatch(name -> name.startsWith("access-control-"));
      assertThat(answer.body()).doesNotContain(TOKEN, "plain", "leads");
    }
  }

  private static Optional<InetAddress> outside() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(one -> !one.isLoopbackAddress() && one.getAddress().length == 4)
        .findFirst();
  }

  @Test
  void everyRoute_fromElsewhere_isClosedWithoutTheToken() throws IOException {
    Optional<InetAddress> outside = outside();
    if (outside.isPresent()) {
      String host = outside.get().getHostAddress();
      assertClosed(host);
      assertClosed(host, "Host: localhost");
      assertClosed(host, "X-Forwarded-For: 127.0.0.1");
      assertClosed(host, "Authorization: Bearer " + TOKEN.substring(1));
      assertThat(ask(host, routes.getFirst(), "Authorization: Bearer " + TOKEN).status())
          .isEqualTo(200);
    }
    assertClosed("127.0.0.1", "X-Forwarded-For: 10.0.0.1");
    assertClosed("127.0.0.1", "Forwarded: for=127.0.0.1");
    assertClosed("127.0.0.1", "Via: 1.1 proxy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer",
        "Authorization: Bearer x",
        "Authorization: Bearer null",
        "Authorization: Basic bWFya2VkOg==",
        "Authorization: ",
        "Authorization: Bearer MARKED-ADMIN-GK4VR8XS2PO6",
        "Authorization: Bearer marked-admin-Gk4Vr8Xs2Po",
        "Authorization: Bearer marked-admin-Gk4Vr8Xs2Po66"
      })
  void wrongToken_isRefusedFromThisMachineToo(String header) throws IOException {
    assertClosed("127.0.0.1", header);
  }

  /** A name that was made to lead here is still a name of somebody else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example.org",
        "rebound.example.org:8081",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "127.0.0.1.",
        "localhost.",
        "0.0.0.0",
        "127.1",
        "2130706433",
        ""
      })
  void everyRoute_forAnotherHost_isClosed(String host) throws IOException {
    assertClosed("127.0.0.1", "Host: " + host);
  }

  /** Which of them counts is no question that anybody here should have to answer. */
  @Test
  void everyRoute_forTwoHosts_isClosed() throws IOException {
    assertClosed("127.0.0.1", "Host: localhost", "Host: rebound.example.org");
    assertClosed("127.0.0.1", "Host: localhost", "Host: localhost");
  }

  /** What a browser says of a page that asks; a form can be sent anywhere without being asked. */
  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere.example", "null", "http://localhost:1", "file://"})
  void everyCommand_byAPageOfAnotherSite_isClosed(String origin) throws IOException {
    for (Route route : routes) {
      if (route.method().equals("POST")) {
        assertThat(ask("127.0.0.1", route, "Origin: " + origin).status())
            .as("%s", route)
            .isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void everyRoute_byAPageOfAnotherSite_isClosed(String site) throws IOException {
    assertClosed("127.0.0.1", "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: no-cors");
    assertClosed("127.0.0.1", "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: cors");
  }

  @Test
  void everyAnswer_isForNoOtherSite() throws IOException {
    for (Route route : routes) {
      Answer answer = ask("127.0.0.1", route, "Sec-Fetch-Site: same-origin");
      assertThat(answer.status()).as("%s", route).isNotIn(401, 403, 405, 500);
      assertThat(answer.headers())
          .as("%s", route)
          .containsEntry("cache-control", "no-store")
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("cross-origin-resource-policy", "same-origin");
      assertThat(answer.headers().keySet()).noneMatch(one -> one.startsWith("access-control-"));
    }
    Route first = routes.getFirst();
    Answer preflight =
        ask(
            "127.0.0.1",
            new Route("OPTIONS", first.path()),
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Private-Network: true");
    assertThat(preflight.status()).isEqualTo(405);
    assertThat(preflight.headers().keySet()).noneMatch(one -> one.startsWith("access-control-"));
  }

  /** A link or an image asks by GET, and so must change nothing. */
  @Test
  void everyCommand_askedByAnotherMethod_isNone() throws IOException {
    for (Route route : routes) {
      boolean isQuestionToo = routes.contains(new Route("GET", route.path()));
      if (route.method().equals("POST") && !isQuestionToo) {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "get")) {
          int status = ask("127.0.0.1", new Route(method, route.path())).status();
          // A word of a path may be an id of another question.
          assertThat(status).as("%s %s", method, route.path()).isIn(400, 404, 405);
        }
      }
    }
  }
}
