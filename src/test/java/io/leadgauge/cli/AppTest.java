package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.TokenSource;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.DataFolderBytes;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app that several portals install: a real server and file, a stand-in for HubSpot. */
class AppTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @TempDir Path folder;

  private AppHouse start() throws IOException {
    return new AppHouse(folder, "2026-03");
  }

  private static Optional<RecordState> contact(AppHouse house, String portal, String id) {
    return house.serve.reader().load(RecordRef.contact(AppHouse.connection(portal), id));
  }

  private static String country(AppHouse house, String portal, String id) {
    return contact(house, portal, id).map(one -> one.facts().value("country")).orElse("");
  }

  /** Reads wait for company, so time has to pass. */
  private static void awaitRead(AppHouse house, String portal, String id) {
    Await.until(
        "contact " + id + " of portal " + portal + " is read",
        () -> {
          house.clock.advance(10);
          return country(house, portal, id).equals("country-of-" + portal);
        });
  }

  /** That a portal has shut the app out shows when it is called. */
  private static void awaitEnd(AppHouse house, String portal) {
    Await.until(
        "portal " + portal + " is no longer served",
        () -> {
          house.clock.advance(10);
          return !house.isServed(portal);
        });
  }

  // --- portals beside each other ---

  /** One request for both, and the one that hangs has a hundred times as much in it. */
  @Test
  void portalWhoseCallsHang_delaysNoOther() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.install("222");
      house.hubSpot.hang("111");
      int before = house.hubSpot.calls("111");
      List<String> events = new ArrayList<>();
      for (int id = 1; id <= 100; id++) {
        events.add(house.event("111", id, "occupation", "Other"));
      }
      events.add(house.event("222", 7, "occupation", "Other"));
      assertThat(house.deliver("acme", "[" + String.join(",", events) + "]")).isEqualTo(204);
      Await.until(
          "the calls of 111 hang",
          () -> {
            house.clock.advance(10);
            return house.hubSpot.calls("111") > before;
          });
      awaitRead(house, "222", "7");
      house.deliver("acme", "[" + house.event("222", 8, "occupation", "Other") + "]");
      awaitRead(house, "222", "8");
      assertThat(country(house, "111", "1")).isEmpty();
    }
  }

  // --- installing ---

  @ParameterizedTest
  @ValueSource(strings = {"2026-03", "v3"})
  void install_makesAConnectionInShadow(String version) throws IOException {
    try (AppHouse house = new AppHouse(folder, version)) {
      String link = house.link();
      Map<String, String> query = ManyPortals.form(link.substring(link.indexOf('?') + 1));
      assertThat(link)
          .startsWith(house.hubSpot.base() + "/oauth/authorize?")
          .contains("scope=oauth%20crm.objects.contacts.read%20crm.objects.contacts.write")
          .doesNotContain("+", ManyPortals.CLIENT_SECRET);
      assertThat(query)
          .containsEntry("redirect_uri", "https://leads.example.com/oauth/acme/callback")
          .containsEntry("code_challenge_method", "S256");
      assertThat(query.get("state")).hasSizeGreaterThanOrEqualTo(43);

      HttpResponse<String> page = house.browse(house.hubSpot.letIn(link, "111"));

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("Leadgauge is installed");
      assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      house.checkLink();
      assertThat(house.told("111").path("state").asText()).isEqualTo("installed");
      assertThat(house.told("111").path("trouble").asText()).isEmpty();
      assertThat(mode(house, "111")).isEqualTo(Mode.SHADOW);
    }
  }

  @Test
  void install_answerWithoutThePortal_isAskedOfTheAccount() throws IOException {
    try (AppHouse house = new AppHouse(folder, "v1")) {
      house.hubSpot.tellNoPortal();
      assertThat(house.install("111").statusCode()).isEqualTo(200);
      assertThat(house.isServed("111")).isTrue();
    }
  }

  @Test
  void portal_withAModeOfItsOwn_beginsWithIt() throws IOException {
    try (AppHouse house = start()) {
      house.install("222");
      assertThat(mode(house, "222")).isEqualTo(Mode.FIELDS);
    }
  }

  @Test
  void callback_stateThatNobodyAskedFor_orUsedTwice_orTooLate_installsNothing() throws IOException {
    try (AppHouse house = start()) {
      String callback = house.hubSpot.letIn(house.link(), "111");
      HttpResponse<String> forged =
          house.browse(callback.replaceFirst("state=[^&]+", "state=%3Cscript%3E"));
      assertThat(forged.statusCode()).isEqualTo(400);
      assertThat(forged.body()).doesNotContain("script", "111", "code");
      assertThat(house.isServed("111")).isFalse();

      assertThat(house.browse(callback).statusCode()).isEqualTo(200);
      HttpResponse<String> again = house.browse(callback);
      assertThat(again.statusCode()).isEqualTo(400);
      assertThat(again.body()).contains("This link was used before");

      String late = house.hubSpot.letIn(house.link(), "222");
      house.clock.advance(Duration.ofMinutes(10));
      assertThat(house.browse(late).statusCode()).isEqualTo(400);
      assertThat(house.isServed("222")).isFalse();
    }
  }

  /** The code of one link with the state of another: somebody else's consent slipped in. */
  @Test
  void callback_codeOfAnotherLink_isRefusedByItsProof() throws IOException {
    try (AppHouse house = start()) {
      String mine = house.hubSpot.letIn(house.link(), "111");
      String theirs = house.hubSpot.letIn(house.link(), "666");
      String mixed = theirs.replaceFirst("state=.*", mine.substring(mine.indexOf("state=")));

      HttpResponse<String> page = house.browse(mixed);

      assertThat(page.statusCode()).isEqualTo(400);
      assertThat(house.isServed("666")).isFalse();
      assertThat(house.isServed("111")).isFalse();
    }
  }

  @Test
  void callback_ofAPersonWhoDeclines_orOfNoApp_orByPost_installsNothing() throws IOException {
    try (AppHouse house = start()) {
      String state = ManyPortals.form(house.link().split("\\?", 2)[1]).get("state");
      String callback = "https://leads.example.com/oauth/acme/callback";
      HttpResponse<String> declined =
          house.browse(callback + "?error=access_denied&state=" + state);
      assertThat(declined.body()).contains("did not agree");
      assertThat(house.browse(callback + "?code=x&state=" + state).statusCode()).isEqualTo(400);
      assertThat(house.browse(callback.replace("acme", "other") + "?code=x").statusCode())
          .isEqualTo(404);
      assertThat(house.raw("/oauth/acme/callback?code=%zz&state=%")).contains(" 400 ");
      assertThat(house.raw("/oauth/acme/callback")).contains(" 400 ");
      assertThat(house.browse("https://leads.example.com/oauth/acme").statusCode()).isEqualTo(404);
      assertThat(TestTerminal.plain().run("install", "other", "--data=" + house.data)).isEqualTo(2);
    }
  }

  @Test
  void callback_hubSpotDown_saysSoAndMayBeTriedWithANewLink() throws IOException {
    try (AppHouse house = start()) {
      house.hubSpot.failTokens(1);
      HttpResponse<String> page = house.install("111");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Retry-After")).isPresent();
      assertThat(house.install("111").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void install_outlastsARestart() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.restart();
      assertThat(house.isServed("111")).isTrue();
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
      assertThat(house.hubSpot.refreshes("111")).isEqualTo(1);
    }
  }

  // --- deliveries ---

  /** Shows 7 of the issue on HubSpot. */
  @Test
  void twoPortalsThroughOneApp_eventsMixedInOneDelivery_anUnknownPortalAmongThem()
      throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.install("222");
      String unknown = house.event("999", 5, "occupation", "Of a stranger");
      String ofFirst = house.event("111", 5, "occupation", "Öffentlich, \\\"eins\\\"");
      String second = house.event("222", 5, "occupation", "Housewife");
      String third = house.event("111", 6, "occupation", "Student");
      String body = "[ " + String.join(" ,\n", ofFirst, second, unknown, third, "{}") + "]\n";

      assertThat(house.deliver("acme", body)).isEqualTo(204);
      assertThat(house.deliver("acme", body)).isEqualTo(204);

      awaitRead(house, "222", "5");
      awaitRead(house, "111", "6");
      assertThat(contact(house, "111", "5").orElseThrow().facts().value("occupation"))
          .isEqualTo("Öffentlich, \"eins\"");
      assertThat(contact(house, "222", "5").orElseThrow().facts().value("occupation"))
          .isEqualTo("Housewife");
      assertThat(contact(house, "222", "6")).isEmpty();
      assertThat(contact(house, "999", "5")).isEmpty();

      assertThat(texts(house, "acme-111")).containsOnly("[" + ofFirst + "," + third + "]");
      assertThat(texts(house, "acme-222")).containsOnly("[" + second + "]");
      assertThat(house.deliveries("acme-111")).allMatch(line -> line.noted() == 0);
      List<JournalLine> kept = house.deliveries("acme-999");
      assertThat(kept).hasSize(2);
      assertThat(kept.getFirst().quarantined()).contains("not installed");
      assertThat(texts(house, "acme-999")).containsOnly("[" + unknown + "]");
      assertThat(house.deliveries("acme").getFirst().quarantined()).contains("no portal");
      assertThat(texts(house, "acme")).containsOnly("[{}]");
      assertThat(metrics(house))
          .contains("journal_quarantined_total{connection=\"acme\",reason=\"unserved\"} 4");
    }
  }

  private static List<String> texts(AppHouse house, String connection) {
    return house.deliveries(connection).stream()
        .map(line -> KeptInTests.text(house.serve.reader(), line.sequence()))
        .toList();
  }

  private static String metrics(AppHouse house) throws IOException {
    try (var in =
        java.net
            .URI
            .create("http://127.0.0.1:" + house.serve.adminPort() + "/metrics")
            .toURL()
            .openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void delivery_ofOnePortal_isKeptToTheByte_andThatCannotBeRead_isKeptToo() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      String body = "[ " + house.event("111", 5, "occupation", "Other") + "\n]";
      assertThat(house.deliver("acme", body)).isEqualTo(204);
      assertThat(texts(house, "acme-111")).containsExactly(body);
      assertThat(house.deliver("acme", "{\"not\":")).isEqualTo(204);
      assertThat(texts(house, "acme")).containsExactly("{\"not\":");
      assertThat(house.deliveries("acme").getFirst().quarantined()).contains("JSON");
    }
  }

  @Test
  void delivery_signedWrong_orPastTheApp_isRefused() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      String body = "[" + house.event("111", 5, "occupation", "Other") + "]";
      assertThat(house.deliver("acme", body, "another-secret")).isEqualTo(401);
      assertThat(house.deliver("acme-111", body)).isEqualTo(404);
      assertThat(house.deliveries("acme-111")).isEmpty();
    }
  }

  // --- tokens ---

  @Test
  void fiftyThreads_whoseTokenHasEnded_makeOneRefresh() throws Exception {
    try (AppHouse house = start()) {
      house.install("111");
      TokenSource source = house.installs().find(AppHouse.connection("111")).orElseThrow().token();
      for (int round = 1; round <= 3; round++) {
        house.hubSpot.answerTokensAfter(200);
        house.clock.advance(HALF_AN_HOUR);
        Set<String> tokens = askedByFifty(source);
        assertThat(tokens).hasSize(1).doesNotContain("");
        assertThat(house.hubSpot.refreshes("111")).isEqualTo(round);
      }
    }
  }

  private static Set<String> askedByFifty(TokenSource source) throws Exception {
    CountDownLatch ready = new CountDownLatch(50);
    List<Future<String>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      for (int i = 0; i < 50; i++) {
        asked.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return source.ask() instanceof TokenSource.Live live ? live.token().reveal() : "";
                }));
      }
      List<String> tokens = new ArrayList<>();
      for (Future<String> one : asked) {
        tokens.add(one.get());
      }
      return tokens.stream().collect(Collectors.toSet());
    }
  }

  @Test
  void tokenThatHubSpotRefusesBeforeItsEnd_isRefreshedOnce_andTheCallMadeAgain()
      throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
      assertThat(house.hubSpot.refreshes("111")).isZero();
      house.hubSpot.revokeAccess();
      house.deliver("acme", "[" + house.event("111", 6, "occupation", "Other") + "]");
      awaitRead(house, "111", "6");
      assertThat(house.hubSpot.refreshes("111")).isEqualTo(1);
      assertThat(house.told("111").path("state").asText()).isEqualTo("installed");
    }
  }

  @Test
  void refreshToken_thatIsReplacedEachTime_isKeptBeforeItIsUsed() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      for (int round = 1; round <= 4; round++) {
        house.clock.advance(HALF_AN_HOUR);
        TokenSource source =
            house.installs().find(AppHouse.connection("111")).orElseThrow().token();
        Await.until("there is a token", () -> source.ask() instanceof TokenSource.Live);
        house.restart();
      }
      assertThat(house.told("111").path("state").asText()).isEqualTo("installed");
    }
  }

  /** What HubSpot has given is kept, whoever asked for it is stopped meanwhile. */
  @Test
  void refreshUnderWay_whenServeStops_isKept() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      for (int round = 0; round < 3; round++) {
        house.hubSpot.answerTokensAfter(300);
        house.clock.advance(HALF_AN_HOUR);
        TokenSource source =
            house.installs().find(AppHouse.connection("111")).orElseThrow().token();
        int before = house.hubSpot.refreshes("111");
        List<Thread> asking = new ArrayList<>();
        Await.until(
            "asked",
            () -> {
              asking.add(Thread.ofVirtual().start(source::ask));
              return house.hubSpot.refreshes("111") > before;
            });
        asking.forEach(Thread::interrupt);
        house.restart();
        assertThat(house.told("111").path("state").asText()).isEqualTo("installed");
      }
      house.hubSpot.answerTokensAfter(0);
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
    }
  }

  @Test
  void keys_replaced_openOldTokensAndSealAnew_lost_sayWhichIsMissing() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      String before = house.serve.reader().installs().getFirst().token().keyId();
      Path app = house.manifests.resolve("apps/acme.yaml");
      String text = Files.readString(app);
      house.environment.put("NEW_KEY", "ab".repeat(32));
      Files.writeString(
          app,
          text.replace(
              "[\"${env:LEADGAUGE_TOKEN_KEY}\"]",
              "[\"${env:NEW_KEY}\", \"${env:LEADGAUGE_TOKEN_KEY}\"]"));
      house.restart();
      Await.until(
          "sealed anew",
          () -> !house.serve.reader().installs().getFirst().token().keyId().equals(before));
      Files.writeString(app, text.replace("LEADGAUGE_TOKEN_KEY", "NEW_KEY"));
      house.restart();
      assertThat(house.told("111").path("trouble").asText()).isEmpty();
      Files.writeString(app, text);
      house.restart();
      assertThat(house.told("111").path("trouble").asText())
          .contains(house.serve.reader().installs().getFirst().token().keyId(), "tokenKeys");
      assertThat(house.deliver("acme", "[" + house.event("111", 5, "occupation", "X") + "]"))
          .isEqualTo(204);
      assertThat(contact(house, "111", "5")).isPresent();
    }
  }

  @Test
  void secrets_standInNoFileLogOrAnswer() throws IOException {
    try (AppHouse house = start();
        ToldLog told = new ToldLog()) {
      StringBuilder answers = new StringBuilder();
      String callback = house.hubSpot.letIn(house.link(), "111");
      answers.append(house.browse(callback).body()).append(house.browse(callback).body());
      house.clock.advance(HALF_AN_HOUR);
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
      house.hubSpot.shutOut("111");
      house.clock.advance(HALF_AN_HOUR);
      house.deliver("acme", "[" + house.event("111", 6, "occupation", "Other") + "]");
      awaitEnd(house, "111");
      answers.append(AdminAddress.ask(house.data, "/api/apps").orElseThrow());
      answers.append(AdminAddress.ask(house.data, "/health/ready").orElseThrow());
      answers.append(metrics(house));
      assertThat(house.hubSpot.refreshes("111")).isEqualTo(2);

      List<String> secrets = new ArrayList<>(house.hubSpot.secrets());
      secrets.addAll(List.of(ManyPortals.CLIENT_SECRET, AppHouse.KEY));
      secrets.add(callback.substring(callback.indexOf("state=") + 6));
      secrets.add(ManyPortals.FILLER.substring(0, 20));
      assertThat(told.text()).contains("shut acme out").doesNotContain(secrets);
      assertThat(answers.toString()).doesNotContain(secrets);
      assertThat(secrets).noneMatch(secret -> isInAnyFile(house, secret));
    }
  }

  // --- uninstalling ---

  @Test
  void portalThatHasShutTheAppOutSinceABackup_isSetAsideAgainAtTheFirstCall() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
      String file = folder.resolve("file").toString();
      Commands.run(house.clock, ExitCode.DONE, "backup", file, "--data=" + house.data);
      house.hubSpot.shutOut("111");
      house.clock.advance(HALF_AN_HOUR);
      house.deliver("acme", "[" + house.event("111", 6, "occupation", "Other") + "]");
      awaitEnd(house, "111");

      int refreshes = house.hubSpot.refreshes("111");
      house.restartAfter(
          () -> Commands.run(house.clock, ExitCode.DONE, "restore", file, "--data=" + house.data));
      awaitEnd(house, "111");
      assertThat(house.hubSpot.refreshes("111")).isGreaterThan(refreshes);
      assertThat(AdminAddress.ask(house.data, "/health/ready").orElseThrow().toString())
          .contains("uninstalled in this portal, erased at 2026-");
    }
  }

  @Test
  void portalThatShutsTheAppOut_isCalledNoMore_keptForItsTime_thenErased() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.install("222");
      house.deliver("acme", both(house, 5));
      awaitRead(house, "111", "5");
      awaitRead(house, "222", "5");
      house.hubSpot.shutOut("111");
      house.clock.advance(HALF_AN_HOUR);
      house.deliver("acme", both(house, 6));
      awaitEnd(house, "111");
      int calls = house.hubSpot.calls("111");
      int refreshes = house.hubSpot.refreshes("111");
      assertThat(metrics(house))
          .contains("oauth_grants_total{app=\"acme\",grant=\"refresh\",outcome=\"gone\"} 1");

      assertThat(house.deliver("acme", both(house, 7))).isEqualTo(204);
      assertThat(house.deliveries("acme-111").getFirst().quarantined()).contains("uninstalled");
      awaitRead(house, "222", "7");
      assertThat(house.hubSpot.calls("111")).isEqualTo(calls);
      assertThat(house.hubSpot.refreshes("111")).isEqualTo(refreshes);
      house.restart();
      assertThat(house.isServed("111")).isFalse();
      assertThat(contact(house, "111", "5")).isPresent();
      assertThat(AdminAddress.ask(house.data, "/health/ready").orElseThrow().toString())
          .contains("portal acme-111", "uninstalled in this portal, erased at 2026-");

      assertThat(isInAnyFile(house, "country-of-111")).isTrue();
      house.clock.advance(Duration.ofDays(30));
      Await.until("erased", () -> house.told("111").isMissingNode());
      assertThat(contact(house, "111", "5")).isEmpty();
      assertThat(house.deliveries("acme-111")).isEmpty();
      assertThat(contact(house, "222", "5")).isPresent();
      assertThat(house.deliveries("acme-222")).isNotEmpty();
      assertThat(rows(house, "acme-111")).isNotEmpty().containsOnly("journal erased");
      assertThat(orphans(house)).isEmpty();
      Await.until(
          "no byte of it is in any file",
          () -> {
            house.clock.advance(10);
            return !isInAnyFile(house, "country-of-111");
          });
      assertThat(isInAnyFile(house, "country-of-222")).isTrue();
      house.restart();
      assertThat(house.deliver("acme", both(house, 8))).isEqualTo(204);

      assertThat(house.install("111").statusCode()).isEqualTo(200);
      house.deliver("acme", both(house, 5));
      awaitRead(house, "111", "5");
    }
  }

  private static boolean isInAnyFile(AppHouse house, String text) {
    return !DataFolderBytes.find(house.data, text).isEmpty();
  }

  /** Returns where anything of a connection stands, by every table that there is. */
  private static List<String> rows(AppHouse house, String connection) {
    List<String> found = new ArrayList<>();
    for (String table : query(house, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
      List<String> columns = query(house, "SELECT name FROM pragma_table_info('" + table + "')");
      String what = columns.contains("kind") && table.equals("journal") ? "kind" : "''";
      if (columns.contains("connection")) {
        query(
                house,
                "SELECT " + what + " FROM " + table + " WHERE connection = '" + connection + "'")
            .forEach(kind -> found.add(table + " " + kind));
      }
    }
    found.addAll(query(house, "SELECT portal FROM app_install WHERE portal = '111'"));
    return found;
  }

  /** Returns the tables with rows that hang on a record that is no more. */
  private static List<String> orphans(AppHouse house) {
    List<String> found = new ArrayList<>();
    for (String table : query(house, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
      List<String> columns = query(house, "SELECT name FROM pragma_table_info('" + table + "')");
      if (columns.contains("record")) {
        query(house, "SELECT 1 FROM " + table + " WHERE record NOT IN (SELECT id FROM record)")
            .forEach(row -> found.add(table));
      }
    }
    return found;
  }

  private static List<String> query(AppHouse house, String sql) {
    List<String> found = new ArrayList<>();
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + house.data.resolve("leadgauge.db"));
        ResultSet rows = file.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String both(AppHouse house, long contact) {
    return "["
        + house.event("111", contact, "occupation", "Other")
        + ","
        + house.event("222", contact, "occupation", "Other")
        + "]";
  }

  @Test
  void portalThatLetsTheAppInAgain_beforeItIsErased_isTakenBack() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
      house.hubSpot.shutOut("111");
      house.clock.advance(HALF_AN_HOUR);
      house.deliver("acme", "[" + house.event("111", 6, "occupation", "Other") + "]");
      awaitEnd(house, "111");
      house.hubSpot.letInAgain("111");
      house.clock.advance(Duration.ofDays(30));
      Await.until("served again", () -> house.isServed("111"));
      assertThat(contact(house, "111", "5")).isPresent();
    }
  }

  @Test
  void portalThatShutsTheAppOut_andInstallsItAnew_goesOn() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.hubSpot.shutOut("111");
      house.clock.advance(HALF_AN_HOUR);
      house.deliver("acme", "[" + house.event("111", 6, "occupation", "Other") + "]");
      awaitEnd(house, "111");
      assertThat(house.install("111").statusCode()).isEqualTo(200);
      assertThat(house.isServed("111")).isTrue();
      house.deliver("acme", "[" + house.event("111", 6, "occupation", "Other") + "]");
      awaitRead(house, "111", "6");
      house.clock.advance(Duration.ofDays(31));
      house.deliver("acme", "[" + house.event("111", 7, "occupation", "Other") + "]");
      awaitRead(house, "111", "7");
    }
  }

  // --- manifests that change ---

  @Test
  void modeOfOnePortal_changed_isTakenOverForItAlone() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.install("222");
      Path app = house.manifests.resolve("apps/acme.yaml");
      String text = Files.readString(app);
      Files.writeString(app, text.replace("\"222\": { mode: fields }", "\"111\": { mode: full }"));
      reload(house);
      Await.until("111 is full", () -> mode(house, "111") == Mode.FULL);
      Await.until("222 is as all others", () -> mode(house, "222") == Mode.SHADOW);
      TestTerminal versions = TestTerminal.plain();
      assertThat(versions.run("versions", "acme", "--data=" + house.data)).isZero();
      assertThat(versions.out().lines().filter(line -> line.contains("acme"))).hasSize(2);

      TestTerminal back = TestTerminal.plain();
      assertThat(
              back.run(
                  "rollback", "acme", "--manifests=" + house.manifests, "--data=" + house.data))
          .as(back.err())
          .isZero();
      assertThat(Files.readString(app)).isEqualTo(text);
    }
  }

  private static Mode mode(AppHouse house, String portal) {
    return house
        .serve
        .pipeline()
        .scopes()
        .find(AppHouse.connection(portal))
        .orElseThrow()
        .connection()
        .mode();
  }

  private static void reload(AppHouse house) {
    JsonNode told = AdminAddress.tell(house.data, "/api/manifests/reload").orElseThrow();
    assertThat(told.path("refusal").asText("")).isIn("", "null");
  }

  @Test
  void appThatIsTakenAway_keepsItsPortals_andServesThemWhenPutBack() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      Path app = house.manifests.resolve("apps/acme.yaml");
      String text = Files.readString(app);
      Files.delete(app);
      Files.writeString(
          house.manifests.resolve("apps/other.yaml"),
          text.replace("name: acme", "name: other").replace("222", "333"));
      reload(house);
      assertThat(house.deliver("acme", "[]")).isEqualTo(404);
      assertThat(house.isServed("111")).isFalse();
      assertThat(house.told("111").path("trouble").asText()).contains("no manifest");
      assertThat(house.deliver("other", "[" + house.event("111", 1, "occupation", "X") + "]"))
          .isEqualTo(204);
      assertThat(house.deliveries("other-111").getFirst().quarantined()).contains("not installed");
      Files.writeString(app, text);
      reload(house);
      assertThat(house.isServed("111")).isTrue();
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Other") + "]");
      awaitRead(house, "111", "5");
    }
  }

  @Test
  void portalThatAConnectionServesAlready_isNotServedTwice() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.environment.put("TOKEN", "of-another-app");
      Path own = house.manifests.resolve("connections/own.yaml");
      Files.createDirectories(own.getParent());
      Files.writeString(
          own,
          Files.readString(Path.of("src/test/resources/leads/connections/school.yaml"))
              .replace("name: school", "name: own")
              .replace("44237313", "111")
              .replace("@API@", house.hubSpot.base())
              .replace("@VERSION@", "2026-03")
              .replace("env:SECRET", "env:CLIENT_SECRET"));
      house.restart();
      assertThat(house.isServed("111")).isFalse();
      assertThat(house.told("111").path("trouble").asText())
          .contains("the connection own serves this portal");
      assertThat(house.deliver("acme", "[" + house.event("111", 5, "occupation", "X") + "]"))
          .isEqualTo(204);
      assertThat(house.deliveries("acme-111").getFirst().quarantined()).contains("own serves");
    }
  }

  @Test
  void appThatIsRefusedItself_uninstallsNothing() throws IOException {
    try (AppHouse house = start()) {
      house.install("111");
      house.environment.put("CLIENT_SECRET", "wrong");
      house.restart();
      house.clock.advance(HALF_AN_HOUR);
      TokenSource source = house.installs().find(AppHouse.connection("111")).orElseThrow().token();
      assertThat(source.ask()).isInstanceOf(TokenSource.None.class).asString().contains("client");
      assertThat(house.installs().find(AppHouse.connection("111")).orElseThrow().gone()).isEmpty();
      assertThat(house.told("111").path("state").asText()).isEqualTo("installed");
    }
  }
}
