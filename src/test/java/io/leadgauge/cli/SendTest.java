package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.leadgauge.Await;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.store.DueWork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries sent again over HTTP. */
class SendTest {
  /** {@code -Dsend.measure=true -Dsend.deliveries=100000} prints how fast they are sent. */
  private static final boolean MEASURED = Boolean.getBoolean("send.measure");

  @TempDir Path folder;

  /** Sends to a server of the same manifests; returns what was printed. */
  static String send(Shop shop, Installation to, String... more) {
    return send(0, shop, "http://127.0.0.1:" + to.port(), more);
  }

  static String send(int code, Shop shop, String address, String... more) {
    List<String> all = new ArrayList<>(List.of("replay", "--send=" + address));
    all.addAll(Arrays.asList(more));
    return run(code, shop.environment, shop.manifests, shop.data, all.toArray(String[]::new));
  }

  /** Runs a command on a real clock; returns what it printed, once it has ended like this. */
  static String run(
      int code, Map<String, String> environment, Path manifests, Path data, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    if (all.getFirst().equals("replay")) {
      all.add("--manifests=" + manifests);
    }
    all.add("--data=" + data);
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            out,
            out,
            environment,
            new SystemClockwork(),
            false);
    int ended = Main.run(terminal, all.toArray(String[]::new));
    assertThat(ended).as(told.toString()).isEqualTo(code);
    return told.toString();
  }

  private static String event(int number, String contact, String property, String value, long at) {
    return ("{'eventId':%d,'portalId':44237313,'occurredAt':%d,'objectId':%s,"
            + "'subscriptionType':'contact.propertyChange','propertyName':'%s',"
            + "'propertyValue':'%s'}")
        .formatted(number, at, contact, property, value);
  }

  /** Contacts that change again and again, and do things, as lines of a capture. */
  private static Path life(Path folder, int deliveries, List<String> contacts) throws IOException {
    long start = 1_769_081_993_375L;
    Path file = folder.resolve("life.jsonl");
    try (Writer lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < deliveries; i++) {
        int which = (i * 7 + i / 40) % contacts.size();
        String contact = contacts.get(which);
        String next = contacts.get((which + 1) % contacts.size());
        String email = "u" + which + "@acme.example";
        String body =
            switch (i % 4) {
              case 0 -> "[" + event(i, contact, "email", email, start + i) + "]";
              case 1 ->
                  "["
                      + event(i, contact, "jobtitle", i % 3 == 0 ? "CEO" : "Clerk", start + i)
                      + ","
                      + event(i, next, "city", "city " + i % 5, start + i / 2)
                      + "]";
              case 2 ->
                  ("{'contact':{'email':'%s','anonymousId':'v%d'},'type':'page_view',"
                          + "'at':'2026-09-01T10:%02d:00Z',"
                          + "'attributes':{'url':'https://x.example/pricing?n=%d'}}")
                      .formatted(email, which, i % 60, i);
              default -> "{'address':'" + email + "','when':" + (start + i) + "}";
            };
        String path = List.of("main", "main", "website", "main/priced").get(i % 4);
        String line = "{'path':'/webhooks/" + path + "','headers':{},'body':" + body + "}\n";
        lines.write(line.replace('\'', '"'));
      }
    }
    return file;
  }

  /** Creates contacts in the CRM, and returns their ids; nobody is told of them. */
  private static List<String> contacts(Shop shop, int count) {
    List<String> all = new ArrayList<>();
    for (int from = 0; from < count; from += 100) {
      List<String> some = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + 100); i++) {
        some.add("{'properties':{'email':'u" + i + "@acme.example'}}");
      }
      JsonNode made =
          shop.post("/_sandbox/contacts", "{'contacts':[" + String.join(",", some) + "]}");
      made.path("ids").forEach(id -> all.add(id.asText()));
    }
    return all;
  }

  /** Returns all facts of all records, and the scores of the contacts, once all are read. */
  private static Map<String, String> facts(Installation serve, List<String> contacts) {
    Await.until(
        "all are read",
        Duration.ofMinutes(10),
        () -> serve.reader().countDue(Shop.MAIN, DueWork.FETCH, Due.NEVER) == 0);
    Map<String, String> facts = new TreeMap<>();
    for (int i = 0; i < contacts.size(); i++) {
      for (RecordRef ref :
          List.of(
              RecordRef.contact(Shop.MAIN, contacts.get(i)),
              RecordRef.emailAddress(Shop.MAIN, "u" + i + "@acme.example"),
              RecordRef.visitor(Shop.MAIN, "v" + i))) {
        serve.reader().load(ref).ifPresent(state -> facts.put(ref.toString(), shown(state)));
      }
    }
    return facts;
  }

  private static String shown(RecordState state) {
    return state.facts().canonical()
        + state.standings().values().stream().map(Standing::outputs).toList();
  }

  @Test
  void deliveries_inOrder_shuffledOrTwice_giveTheSameFactsAndPoints() throws IOException {
    try (Shop shop = new Shop(folder, "shadow")) {
      int count = Integer.getInteger("send.deliveries", 800);
      List<String> contacts = contacts(shop, count / 10);
      Path life = life(folder, count, contacts);
      assertThat(send(shop, shop.serve, "--from=" + life, "--concurrency=64"))
          .contains("204: " + count);
      Map<String, String> expected = facts(shop.serve, contacts);
      assertThat(expected).hasSizeGreaterThan(contacts.size());
      assertThat(expected.values()).anyMatch(one -> one.contains("SCORE=2"));
      String[] shuffled = {"--order=shuffled", "--seed=7", "--times=2", "--concurrency=64"};
      String[][] ways = MEASURED ? new String[][] {shuffled} : new String[][] {{}, shuffled};
      for (String[] way : ways) {
        Path data = Files.createTempDirectory(folder, "empty");
        try (Installation other = shop.started(data)) {
          int sent = way.length == 0 ? count : 2 * count;
          String told = send(shop, other, way);
          if (MEASURED) {
            System.out.println(Arrays.toString(way) + "\n" + told);
          }
          assertThat(told).contains(sent + " sent and answered").contains("204: " + sent);
          assertThat(facts(other, contacts)).as(Arrays.toString(way)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void secret_thatIsMissing_isNamed_andOthersAreNotNeeded() throws IOException {
    try (Shop shop = new Shop(folder)) {
      shop.website(
          "{'contact':{'email':'a@acme.example'},'type':'page_view','at':'2026-09-01T10:00:00Z'}");
      shop.environment.remove("TOKEN");
      assertThat(send(shop, shop.serve)).contains("204: 1");
      shop.environment.remove("WEBSITE");
      assertThat(send(2, shop, "http://127.0.0.1:" + shop.serve.port()))
          .contains("what is sent to website is missing: ${env:WEBSITE}");
    }
  }

  @Test
  void capture_fromElsewhere_isSentToAWholeAddress_andItsMistakesAreNamed() throws IOException {
    try (Shop shop = new Shop(folder)) {
      Path file = folder.resolve("capture.jsonl");
      String minimal =
          "{\"headers\":{},\"body\":["
              + event(1, "77", "jobtitle", "CEO", 1_769_081_993_375L).replace('\'', '"')
              + "]}\n\n";
      Files.writeString(file, minimal);
      String hook = "http://127.0.0.1:" + shop.serve.port() + "/webhooks/main";
      assertThat(send(0, shop, hook, "--from=" + file)).contains("204: 1");
      RecordState state =
          shop.serve.reader().load(RecordRef.contact(Shop.MAIN, "77")).orElseThrow();
      assertThat(state.facts().value("jobtitle")).isEqualTo("CEO");
      String base = "http://127.0.0.1:" + shop.serve.port();
      assertThat(send(2, shop, base, "--from=" + file)).contains("does not say whom it is for");
      assertThat(send(0, shop, base, "--from=" + file, "--connection=main")).contains("204: 1");
      assertThat(send(1, shop, hook, "--from=" + file, "--sign-as=https://other.example"))
          .contains("401: 1")
          .contains("the first 401: {\"error\"");

      Files.writeString(file, minimal + "{\"headers\":{},\"body\":1}\n");
      assertThat(send(2, shop, hook, "--from=" + file)).contains(file + ":3: it has no body");
      Files.writeString(file, minimal + "{\"headers\":{},\"body\":\n");
      assertThat(send(2, shop, hook, "--from=" + file))
          .contains(file + ":3: it is not JSON at col");
      Files.writeString(file, minimal + "{\"boddy\":\"\"}\n");
      assertThat(send(2, shop, hook, "--from=" + file)).contains(file + ":3: unknown key boddy");
    }
  }

  @Test
  void receiver_thatIsFull_isWaitedFor_andNobodyIsSaidPlainly() throws IOException {
    try (Shop shop = new Shop(folder)) {
      Path life = life(folder, 8, List.of("1", "2", "3", "4"));
      send(shop, shop.serve, "--from=" + life);
      AtomicInteger asked = new AtomicInteger();
      ConcurrentLinkedQueue<Integer> atOnce = new ConcurrentLinkedQueue<>();
      AtomicInteger now = new AtomicInteger();
      HttpServer full =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      full.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      full.createContext(
          "/",
          exchange -> {
            atOnce.add(now.incrementAndGet());
            exchange.getRequestBody().readAllBytes();
            int number = asked.incrementAndGet();
            boolean first = number <= 3;
            exchange.getResponseHeaders().add("Retry-After", "1");
            byte[] body = "no room".getBytes(StandardCharsets.UTF_8);
            now.decrementAndGet();
            exchange.sendResponseHeaders(
                first ? 503 : number == 8 ? 418 : 204, first ? body.length : -1);
            if (first) {
              exchange.getResponseBody().write(body);
            }
            exchange.close();
          });
      full.start();
      String address = "http://127.0.0.1:" + full.getAddress().getPort();
      String told = send(1, shop, address, "--concurrency=3", "--format=json");
      JsonNode json = new ObjectMapper().readTree(told.substring(told.indexOf("{\n")));
      assertThat(json.path("sent").asInt()).isEqualTo(8);
      assertThat(json.at("/answers/204").asInt()).isEqualTo(7);
      assertThat(json.path("answers").has("418")).isTrue();
      assertThat(json.path("waits").asInt()).isEqualTo(3);
      assertThat(atOnce).allMatch(one -> one <= 3);
      full.stop(0);
      assertThat(send(2, shop, address)).contains("nobody answers at " + address);
    }
  }

  @Test
  void options_saidWrongly_tellHow() throws IOException {
    try (Shop shop = new Shop(folder)) {
      String address = "http://127.0.0.1:" + shop.serve.port();
      assertThat(send(0, shop, address)).contains("No deliveries to send.");
      assertThat(send(2, shop, address, "--connection=other"))
          .contains("no connection other was ever served from here; known: main");
      assertThat(send(2, shop, "ftp://x")).contains("expected an address such as http://");
      assertThat(send(2, shop, address, "--speed=fast")).contains("expected recorded, max, or");
      assertThat(send(2, shop, address, "--times=0")).contains("expected 1 to 1000");
      assertThat(send(2, shop, address, "--concurrency=0")).contains("expected 1 to 256");
      shop.website(
          "{'contact':{'email':'a@acme.example'},'type':'page_view','at':'2026-09-01T10:00:00Z'}");
      assertThat(send(2, shop, address, "--seed=3")).contains("--seed goes with --order shuffled");
    }
  }
}
