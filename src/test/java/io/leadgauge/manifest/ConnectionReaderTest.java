package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.leadgauge.Found;
import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.FixedToken;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionReaderTest {
  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: c }
      spec:
        crm: hubspot
        portal: 1
        publicUrl: https://leads.example.com
        api: { base: "http://127.0.0.1:9090", version: v3, timeout: 2s, callsPerTenSeconds: 50 }
        credentials: { accessToken: "${file:token}" }
        webhooks: { secrets: ["${env:NEW}", "${env:OLD}"], token: "${env:PATH_TOKEN}" }
        model: m
        mode: full
        fields: { title: jobtitle, size: { property: numemployees, type: range }, company.size: { property: staff, object: company } }
        lists: { news: { property: interests, includes: newsletter } }
        stages: { property: stage, order: [lead, "229001234"], map: { mql: "229001234" } }
        activities: { form: { at: form_date, attributes: { form: form_name } }, met: { object: meeting, attributes: { outcome: hs_meeting_outcome } } }
        outcomes: { accepted: sales_status, reason: sales_reason, touched: [called], deals: true }
        poll: 5m
        writeBack: { fields: { score: s }, minInterval: 1m, byTimeAlone: { minChange: 1, atMost: 1h } }
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("NEW", "new secret", "OLD", "old secret", "PATH_TOKEN", "path token");

  @TempDir private Path dir = Path.of("");
  private Folder folder = new Folder(dir);

  @BeforeEach
  void writeModel() {
    folder =
        new Folder(dir)
            .model(
                """
                spec:
                  dimensions:
                    fit: { rules: [ { id: a, when: { property: title, present: true }, points: 1 } ] }
                  stages: { mql: { enter: total >= 1 } }
                """)
            .file("models/m/cases.yaml", cases())
            .file("token", " access token\n");
  }

  private static String cases() {
    return """
    apiVersion: leadgauge/v1
    kind: Cases
    metadata: { name: m }
    spec: { at: 2026-11-01, cases: [ { name: none, contact: {}, expect: { total: 0 } } ] }
    """;
  }

  private ConnectionManifest read(String text, Map<String, String> environment) {
    Loaded loaded = folder.file("connections/c.yaml", text).load(environment);
    assertThat(loaded.problems()).isEmpty();
    return Objects.requireNonNull(loaded.catalog().connections().get(new ConnectionId("c")));
  }

  // Workflows

  @Test
  void workflows_sayWhatEachRequestMeans() {
    String workflows =
        """
        , workflows: { signed: { activity: called }, secret: { activity: priced, \
        token: "${env:OLD}", at: "when", contact: { email: who }, attributes: { product: what } } } }
        """;
    String text =
        CONNECTION.replace(
            "token: \"${env:PATH_TOKEN}\" }", "token: \"${env:PATH_TOKEN}\"" + workflows.strip());

    WebhookAccess webhooks = read(text, ENVIRONMENT).connection().webhooks();

    assertThat(webhooks.workflows()).hasSize(2);
    WorkflowHook signed = webhooks.workflow("signed").orElseThrow();
    assertThat(signed.isSigned()).isTrue();
    assertThat(signed.at()).isNull();
    assertThat(signed.contact()).isNull();
    WorkflowHook secret = webhooks.workflow("secret").orElseThrow();
    assertThat(secret.isSigned()).isFalse();
    assertThat(secret.activity()).isEqualTo("priced");
    assertThat(secret.at()).isEqualTo("when");
    assertThat(secret.contact()).isEqualTo("who");
    assertThat(secret.byEmail()).isTrue();
    assertThat(secret.attributes()).containsExactly(entry("product", "what"));
    assertThat(hash(text)).isNotEqualTo(hash(CONNECTION));
    assertThat(hash(text.replace("who", "whom"))).isNotEqualTo(hash(text));
  }

  private String hash(String text) {
    return read(text, ENVIRONMENT).hash();
  }

  // Secrets

  @Test
  void secrets_fromVariablesAndFiles_areFound() {
    ConnectionManifest manifest = read(CONNECTION, ENVIRONMENT);

    assertThat(manifest.connection().webhooks().secrets())
        .map(Secret::reveal)
        .containsExactly("new secret", "old secret");
    assertThat(manifest.connection().webhooks().token()).isNotNull();
    assertThat(manifest.connection().api().token())
        .matches(token -> token.isSame(new FixedToken(Secret.of("access token"))));
  }

  @Test
  void secrets_requiredAndNotThere_areErrors() {
    Loaded loaded =
        folder
            .file("connections/c.yaml", CONNECTION)
            .file("token", "  \n")
            .load(Map.of("NEW", "x", "OLD", ""));

    assertThat(folder.problems(loaded))
        .containsExactly(
            "connections/c.yaml:9:31: ${file:token} cannot be read, or is empty, expected a secret"
                + " there",
            "connections/c.yaml:10:39: ${env:OLD} is not set, expected a secret there",
            "connections/c.yaml:10:61: ${env:PATH_TOKEN} is not set, expected a secret there");
    assertThat(loaded.catalog().connections()).isEmpty();
  }

  @Test
  void apiVersion_ofAMonthThatIsNone_isNamed() {
    String text = CONNECTION.replace("version: v3", "version: 2026-13");
    Loaded loaded = folder.file("token", "t").file("connections/c.yaml", text).load(ENVIRONMENT);
    assertThat(folder.problems(loaded))
        .singleElement()
        .asString()
        .contains("expected a version of the API such as 2026-03 or v3");
  }

  @Test
  void credentials_thatExpire_areKnownTo_andAnInstantThatIsNoneIsNamed() {
    String date = "{ accessToken: \"${file:token}\", expires: %s }";
    String text = CONNECTION.replace("{ accessToken: \"${file:token}\" }", date);
    folder.file("token", "t").file("connections/c.yaml", text.formatted("2027-05-31"));
    assertThat(
            folder
                .load(ENVIRONMENT)
                .catalog()
                .connections()
                .values()
                .iterator()
                .next()
                .connection()
                .api()
                .expiries())
        .extracting(Expiry::at)
        .containsExactly(Instant.parse("2027-05-31T00:00:00Z").toEpochMilli());

    Loaded wrong =
        folder.file("connections/c.yaml", text.formatted("next-spring")).load(ENVIRONMENT);

    assertThat(folder.problems(wrong).toString())
        .contains("connections/c.yaml:9:57: ", "an instant such as 2026-11-01T10:00:00Z");
  }

  @Test
  void secret_writtenOut_isNeverRepeated() {
    String text = CONNECTION.replace("\"${file:token}\"", "pat-na1-written-out");

    Loaded loaded = folder.file("connections/c.yaml", text).load(ENVIRONMENT);

    assertThat(loaded.hasErrors()).isTrue();
    assertThat(folder.problems(loaded).toString())
        .contains("connections/c.yaml:9:31: no reference in accessToken")
        .doesNotContain("written-out");
    assertThat(loaded.catalog().connections()).isEmpty();
  }

  // The hash

  @Test
  void hash_ofTheSameMeaningInOtherLayout_isTheSame() {
    String otherLayout =
        "# a comment\n"
            + CONNECTION
                .replace("portal: 1", "portal: \"1\"")
                .replace("minInterval: 1m", "minInterval: 60s")
                .replace(
                    "title: jobtitle, size: { property: numemployees, type: range }",
                    "size: { type: range, property: numemployees }, title: { property: jobtitle }");

    assertThat(hash(otherLayout)).isEqualTo(hash(CONNECTION)).matches("[0-9a-f]{64}");
  }

  @Test
  void hash_withOtherSecretsInTheSamePlaces_isTheSame() {
    Map<String, String> rotated = Map.of("NEW", "a", "OLD", "b", "PATH_TOKEN", "c");

    assertThat(read(CONNECTION, rotated).hash()).isEqualTo(hash(CONNECTION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          portal: 1                | portal: 2
          leads.example            | mql.example
          version: v3              | version: 2026-03
          timeout: 2s              | timeout: 3s
          Seconds: 50              | Seconds: 51
          127.0.0.1:9090           | 127.0.0.1:9091
          env:OLD                  | env:NEW
          mode: full               | mode: fields
          title: jobtitle          | title: position
          type: range              | type: number
          property: stage          | property: stages
          news:                    | digest:
          property: interests      | property: topics
          includes: newsletter     | includes: news
          [lead, "229001234"]      | [lead, customer, "229001234"]
          mql: "229001234"         | mql: lead
          { property: stage,       | { neverFrom: [lead], property: stage,
          at: form_date            | at: date
          form: form_name          | form: name
          object: company          | object: contact
          object: meeting          | object: call
          object: meeting,         | object: meeting, at: hs_meeting_start_time,
          accepted: sales_status   | accepted: status
          reason: sales_reason,    | reason: why,
          touched: [called]        | touched: [written]
          deals: true              | deals: false
          poll: 5m                 | poll: 6m
          score: s                 | score: t
          score: s                 | reasons: s
          minInterval: 1m          | minInterval: 2m
          minChange: 1             | minChange: 2
          atMost: 1h               | atMost: 2h
          minInterval: 1m          | corrections: 5, minInterval: 1m
          secrets:                 | schemes: [hubspot-v3], secrets:
          """)
  void hash_ofAnotherMeaning_isAnother(String part, String other) {
    String text = CONNECTION.replace(part, other);

    assertThat(text).isNotEqualTo(CONNECTION);
    boolean isDefault = other.startsWith("schemes");
    assertThat(hash(text).equals(hash(CONNECTION))).isEqualTo(isDefault);
  }

  // Addresses

  @ParameterizedTest
  @CsvSource({
    "https://leads.example.com/, https://leads.example.com",
    "https://leads.example.com:8443, https://leads.example.com:8443",
    "http://localhost:8080, http://localhost:8080",
    "'http://[::1]:8080', 'http://[::1]:8080'"
  })
  void publicUrl_safeAndBare_isTaken(String address, String expected) {
    String text = CONNECTION.replace("https://leads.example.com", "\"" + address + "\"");

    assertThat(read(text, ENVIRONMENT).connection().webhooks().publicUrl()).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://leads.example.com",
    "https://leads.example.com/webhooks",
    "https://leads.example.com?x=1",
    "https://user:word@leads.example.com",
    "leads.example.com",
    "https://",
    "'https://leads example.com'"
  })
  void publicUrl_anythingElse_isRefused(String address) {
    String text = CONNECTION.replace("https://leads.example.com", "\"" + address + "\"");

    List<String> problems =
        folder.problems(folder.file("connections/c.yaml", text).load(ENVIRONMENT));

    assertThat(problems).singleElement().asString().startsWith("connections/c.yaml:7:14: ");
  }

  // Several models

  private static final String SALESFORCE =
      CONNECTION
          .replace("crm: hubspot\n  portal: 1\n", "crm: salesforce\n  org: 00Dxx0000001gPFEAY\n")
          .replaceAll(" *api: \\{ base.*\n", "")
          .replaceAll(
              "credentials: .*",
              "credentials: { loginUrl: \"http://127.0.0.1:9090\", clientId: app,"
                  + " clientSecret: \"\\${env:NEW}\" }")
          .replaceAll(
              "webhooks: .*",
              "webhooks: { token: \"\\${env:PATH_TOKEN}\", bearer: [\"\\${env:NEW}\","
                  + " \"\\${env:OLD}\"], messages: { lead: [Title, Email], task: [WhoId] } }")
          .replaceAll(
              "fields: \\{ title.*",
              "fields: { title: Title, size: { lead: NumberOfEmployees, company: NumberOfEmployees,"
                  + " type: number }, country: { lead: Country, contact: MailingCountry } }")
          .replaceAll(
              "stages: .*", "stages: { order: [Open, Working, Closed], map: { mql: Working } }")
          .replace("object: meeting, attributes", "object: campaign_member, attributes")
          .replaceAll("outcomes: .*", "outcomes: { deals: true }");

  @Test
  void salesforce_keepsPersonsInTwoTypes_eachWithNamesOfItsOwn() {
    Connection connection = read(SALESFORCE, ENVIRONMENT).connection();

    assertThat(connection.kind()).isEqualTo(CrmKind.SALESFORCE);
    assertThat(connection.tenant()).isEqualTo("00Dxx0000001gPFEAY");
    assertThat(connection.fields().fields())
        .containsEntry(
            "title", Field.of("Title", FieldType.TEXT, List.of(RecordRef.CONTACT, RecordRef.LEAD)))
        .containsEntry(
            "size",
            Field.of(
                "NumberOfEmployees", FieldType.NUMBER, List.of(RecordRef.LEAD, RecordRef.COMPANY)))
        .containsEntry(
            "country",
            new Field(
                FieldType.TEXT,
                new TreeMap<>(
                    Map.of(RecordRef.LEAD, "Country", RecordRef.CONTACT, "MailingCountry"))));
    StageMap stages = Objects.requireNonNull(connection.models().getFirst().stages());
    assertThat(stages.property()).isEqualTo("Status");
    assertThat(stages.holders()).containsExactly(RecordRef.LEAD);
    assertThat(connection.activities())
        .extracting(ActivityMap::at)
        .containsExactly("form_date", "FirstRespondedDate");
    assertThat(connection.outcomes().of(RecordRef.LEAD))
        .containsExactly("LastActivityDate", "Status");
    assertThat(connection.outcomes().of(RecordRef.CONTACT)).containsExactly("LastActivityDate");
    assertThat(connection.outcomes().records()).containsKey(RecordRef.DEAL);
  }

  @Test
  void salesforce_saysWhoDeliversAndWhatMessagesList() {
    WebhookAccess webhooks = read(SALESFORCE, ENVIRONMENT).connection().webhooks();

    OrgAccess org = Objects.requireNonNull(webhooks.org());
    assertThat(Objects.requireNonNull(webhooks.token()).reveal()).isEqualTo("path token");
    assertThat(webhooks.schemes()).containsExactly(SignatureScheme.STANDARD);
    assertThat(webhooks.secrets()).isEmpty();
    assertThat(org.bearers())
        .extracting(Secret::reveal)
        .containsExactly("new secret", "old secret");
    assertThat(org.certificate()).isNull();
    assertThat(webhooks.messages())
        .containsExactly(
            entry("lead", new TreeSet<>(List.of("Email", "Title"))),
            entry("task", new TreeSet<>(List.of("WhoId"))));
    assertThat(hash(SALESFORCE.replace("[Title, Email]", "[Email, Title]")))
        .isEqualTo(hash(SALESFORCE))
        .isNotEqualTo(hash(SALESFORCE.replace("[Title, Email]", "[Title]")));
  }

  @Test
  void salesforce_signsWithSecretsOfStandardWebhooks() {
    String text = SALESFORCE.replace("messages: {", "secrets: [\"${env:NEW}\"], messages: {");

    assertThat(folder.problems(folder.file("connections/c.yaml", text).load(ENVIRONMENT)))
        .singleElement()
        .asString()
        .startsWith(
            "connections/c.yaml:9:91: no secret of Standard Webhooks: not whsec_ followed by")
        .doesNotContain("new secret");
  }

  @Test
  void salesforce_mayAskForAClientCertificate() {
    String text =
        SALESFORCE.replace(
            "messages: {",
            "clientCertificate: { header: X-Client-Subject, subject: CN=a }, messages: {");

    OrgAccess org = Objects.requireNonNull(read(text, ENVIRONMENT).connection().webhooks().org());

    assertThat(org.certificate()).isEqualTo(new ClientCertificate("X-Client-Subject", "CN=a"));
    assertThat(hash(text)).isNotEqualTo(hash(SALESFORCE));
    assertThat(hash(text.replace("CN=a", "CN=b"))).isNotEqualTo(hash(text));
  }

  @Test
  void salesforce_stagesInAFieldOfTheirOwn_areThoseOfAllPersons() {
    String text = SALESFORCE.replace("stages: {", "stages: { property: Lead_Stage__c,");

    StageMap stages =
        Objects.requireNonNull(read(text, ENVIRONMENT).connection().models().getFirst().stages());

    assertThat(stages.holders()).containsExactlyInAnyOrder(RecordRef.LEAD, RecordRef.CONTACT);
  }

  private static final String SEVERAL =
      CONNECTION
          .replace(
              "model: m\n",
              """
              models:
                  - model: m
                    as: cloud
                    when: { property: title, is: cloud }
                    writeBack: { score: cloud_score }
                    stages: { mql: "229001234" }
                  - { model: m, writeBack: { score: other_score, reasons: other_why } }
              """)
          .replace("map: { mql: \"229001234\" } }", "}")
          .replace("\"229001234\"], }", "\"229001234\"] }")
          .replace("fields: { score: s }, ", "");

  @Test
  void models_several_haveNamesFieldsAndStagesOfTheirOwn() {
    Connection connection = read(SEVERAL, ENVIRONMENT).connection();

    assertThat(connection.modelNames()).containsExactly("cloud", "m");
    ModelUse cloud = connection.models().getFirst();
    assertThat(cloud.model()).isEqualTo("m");
    assertThat(cloud.fields()).containsExactly(entry(Output.SCORE, "cloud_score"));
    assertThat(cloud.stages())
        .isEqualTo(
            new StageMap(
                "stage",
                List.of("lead", "229001234"),
                new TreeMap<>(Map.of("mql", "229001234")),
                new TreeSet<>()));
    assertThat(connection.models().getLast().stages()).isNull();
    assertThat(connection.writeBack().minInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(connection.writeBack().corrections()).isEqualTo(3);
  }

  @Test
  void models_several_areCompiledForThoseWhomEachIsToScore() {
    Map<String, ScoringModel> models = read(SEVERAL, ENVIRONMENT).models();

    assertThat(models).containsOnlyKeys("cloud", "m");
    assertThat(scores(Found.in(models, "cloud"), "Cloud")).isTrue();
    assertThat(scores(Found.in(models, "cloud"), "Hardware")).isFalse();
    assertThat(scores(Found.in(models, "m"), "Hardware")).isTrue();
  }

  private static boolean scores(ScoringModel model, String title) {
    Subject subject = new Subject(Map.of("title", title), List.of(), 0);
    return model.evaluate(subject, Decision.NONE, StageInCrm.NONE, 1).score().scored();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          as: cloud                             | as: clouds                              | false
          is: cloud                             | is: clouds                              | false
          is: cloud                             | is: CLOUD                               | true
          when: { property: title, is: cloud }  | when: { property: title, in: [cloud] }  | true
          score: cloud_score                    | score: clouds_score                     | false
          score: cloud_score                    | label: cloud_score                      | false
          other_why                             | other_whys                              | false
          """)
  void hash_ofSeveralModels_isThatOfTheirMeaning(String part, String other, boolean same) {
    String text = SEVERAL.replace(part, other);

    assertThat(text).isNotEqualTo(SEVERAL);
    Loaded loaded = folder.file("connections/c.yaml", text).load(ENVIRONMENT);
    assertThat(loaded.hasErrors()).as(loaded.problems().toString()).isFalse();
    String hash = Found.in(loaded.catalog().connections(), new ConnectionId("c")).hash();
    assertThat(hash.equals(hash(SEVERAL))).isEqualTo(same);
  }

  @Test
  void guard_unlessTold_isTheUsualOne() {
    assertThat(read(CONNECTION, ENVIRONMENT).connection().guard()).isEqualTo(Guard.DEFAULT);
    String guarded = CONNECTION + "  guard: { contacts: 5, percent: 10 }\n";
    assertThat(read(guarded, ENVIRONMENT).connection().guard()).isEqualTo(new Guard(5, 10));
    assertThat(hash(guarded)).isNotEqualTo(hash(CONNECTION));
    folder.file("connections/c.yaml", CONNECTION + "  guard: { contacts: 5, percent: 101 }\n");
    assertThat(folder.problems(folder.load(ENVIRONMENT)))
        .singleElement()
        .asString()
        .contains("a whole number from 0 to 100");
  }

  // How often we look by ourselves

  private EventTerms events(String told) {
    return read(CONNECTION + "  events: " + told + "\n", ENVIRONMENT).connection().events();
  }

  @Test
  void events_inPart_areAsUsualForTheRest() {
    EventTerms usual = EventTerms.DEFAULT;
    assertThat(read(CONNECTION, ENVIRONMENT).connection().events()).isEqualTo(usual);
    assertThat(events("{ severalWithEmail: oldest }"))
        .isEqualTo(
            new EventTerms(
                usual.sources(),
                SeveralWithEmail.OLDEST,
                usual.names(),
                usual.events(),
                usual.waitFor()));
    assertThat(events("{ waiting: { names: 5, for: 36h } }"))
        .isEqualTo(
            new EventTerms(
                usual.sources(), SeveralWithEmail.ALL, 5, usual.events(), Duration.ofHours(36)));
    assertThat(hash(CONNECTION + "  events: { severalWithEmail: none }\n"))
        .isNotEqualTo(hash(CONNECTION));
    assertThat(hash(CONNECTION + "  events: { severalWithEmail: all }\n"))
        .isEqualTo(hash(CONNECTION));
  }

  private Poll poll(String told) {
    String text = CONNECTION.replace("poll: 5m", "poll: " + told);
    return read(text, ENVIRONMENT).connection().poll();
  }

  @Test
  void poll_asASpan_isThatOfDates_andEachWayHasItsOwn() {
    assertThat(poll("5m")).isEqualTo(Poll.DEFAULT.withDates(Duration.ofMinutes(5)));
    assertThat(poll("{ lookBack: 1h, drift: 2h }"))
        .isEqualTo(new Poll(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(2)));
    assertThat(hash(CONNECTION.replace("poll: 5m", "poll: { dates: 5m, drift: 2h }")))
        .isNotEqualTo(hash(CONNECTION));
  }

  @Test
  void poll_thatIsNoSpan_isRefusedWhereItStands() {
    String text = CONNECTION.replace("poll: 5m", "poll: { lookBack: often, every: 1h }");
    folder.file("connections/c.yaml", text);
    int line = text.substring(0, text.indexOf("poll: {")).split("\n", -1).length;

    assertThat(folder.problems(folder.load(ENVIRONMENT)))
        .hasSize(2)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("connections/c.yaml:" + line + ":")
                    .contains("often", "30d"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("connections/c.yaml:" + line + ":")
                    .contains("every", "dates, lookBack"));
  }
}
