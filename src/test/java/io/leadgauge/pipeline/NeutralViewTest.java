package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Secret;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.ScoringModel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutralViewTest {
  private static final RecordRef CONTACT =
      new RecordRef(new ConnectionId("acme"), RecordRef.CONTACT, "1");

  private static final ConnectionScope SCOPE =
      new ConnectionScope(connection(), "m", Map.of("m", model()));

  /** Reads a list that the connection knows, one that it does not know, and a date. */
  private static ScoringModel model() {
    Condition any =
        new Condition.Any(
            List.of(
                new Condition.Listed("news"),
                new Condition.Listed("unknown"),
                new Condition.Aged("renewal", 0L, null)));
    Rule rule = new Rule.OnProperty("a", any, 1_000_000, null);
    return ScoringModel.of(
        new ModelDefinition(
            "m",
            null,
            List.of(),
            List.of(new Dimension("fit", null, null, 1_000_000, List.of(rule))),
            0,
            100_000_000,
            List.of(),
            List.of(),
            null,
            List.of(),
            List.of()));
  }

  private static Connection connection() {
    Secret secret = Secret.of("s");
    return new Connection(
        new ConnectionId("acme"),
        CrmKind.HUBSPOT,
        "1",
        new WebhookAccess(URI.create("https://leads.example"), Set.of(), List.of(secret), null),
        new ApiAccess(URI.create("https://api.example"), "v3", secret, Duration.ofSeconds(1), 1),
        List.of(new ModelUse("m", "m", Map.of(), null)),
        Mode.SHADOW,
        new FieldMap(
            new TreeMap<>(
                Map.of(
                    "renewal", Field.of("until", FieldType.INSTANT, List.of(RecordRef.CONTACT))))),
        new TreeMap<>(Map.of("news", new ListMap("interests", "newsletter"))),
        List.of(),
        Outcomes.NONE,
        Poll.DEFAULT,
        new WriteBack(Duration.ZERO, 1, Duration.ZERO),
        Guard.DEFAULT);
  }

  private static Map<String, String> properties(String property, String value) {
    RecordState unknown = RecordState.unknown(CONTACT, 1);
    Fact fact = new Fact.Assigned(CONTACT, property, new Stamp(5, SourceRank.EVENT, value));
    RecordState known = unknown.withFacts(unknown.facts().join(List.of(fact)).facts(), 0, 1);
    return NeutralView.subject(SCOPE, ContactView.of(SCOPE, known, ref -> Optional.empty()))
        .properties();
  }

  @Test
  void list_isNeededByTheNameOfItsProperty() {
    assertThat(SCOPE.needed()).contains("interests", "until").doesNotContain("list:news");
  }

  @ParameterizedTest
  @CsvSource({"webinars;Newsletter, true", "webinars, false", "'', false"})
  void list_whosePropertyIsKnown_isAMembershipOrNone(String interests, String member) {
    assertThat(properties("interests", interests)).isEqualTo(Map.of("list:news", member));
  }

  @Test
  void list_whosePropertyIsUnknown_isMissing() {
    assertThat(properties("other", "newsletter")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1793534400000, 2026-11-01T12:00:00Z",
    "2026-11-01, 2026-11-01T00:00:00Z",
    "2026-11-01T13:00:00+01:00, 2026-11-01T12:00:00Z",
    "in spring, in spring"
  })
  void date_inAnySpelling_isAnInstantThatModelsRead(String raw, String read) {
    assertThat(properties("until", raw)).isEqualTo(Map.of("renewal", read));
  }
}
