package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.FixedToken;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedManifestsTest {
  private static final Path SHIPPED = Path.of("manifests");

  @TempDir private Path dir = Path.of("");

  @Test
  void shippedFolder_loaded_hasNoProblem() {
    Loaded loaded = Manifests.load(SHIPPED, SecretSource.none());

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.catalog().models()).containsKey("b2b-saas");
    assertThat(loaded.catalog().connections()).isEmpty();
  }

  @Test
  void shippedModels_theirCasesRun_allPass() {
    Loaded loaded = Manifests.load(SHIPPED, SecretSource.none());

    for (ModelManifest model : loaded.catalog().models().values()) {
      assertThat(model.cases()).as(model.model().name()).hasSizeGreaterThanOrEqualTo(8);
      for (Case one : model.cases()) {
        assertThat(one.run(model)).as(one.name()).isEmpty();
        assertThat(one.expectations()).as(one.name()).isNotEmpty();
      }
    }
  }

  @Test
  void shippedModel_everyRule_isShownByACase() {
    Loaded loaded = Manifests.load(SHIPPED, SecretSource.none());
    ModelManifest model = Objects.requireNonNull(loaded.catalog().models().get("b2b-saas"));

    List<String> shown =
        model.cases().stream()
            .flatMap(one -> one.expectations().stream())
            .map(expectation -> expectation.what().replace("contributions.", ""))
            .toList();
    List<String> rules =
        model.definition().dimensions().stream()
            .flatMap(dimension -> dimension.rules().stream())
            .map(rule -> rule.id())
            .toList();
    assertThat(shown).containsAll(rules);
  }

  private Folder withExample() throws IOException {
    return new Folder(dir)
        .file(
            "models/b2b-saas/model.yaml",
            Files.readString(SHIPPED.resolve("models/b2b-saas/model.yaml")))
        .file(
            "models/b2b-saas/cases.yaml",
            Files.readString(SHIPPED.resolve("models/b2b-saas/cases.yaml")))
        .file("connections/hubspot.yaml", example());
  }

  private static String example() throws IOException {
    return Files.readString(SHIPPED.resolve("examples/hubspot.yaml"));
  }

  @Test
  void example_withoutItsSecrets_isInOrderAndWaits() throws IOException {
    Loaded loaded = withExample().load();

    assertThat(loaded.hasErrors()).isFalse();
    assertThat(loaded.waiting()).containsExactly(new ConnectionId("hubspot"));
    assertThat(new Folder(dir).problems(loaded))
        .containsExactly(
            "connections/hubspot.yaml:15:31: note: ${env:HUBSPOT_ACCESS_TOKEN} is not set",
            "connections/hubspot.yaml:16:25: note: ${env:HUBSPOT_CLIENT_SECRET} is not set");
  }

  @Test
  void example_withItsSecrets_resolvesToAConnection() throws IOException {
    Loaded loaded =
        withExample()
            .load(Map.of("HUBSPOT_ACCESS_TOKEN", "token", "HUBSPOT_CLIENT_SECRET", "secret"));

    assertThat(loaded.problems()).isEmpty();
    ConnectionManifest manifest =
        Objects.requireNonNull(loaded.catalog().connections().get(new ConnectionId("hubspot")));
    assertThat(manifest.text()).isEqualTo(example());
    checkWhole(manifest.connection());
    checkNames(manifest.connection());
  }

  /** Visits and clicks are told by a website, if somebody sets one up: until then check says so. */
  @Test
  void salesforceExample_isInOrder_andWaitsForItsSecretsAndAWebsite() throws IOException {
    Folder folder =
        new Folder(dir)
            .file(
                "models/b2b-saas/model.yaml",
                Files.readString(SHIPPED.resolve("models/b2b-saas/model.yaml")))
            .file(
                "models/b2b-saas/cases.yaml",
                Files.readString(SHIPPED.resolve("models/b2b-saas/cases.yaml")))
            .file(
                "connections/salesforce.yaml",
                Files.readString(SHIPPED.resolve("examples/salesforce.yaml")));

    Loaded loaded = folder.load();

    assertThat(loaded.waiting()).containsExactly(new ConnectionId("salesforce"));
    assertThat(new Folder(dir).problems(loaded))
        .allMatch(problem -> problem.contains("is not set") || problem.contains("is starved"))
        .hasSize(7);
    folder.file(
        "sources/website.yaml",
        Files.readString(SHIPPED.resolve("examples/website.yaml"))
            .replace("connection: hubspot", "connection: salesforce")
            .replaceFirst("(?s)  types:.*", ""));
    assertThat(new Folder(dir).problems(folder.load()))
        .allMatch(problem -> problem.contains("is not set"));
  }

  private static void checkWhole(Connection connection) {
    assertThat(connection.kind()).isEqualTo(CrmKind.HUBSPOT);
    assertThat(connection.tenant()).isEqualTo("12345678");
    assertThat(connection.modelNames()).containsExactly("b2b-saas");
    assertThat(connection.mode()).isEqualTo(Mode.SHADOW);
    assertThat(connection.poll()).isEqualTo(Poll.DEFAULT);
    assertThat(connection.api().base()).isEqualTo(URI.create("https://api.hubapi.com"));
    assertThat(connection.api().version()).isEqualTo("2026-03");
    assertThat(connection.api().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(connection.api().callsPerTenSeconds()).isEqualTo(100);
    assertThat(connection.api().token())
        .matches(token -> token.isSame(new FixedToken(Secret.of("token"))));
    assertThat(connection.webhooks().publicUrl())
        .isEqualTo(URI.create("https://leads.example.com"));
    assertThat(connection.webhooks().schemes()).containsExactly(SignatureScheme.HUBSPOT_V3);
    assertThat(connection.webhooks().secrets()).hasSize(1);
    assertThat(connection.webhooks().secrets().getFirst().reveal()).isEqualTo("secret");
    assertThat(connection.webhooks().token()).isNull();
  }

  private static void checkNames(Connection connection) {
    assertThat(connection.fields().fields())
        .containsEntry("title", Field.of("jobtitle", FieldType.TEXT, List.of(RecordRef.CONTACT)))
        .containsEntry(
            "company.employees",
            Field.of("numemployees", FieldType.RANGE, List.of(RecordRef.CONTACT)))
        .containsEntry(
            "emailOptOut",
            Field.of("hs_email_optout", FieldType.BOOLEAN, List.of(RecordRef.CONTACT)))
        .hasSize(6);
    StageMap stages = Objects.requireNonNull(connection.models().getFirst().stages());
    assertThat(stages.property()).isEqualTo("lifecyclestage");
    assertThat(stages.order()).startsWith("subscriber", "lead").hasSize(8);
    assertThat(stages.values()).containsOnly(Map.entry("mql", "marketingqualifiedlead"));
    assertThat(stages.neverFrom()).containsExactly("customer", "evangelist", "other");
    assertThat(connection.activities())
        .contains(
            new ActivityMap(
                "form_submission",
                "recent_conversion_date",
                new TreeMap<>(Map.of("form", "recent_conversion_event_name"))))
        .hasSize(4);
    assertThat(connection.models().getFirst().fields())
        .containsEntry(Output.SCORE, "leadgauge_score")
        .containsKeys(Output.values());
    assertThat(connection.writeBack().minInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(connection.writeBack().minChange()).isEqualTo(5);
    assertThat(connection.writeBack().atMost()).isEqualTo(Duration.ofHours(24));
  }
}
