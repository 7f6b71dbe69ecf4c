package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Found;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.PortalNeeds.Use;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.hubspot.HubSpotProject.Access;
import io.leadgauge.model.Output;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project that installs an app: what it asks for and what it subscribes. */
class HubSpotProjectTest {
  private static final URI TARGET = URI.create("https://leads.example.com/webhooks/acme");
  private static final StageMap STAGES =
      new StageMap("lifecyclestage", List.of("lead"), new TreeMap<>(), new TreeSet<>());

  private static PortalNeeds reading(String... properties) {
    List<Read> reads =
        List.of(properties).stream()
            .map(name -> new Read("contact", name, new Use.Value(name, FieldType.TEXT)))
            .toList();
    return new PortalNeeds(
        reads, List.of(new Target("lg_score", Output.SCORE, List.of())), STAGES, false);
  }

  private static JsonNode file(PortalNeeds needs, Access access, String name) {
    return HubSpotStandIn.json(
        Found.in(new HubSpotProject("acme", TARGET, needs, access).files(), name));
  }

  private static List<String> changes(PortalNeeds needs) {
    return file(needs, new Access.StaticToken(), "src/app/webhooks/webhooks-hsmeta.json")
        .at("/config/subscriptions/legacyCrmObjects")
        .findValuesAsText("propertyName");
  }

  @Test
  void staticApp_hasNoRedirect_andOAuthAppHasOneAndTheOauthScope() {
    JsonNode fixed = file(reading("email"), new Access.StaticToken(), "src/app/app-hsmeta.json");
    JsonNode many =
        file(
            reading("email"),
            new Access.OAuth(URI.create("https://leads.example.com/oauth/callback"), List.of()),
            "src/app/app-hsmeta.json");

    assertThat(fixed.at("/config/auth/type").asText()).isEqualTo("static");
    assertThat(fixed.at("/config/auth").has("redirectUrls")).isFalse();
    assertThat(fixed.at("/config/auth/requiredScopes")).hasSize(3);
    assertThat(many.at("/config/auth/type").asText()).isEqualTo("oauth");
    assertThat(many.at("/config/auth/redirectUrls/0").asText())
        .isEqualTo("https://leads.example.com/oauth/callback");
    assertThat(many.at("/config/auth/requiredScopes/0").asText()).isEqualTo("oauth");
    assertThat(many.at("/config/auth/requiredScopes")).hasSize(4);
  }

  @Test
  void oauthApp_thatNamesItsScopes_requiresThese() {
    Access access =
        new Access.OAuth(
            URI.create("https://leads.example.com/x"),
            List.of("oauth", "crm.objects.contacts.read"));

    assertThat(file(reading("email"), access, "src/app/app-hsmeta.json").toString())
        .contains("\"requiredScopes\":[\"oauth\",\"crm.objects.contacts.read\"]");
  }

  @Test
  void changes_areOfWhatIsReadAndTheStage_neverOfWhatIsWritten() {
    assertThat(changes(reading("email", "lg_score", "jobtitle")))
        .containsExactly("email", "jobtitle", "lifecyclestage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "num_unique_conversion_events",
        "hs_lastmodifieddate",
        "recent_conversion_date",
        "num_conversion_events",
        "hs_calculated_form_submissions"
      })
  void property_thatHubSpotSendsNoEventOf_isNotSubscribedButNamed(String property) {
    assertThat(changes(reading(property))).containsExactly("lifecyclestage");
    assertThat(
            new HubSpotProject("a", TARGET, reading(property), new Access.StaticToken()).unsent())
        .containsExactly(property);
  }

  @Test
  void longName_isCutToWhatHubSpotTakes() {
    HubSpotProject project =
        new HubSpotProject("a".repeat(63), TARGET, reading(), new Access.StaticToken());

    assertThat(
            HubSpotStandIn.json(Found.in(project.files(), "hsproject.json")).path("name").asText())
        .hasSize(64);
  }

  @Test
  void text_isJsonWithOneLineForEachSubscription() {
    String text =
        Found.in(
            new HubSpotProject("acme", TARGET, reading("email"), new Access.StaticToken()).files(),
            "src/app/webhooks/webhooks-hsmeta.json");

    assertThat(text.lines().filter(line -> line.contains("subscriptionType")))
        .hasSize(8)
        .allMatch(line -> line.strip().matches("\\{ .* }?},?"));
  }
}
