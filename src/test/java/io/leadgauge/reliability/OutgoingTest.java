package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.leadgauge.Await;
import io.leadgauge.cli.Main;
import io.leadgauge.reliability.Doors.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls go to the addresses of the manifests and to no other: a CRM that answers with a redirect,
 * or with an address in its body, leads nobody anywhere, and a proxy of the environment gets
 * nothing.
 */
class OutgoingTest {
  @TempDir Path folder;

  private final List<String> called = new CopyOnWriteArrayList<>();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();
  private @Nullable HttpServer crm;
  private HttpServer trap;

  @BeforeEach
  void open() throws IOException {
    trap = server(elsewhere, 200, "{}", Map.of());
  }

  @AfterEach
  void close() {
    trap.stop(0);
    if (crm != null) {
      crm.stop(0);
    }
  }

  private static HttpServer server(
      List<String> asked, int status, String body, Map<String, String> headers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getRequestBody().readAllBytes();
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ServeProcess serve(String... options) {
    String api = address(Objects.requireNonNull(crm));
    Doors.write(folder.resolve("manifests"), api, api, "fields");
    ServeProcess.Launch launch =
        ServeProcess.Launch.of(folder.resolve("manifests"), folder.resolve("data"), Doors.SECRETS)
            .environment("HTTP_PROXY", address(trap))
            .environment("http_proxy", address(trap))
            .environment("HTTPS_PROXY", address(trap))
            .environment("ALL_PROXY", address(trap));
    ServeProcess serve = (options.length == 0 ? launch : launch.java(options)).start();
    serve.awaitReady();
    return serve;
  }

  /** Gives the server something to call about, at both CRMs. */
  private void deliver(ServeProcess serve) throws IOException {
    for (Door door : List.of(Door.HUBSPOT_V3, Door.ORG_MESSAGE, Door.ORG_BEARER)) {
      byte[] body = door.body(7);
      try (Wire wire = Wire.to(serve.port())) {
        assertThat(wire.send(door.request(body)).answer().orElseThrow().isKept()).isTrue();
      }
    }
    Await.until("both CRMs were called", () -> wasCalled("/crm/") && wasCalled("/oauth2/token"));
  }

  private boolean wasCalled(String part) {
    return called.stream().anyMatch(one -> one.contains(part));
  }

  static List<Integer> redirects() {
    return Figures.isLong() ? List.of(301, 302, 303, 307, 308) : List.of(303, 308);
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void redirect_ofACrm_isNotFollowed(int status) throws IOException {
    crm = server(called, status, "", Map.of("Location", address(trap) + "/caught"));
    try (ServeProcess serve = serve()) {
      deliver(serve);
      assertThat(serve.status("/api/connections/plain/crm")).isNotZero();
      assertThat(run("doctor", "plain")).isNotNull();
      assertThat(called.toString()).contains("Bearer " + Doors.secret("HUBSPOT_TOKEN"));
    }
    assertThat(elsewhere).isEmpty();
  }

  /**
   * The token of an org goes to hosts of Salesforce, and pages are asked for where the first was.
   */
  @Test
  void addressInAnAnswer_isNotCalled() throws IOException {
    String away = "http://localhost.example.org:" + trap.getAddress().getPort();
    String body =
        ("{'access_token':'00D-token','instance_url':'@A@','next':'@A@','link':'@A@',"
                + "'nextRecordsUrl':'@A@/services/data/v67.0/query/01g-2000','done':false,"
                + "'records':[],'results':[],'paging':{'next':{'after':'1','link':'@A@/x'}}}")
            .replace('\'', '"')
            .replace("@A@", away);
    crm = server(called, 200, body, Map.of("Content-Type", "application/json"));
    try (ServeProcess serve = serve()) {
      deliver(serve);
      Await.until("the org is refused", () -> serve.output().contains("no host of Salesforce"));
    }
    assertThat(elsewhere).isEmpty();
    assertThat(called.toString()).doesNotContain("00D-token");
  }

  @Test
  void proxyOfTheEnvironment_getsNothing() throws IOException {
    crm = server(called, 503, "", Map.of());
    int port = trap.getAddress().getPort();
    try (ServeProcess serve =
        serve("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=" + port, "-Dhttp.nonProxyHosts=")) {
      deliver(serve);
    }
    assertThat(elsewhere).isEmpty();
  }

  /**
   * Deliveries that are sent again go to the address that was given; a proxy's login stays there.
   */
  @Test
  void deliveriesSentAgain_goNowhereElse() throws Exception {
    crm = server(called, 503, "", Map.of());
    HttpServer receiver =
        server(called, 307, "", Map.of("Location", address(trap) + "/webhooks/plain"));
    try (ServeProcess serve = serve()) {
      deliver(serve);
      called.clear();
      Process sending =
          command(
              List.of("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=1", "-Dhttp.nonProxyHosts="),
              "replay",
              "--connection=plain",
              "--send=" + address(receiver),
              "--manifests=" + folder.resolve("manifests"),
              "--data=" + folder.resolve("data"));
      assertThat(sending.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String said = new String(sending.getInputStream().readAllBytes(), UTF_8);
      assertThat(said).contains("307: 1");
    } finally {
      receiver.stop(0);
    }
    assertThat(called).anyMatch(one -> one.startsWith("POST /webhooks/plain"));
    assertThat(elsewhere).isEmpty();
  }

  private String run(String name, String connection) {
    try {
      Process process =
          command(
              List.of(),
              name,
              connection,
              "--manifests=" + folder.resolve("manifests"),
              "--data=" + folder.resolve("data"));
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts a command in a process of its own. */
  private static Process command(List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    all.addAll(options);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().putAll(Doors.SECRETS);
    return builder.start();
  }
}
