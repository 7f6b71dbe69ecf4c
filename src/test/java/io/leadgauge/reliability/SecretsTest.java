package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.leadgauge.Await;
import io.leadgauge.Written;
import io.leadgauge.cli.Main;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.reliability.Doors.Door;
import io.leadgauge.reliability.Wire.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything runs with secrets that stand nowhere else, over CRMs that repeat whatever they are
 * shown; then all that was logged, answered, printed and stored is searched for them, encoded ones
 * and parts too.
 *
 * <p>Two places may hold one: {@code admin.json}, which the owner alone can read, holds the token
 * of the admin port, and the sandboxed CRMs are shown theirs.
 */
class SecretsTest {
  private static final Pattern ROUTE = Pattern.compile("^  (/\\S*):$");
  private static final String ACCESS = "marked-answer-access-Zt5Km9Lr3Wd";
  private static final String REFRESH = "marked-answer-refresh-Pn2Xv6Bh8Qc";
  private static final String APP =
      """
      apiVersion: leadgauge/v1
      kind: App
      metadata: { name: acme }
      spec:
        crm: hubspot
        publicUrl: https://leads.example.com
        oauth:
          clientId: 3f2a91c0-0000-4000-8000-5e1dbb0a7c11
          clientSecret: "${env:APP_SECRET}"
          scopes: [oauth, crm.objects.contacts.read, crm.objects.contacts.write]
          tokenKeys: ["${env:LEADGAUGE_TOKEN_KEY}"]
          page: "@API@"
        api: { base: "@API@", version: v3 }
        model: leads
        fields: { occupation: occupation, country: country, visits: { property: visits, type: number } }
        writeBack: { fields: { score: leadgauge_score } }
      """;

  @TempDir Path folder;

  /** What came out, by where. */
  private final Map<String, byte[]> found = new LinkedHashMap<>();

  private final AtomicInteger calls = new AtomicInteger();

  /**
   * A CRM that says everything back that it is shown, in its errors, and gives tokens to whoever
   * asks.
   */
  private HttpServer parrot() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String shown =
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          String path = exchange.getRequestURI().getPath();
          boolean grants = path.contains("oauth") && calls.incrementAndGet() % 2 == 1;
          String said =
              grants
                  ? "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":1800,"
                          .formatted(ACCESS, REFRESH)
                      + "\"hub_id\":777,\"instance_url\":\"http://"
                      + exchange.getRequestHeaders().getFirst("Host")
                      + "\"}"
                  : "{\"status\":\"error\",\"category\":\"INVALID_AUTHENTICATION\",\"message\":\""
                      + "you have shown "
                      + shown.replace("\"", "'")
                      + "\",\"error_description\":\""
                      + shown.replace("\"", "'")
                      + "\"}";
          byte[] bytes = said.getBytes(UTF_8);
          exchange.sendResponseHeaders(grants ? 200 : 401, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void secrets_ofAllKinds_areFoundNowhere() throws Exception {
    HttpServer crm = parrot();
    String api = "http://127.0.0.1:" + crm.getAddress().getPort();
    Path manifests = folder.resolve("manifests");
    Doors.write(manifests, api, api, "fields");
    Written.to(manifests, "apps/acme.yaml", APP.replace("@API@", api));
    try (ServeProcess serve =
        ServeProcess.Launch.of(manifests, folder.resolve("data"), Doors.SECRETS)
            .java("-Xmx384m", "-Djava.util.logging.manager=io.leadgauge.cli.LogSetup")
            .environment("LEADGAUGE_LOG_LEVEL", "trace")
            .start()) {
      serve.awaitReady();
      deliver(serve);
      install(serve);
      Await.until("both CRMs were called", () -> calls.get() >= 2);
      askEverything(serve);
      commands(manifests);
      keep("data folder, while it runs", folder.resolve("data"));
      serve.terminate();
      serve.awaitEnd();
      found.put("the log", serve.output().getBytes(UTF_8));
    } finally {
      crm.stop(0);
    }
    keep("data folder", folder.resolve("data"));
    search();
    Path admin = folder.resolve("data").resolve("admin.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(admin)))
        .isEqualTo("rw-------");
  }

  /** At every door: authentic, unreadable, forged, and by the address with a slip in it. */
  private void deliver(ServeProcess serve) throws IOException {
    for (Door door : Door.values()) {
      for (byte[] body :
          List.of(door.body(7), "no body of any kind".getBytes(UTF_8), new byte[] {-1, 0, 7})) {
        List<Header> right = door.headers(body);
        send(serve, door + " authentic", door.request("POST", door.path, right, body), true);
        List<Header> headers = new ArrayList<>(right);
        headers.add(new Header("X-Original-URI", door.path + "?a=1"));
        headers.add(new Header("Cookie", "session=" + door.key()));
        headers.add(new Header("X-Api-Key", door.key()));
        headers.add(new Header("Proxy-Authorization", "Bearer " + door.key()));
        send(serve, door + " proxied", door.request("POST", door.path, headers, body), true);
        send(serve, door + " got", door.request("GET", door.path, right, body), false);
        if (door.isSigned()) {
          List<Header> forged = door.headers("POST", door.path, body, 1, door.key());
          send(serve, door + " forged", door.request("POST", door.path, forged, body), false);
          send(serve, door + " bare", door.request("POST", door.path, List.of(), body), false);
        }
        if (door.isByPath()) {
          for (String slip : List.of("/", "/x", "x", "%00", "?a=1")) {
            send(
                serve,
                door + " slip " + slip,
                door.request("POST", door.path + slip, right, body),
                false);
          }
        }
      }
    }
    String session =
        Doors.message(8, "CEO")
            .replace(
                "<SessionId xsi:nil=\"true\"/>",
                "<SessionId>" + Doors.secret("ORG_BEARER") + "</SessionId>");
    byte[] message = session.getBytes(UTF_8);
    send(serve, "a session", Door.ORG_MESSAGE.request(message), true);
  }

  private void send(ServeProcess serve, String what, byte[] request, boolean isKept)
      throws IOException {
    try (Wire wire = Wire.to(serve.port())) {
      Answer answer = wire.send(request).answer().orElseThrow();
      if (isKept) {
        assertThat(answer.isKept()).as(what).isTrue();
      }
      found.put("answer: " + what, answer.toString().getBytes(UTF_8));
    }
  }

  /** Goes the way of an install, with a code that the CRM takes and one that it does not. */
  private void install(ServeProcess serve) throws IOException {
    for (int i = 0; i < 2; i++) {
      Answer link = ask(serve.admin("/").getPort(), "POST", "/api/apps/acme/install");
      assertThat(link.status()).as(link.body()).isEqualTo(200);
      String state = link.body().replaceFirst("(?s).*[?&]state=([^&\"]+).*", "$1");
      String code = Doors.secret("ORG_BEARER");
      String path = "/oauth/acme/callback?code=" + code + "&state=" + state;
      found.put("install", ask(serve.port(), "GET", path).toString().getBytes(UTF_8));
    }
  }

  private static Answer ask(int port, String method, String path, String... headers)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1"));
    lines.add("Host: localhost");
    lines.add("Content-Length: 0");
    lines.addAll(List.of(headers));
    try (Wire wire = Wire.to(port)) {
      return wire.send(Wire.request(lines, new byte[0])).answer().orElseThrow();
    }
  }

  /** Every route of the admin port, by both methods, for all that there is and for what is not. */
  private void askEverything(ServeProcess serve) throws IOException {
    int port = serve.admin("/").getPort();
    for (String line : serve.get("/api/openapi.yaml").lines().toList()) {
      var route = ROUTE.matcher(line);
      if (!route.matches()) {
        continue;
      }
      for (String connection : List.of("plain", "hidden", "org", "nobody")) {
        for (int id = 1; id <= (route.group(1).contains("{id}") ? 120 : 3); id += 1) {
          String path =
              route
                  .group(1)
                  .replace("{connection}", connection)
                  .replace("{app}", "acme")
                  .replace("{objectType}", "contact")
                  .replaceAll("\\{[^}]*}", Integer.toString(id));
          for (String method : List.of("GET", "POST")) {
            Answer answer = ask(port, method, path);
            found.merge(
                method + " " + route.group(1),
                answer.toString().getBytes(UTF_8),
                SecretsTest::joined);
          }
          if (!path.contains(Integer.toString(id)) && !route.group(1).contains("{")) {
            break;
          }
        }
      }
    }
    Answer wrong = ask(port, "GET", "/metrics", "Authorization: Bearer " + Doors.secret("WEBSITE"));
    assertThat(wrong.status()).isEqualTo(401);
    found.put("a wrong token", wrong.toString().getBytes(UTF_8));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** The commands that look and print. */
  private void commands(Path manifests) throws Exception {
    String data = "--data=" + folder.resolve("data");
    String from = "--manifests=" + manifests;
    for (List<String> command :
        List.of(
            List.of("check", manifests.toString()),
            List.of("doctor", "plain", from, data),
            List.of("doctor", "org", from, data),
            List.of("setup", "plain", "--dry-run", from, data),
            List.of("deliveries", "list", data),
            List.of("deliveries", "list", "--refused", data),
            List.of("deliveries", "show", "1", data),
            List.of("deliveries", "show", "--refused", "1", data),
            List.of("deliveries", "export", data),
            List.of("replay", "--contact=7", "--connection=plain", data),
            List.of(
                "replay",
                "--send=http://user:" + Doors.secret("HUBSPOT_OLD") + "@127.0.0.1:1",
                from,
                data))) {
      List<String> all = new ArrayList<>();
      all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      all.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
      all.add("-Djava.util.logging.manager=io.leadgauge.cli.LogSetup");
      all.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      all.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
      builder.environment().putAll(Doors.SECRETS);
      builder.environment().put("LEADGAUGE_LOG_LEVEL", "trace");
      Process process = builder.start();
      byte[] printed = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(printed, UTF_8)).as("%s", command).doesNotContain("\tat ");
      found.put("leadgauge " + command.getFirst() + " " + command.get(1), printed);
    }
  }

  private void keep(String what, Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(what + ": " + data.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private void search() {
    Map<String, String> secrets = new TreeMap<>(Doors.SECRETS);
    secrets.remove("ORG_CLIENT"); // The name of an app, which is shown to whoever is asked.
    secrets.put("an access token", ACCESS);
    secrets.put("a refresh token", REFRESH);
    assertThat(found).hasSizeGreaterThan(100);
    List<String> leaks = new ArrayList<>();
    secrets.forEach(
        (name, secret) -> {
          Spellings spellings = new Spellings(name, secret);
          found.forEach(
              (where, bytes) -> {
                boolean may = where.endsWith("admin.json") && name.equals("LEADGAUGE_ADMIN_TOKEN");
                if (!may) {
                  spellings.in(bytes).ifPresent(what -> leaks.add(where + ": " + what));
                }
              });
        });
    assertThat(leaks).isEmpty();
  }

  /** The search finds what is hidden in any of the ways that it knows. */
  @Test
  void search_knowsTheUsualSpellings() {
    Spellings spellings = new Spellings("it", Doors.secret("HUBSPOT_SECRET"));
    String secret = Doors.secret("HUBSPOT_SECRET");
    for (String text :
        List.of(
            "a" + secret + "b",
            secret.substring(7),
            HexFormat.of().formatHex(secret.getBytes(UTF_8)),
            Base64.getEncoder().encodeToString(("x:" + secret).getBytes(UTF_8)),
            Base64.getEncoder().encodeToString(("user:" + secret).getBytes(UTF_8)),
            new String(secret.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1))) {
      assertThat(spellings.in(text.getBytes(StandardCharsets.ISO_8859_1))).as(text).isPresent();
    }
    assertThat(spellings.in("marked-clie".getBytes(UTF_8))).isEmpty();
  }
}
