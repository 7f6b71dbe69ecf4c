package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.RecordRef;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.store.KeptInTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an org has delivered, given away and sent again. */
class SendOrgTest {
  private static final String BEARER = "a-bearer-token-of-callouts";
  private static final String CALLOUT =
      """
      {"object":"Lead","id":"00Qxx0000004C92EAE","systemModstamp":"2026-11-01T10:00:00.000Z",
       "fields":{"LastName":"Smith","Email":"ann.smith@acme.example","Title":"VP Sales",
         "MobilePhone":"+49 170 5550123","Country":"Germany","NumberOfEmployees":"5000",
         "Address":{"City":"Bonn","Street":"1 Elm Street"}}}
      """;

  @TempDir Path folder;

  private Installation started(Org org, Map<String, String> secrets, String data) {
    Loaded loaded = Manifests.load(org.manifests, SecretSource.of(secrets, org.manifests));
    assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
    return Installation.start(
        loaded.catalog(), Installation.Settings.local(folder.resolve(data)), new SystemClockwork());
  }

  private String run(Map<String, String> secrets, Org org, String... arguments) {
    return SendTest.run(0, secrets, org.manifests, folder.resolve("data"), arguments);
  }

  private static int post(Installation serve, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serve.port() + path))
            .header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client
          .send(
              request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n    clientCertificate: { header: X-Subject, subject: CN=org }"})
  void messagesAndCallouts_areSentAgain_andWithPseudonymsDecodeAlike(String certificate)
      throws IOException, InterruptedException {
    Map<String, String> secrets = new HashMap<>(Org.SECRETS);
    secrets.put("BEARER", BEARER);
    try (Org org =
        Org.start(
            folder.resolve("manifests"), SalesforceOptions.defaults(), new SystemClockwork())) {
      org.edit("mode: full", "mode: shadow");
      org.edit("    token:", "    bearer: [\"${env:BEARER}\"]\n    token:");
      try (Installation serve = started(org, secrets, "data")) {
        org.subscribe(serve.port());
        org.create(5);
        Await.until("all is told", org::allTold);
        assertThat(post(serve, "/webhooks/org", CALLOUT, "Authorization", "Bearer " + BEARER))
            .isEqualTo(204);
      }
      String person = org.persons().values().iterator().next().getOrDefault("Email", "");
      assertThat(person).contains("@");
      if (!certificate.isEmpty()) {
        org.edit("    token:", certificate.substring(1) + "\n    token:");
      }
      Path key = Files.writeString(folder.resolve("key"), "cd".repeat(32));
      Path capture = folder.resolve("capture.jsonl");
      run(secrets, org, "deliveries", "export", "--pseudonyms=" + key, "--ids", "--out=" + capture);
      String told = Files.readString(capture);
      org.persons()
          .values()
          .forEach(
              fields ->
                  List.of("Email", "LastName", "Phone", "Company")
                      .forEach(
                          field ->
                              assertThat(told)
                                  .doesNotContain(
                                      ">" + fields.getOrDefault(field, "-none-") + "<")));
      assertThat(told)
          .doesNotContain(person, "ann.smith", "Smith", "5550123", "Bonn", "Elm Street")
          .doesNotContain("00Qxx0000004C92EAE")
          .contains("VP Sales", "Germany", "00Dxx0000001gPFEAY", "notifications");

      try (Installation again = started(org, secrets, "again");
          Installation other = started(org, secrets, "other")) {
        assertThat(run(secrets, org, "replay", "--send=http://127.0.0.1:" + again.port()))
            .contains("200: ")
            .contains("204: 1");
        RecordRef lead = new RecordRef(Org.ID, "lead", "00Qxx0000004C92EAE");
        assertThat(again.reader().load(lead).orElseThrow().facts().value("Email"))
            .isEqualTo("ann.smith@acme.example");
        run(secrets, org, "replay", "--send=http://127.0.0.1:" + other.port(), "--from=" + capture);
        assertThat(KeptInTests.newest(other.reader(), null))
            .hasSameSizeAs(KeptInTests.newest(again.reader(), null))
            .allMatch(line -> line.quarantined() == null && line.noted() == 0);
        assertThat(other.reader().load(lead)).isEmpty();
        assertThat(new String(Files.readAllBytes(capture), UTF_8))
            .doesNotContain(Org.TOKEN, BEARER);
      }
    }
  }
}
