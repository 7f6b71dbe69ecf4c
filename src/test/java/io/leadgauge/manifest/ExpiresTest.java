package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.NoToken;
import io.leadgauge.model.ConnectionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Until when manifests say that secrets are good, wherever they name some. */
class ExpiresTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("S", "a secret", "W", "whsec_" + "QUFB".repeat(11), "KEY", "0f".repeat(32));

  private static final String HUBSPOT =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: acme }
      spec:
        crm: hubspot
        portal: "1"
        publicUrl: https://leads.example.com
        credentials: { accessToken: "${env:S}", expires: 2027-01-01 }
        webhooks: { secrets: ["${env:S}"], expires: 2027-01-02 }
        model: m
        fields: { title: jobtitle }
      """;

  private static final String ORG =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: org }
      spec:
        crm: salesforce
        org: 00Dxx0000001gPFEAY
        publicUrl: https://leads.example.com
        credentials: { loginUrl: "https://acme.my.salesforce.com", clientId: x, clientSecret: "${env:S}", expires: 2027-02-01 }
        webhooks: { token: "${env:S}", expires: 2027-02-02 }
        model: m
        fields: { title: Title }
      """;

  private static final String APP =
      """
      apiVersion: leadgauge/v1
      kind: App
      metadata: { name: agency }
      spec:
        crm: hubspot
        publicUrl: https://leads.example.com
        oauth: { clientId: x, clientSecret: "${env:S}", scopes: [oauth], tokenKeys: ["${env:KEY}"], expires: 2027-03-01 }
        webhooks: { secrets: ["${env:S}"], expires: 2027-03-02 }
        model: m
        fields: { title: jobtitle }
      """;

  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: web }
      spec:
        connection: acme
        secrets: ["${env:W}"]
        expires: 2027-04-01T12:00:00+02:00
      """;

  @TempDir private Path dir = Path.of("");
  private Folder folder = new Folder(dir);

  @BeforeEach
  void write() {
    folder =
        new Folder(dir)
            .model(
                """
                spec:
                  dimensions: { fit: { rules: [{ id: r, when: { property: title, is: x }, points: 1 }] } }
                """)
            .file("connections/acme.yaml", HUBSPOT)
            .file("connections/org.yaml", ORG)
            .file("apps/agency.yaml", APP)
            .file("sources/web.yaml", SOURCE);
  }

  private Catalog catalog() {
    Loaded loaded = folder.load(ENVIRONMENT);
    assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
    return loaded.catalog();
  }

  private static ConnectionManifest connection(Catalog catalog, String name) {
    ConnectionId id = new ConnectionId(name);
    return Objects.requireNonNull(catalog.connections().get(id)).fedBy(catalog.feeding(id));
  }

  private static AppManifest app(Catalog catalog) {
    return Objects.requireNonNull(catalog.apps().get(new ConnectionId("agency")));
  }

  private static SortedMap<String, String> expiries(Connection connection) {
    SortedMap<String, String> all = new TreeMap<>();
    for (Expiry one : connection.expiries()) {
      assertThat(one.cure()).contains("set expires beside them");
      all.put(one.subject(), Instant.ofEpochMilli(one.at()).toString());
    }
    return all;
  }

  @Test
  void expires_isReadWhereverSecretsAre() {
    Catalog catalog = catalog();
    assertThat(expiries(connection(catalog, "acme").connection()))
        .containsOnly(
            entry("credentials", "2027-01-01T00:00:00Z"),
            entry("webhook secrets", "2027-01-02T00:00:00Z"),
            entry("webhook secrets of the source web", "2027-04-01T10:00:00Z"));
    assertThat(expiries(connection(catalog, "org").connection()))
        .containsOnly(
            entry("credentials", "2027-02-01T00:00:00Z"),
            entry("webhook secrets", "2027-02-02T00:00:00Z"));
    assertThat(expiries(app(catalog).in("77", new NoToken("none")).connection()))
        .containsOnly(
            entry("credentials", "2027-03-01T00:00:00Z"),
            entry("webhook secrets", "2027-03-02T00:00:00Z"));
  }

  /** Nobody is scored again for it, and the client goes on. */
  @Test
  void expires_putOff_isNoOtherVersionOfAnything() {
    Catalog before = catalog();
    folder
        .file("connections/acme.yaml", HUBSPOT.replace("2027", "2028"))
        .file("connections/org.yaml", ORG.replaceAll(", expires: [-0-9]*", ""))
        .file("apps/agency.yaml", APP.replace("2027", "2028"))
        .file("sources/web.yaml", SOURCE.replace("2027", "2028"));
    Catalog after = catalog();
    for (String name : List.of("acme", "org")) {
      ConnectionManifest then = connection(before, name);
      ConnectionManifest now = connection(after, name);
      assertThat(now.hash()).as(name).isEqualTo(then.hash());
      assertThat(now.connection().isCalledLike(then.connection())).as(name).isTrue();
      assertThat(expiries(now.connection())).isNotEqualTo(expiries(then.connection()));
    }
    assertThat(app(after).hash()).isEqualTo(app(before).hash());
  }

  @ParameterizedTest
  @CsvSource({
    "2027-01-01, connections/acme.yaml:8:52",
    "2027-01-02, connections/acme.yaml:9:47",
    "2027-02-01, connections/org.yaml:8:110",
    "2027-02-02, connections/org.yaml:9:43",
    "2027-03-01, apps/agency.yaml:7:104",
    "2027-03-02, apps/agency.yaml:8:47",
    "2027-04-01T12:00:00+02:00, sources/web.yaml:7:12"
  })
  void expires_thatIsNoInstant_isNamedWithItsPlace(String date, String place) {
    folder
        .file("connections/acme.yaml", HUBSPOT.replace(date, "next-spring"))
        .file("connections/org.yaml", ORG.replace(date, "next-spring"))
        .file("apps/agency.yaml", APP.replace(date, "next-spring"))
        .file("sources/web.yaml", SOURCE.replace(date, "next-spring"));

    assertThat(folder.problems(folder.load(ENVIRONMENT)))
        .filteredOn(line -> line.contains("next-spring"))
        .containsExactly(
            place + ": \"next-spring\", expected an instant such as 2026-11-01T10:00:00Z");
  }
}
