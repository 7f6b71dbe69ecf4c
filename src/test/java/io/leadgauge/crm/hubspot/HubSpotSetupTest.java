package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.PortalNeeds.Use;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Output;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Set up before a portal that a test makes up; every request is held against the descriptions. */
class HubSpotSetupTest {
  private static final List<Target> TARGETS =
      List.of(
          new Target("lg_score", Output.SCORE, List.of()),
          new Target("lg_label", Output.LABEL, List.of("hot", "cold")),
          new Target("lg_why", Output.REASONS, List.of()));

  private static final Vertx VERTX = Vertx.vertx();

  private final HubSpotStandIn hubSpot = new HubSpotStandIn();
  private final PortalStandIn portal = new PortalStandIn().with("email", "string");
  private final HubSpotAdapter adapter = new HubSpotAdapter(VERTX, HandClock.leaping());

  @AfterEach
  void stop() {
    try {
      hubSpot.assertRequestsKeepToTheContract();
    } finally {
      hubSpot.close();
    }
  }

  @AfterAll
  static void stopVertx() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  private static PortalNeeds needs(List<Read> reads, @Nullable StageMap stages) {
    return new PortalNeeds(reads, TARGETS, stages, false);
  }

  private static Read read(String property, Use use) {
    return new Read("contact", property, use);
  }

  private List<Finding> look(PortalNeeds needs) {
    return run("v3", needs, false, false);
  }

  private List<Finding> make(PortalNeeds needs) {
    return run("2026-03", needs, false, true);
  }

  private List<Finding> run(String version, PortalNeeds needs, boolean adds, boolean makes) {
    hubSpot.answer(portal::answer);
    try (HubSpotSetup setup =
        adapter.setUp(
            Connections.to(hubSpot.base(), version, "acme", PortalStandIn.ID), needs, adds)) {
      List<Finding> found = setup.look();
      return makes ? setup.make() : found;
    }
  }

  private static Finding of(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(finding -> finding.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError(subject + " in " + findings));
  }

  // ---- access

  @Test
  void tokenOfAnotherPortal_endsTheLookThere() {
    hubSpot.answer(portal::answer);
    try (HubSpotSetup setup =
        adapter.setUp(
            Connections.to(hubSpot.base(), "v3", "acme", "12"), needs(List.of(), null), false)) {
      List<Finding> findings = setup.look();

      assertThat(of(findings, "portal").detail()).contains("4711", "12");
      assertThat(of(findings, "portal").cure()).contains("portal: \"4711\"");
      assertThat(hubSpot.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/crm/objects/contacts, crm.objects.contacts.read",
    "/crm/objects/contacts/batch/update, crm.objects.contacts.write",
    "/crm/properties/contacts/batch/create, crm.schemas.contacts.write"
  })
  void missingScope_isNamedAndNothingIsMade(String path, String scope) {
    portal.shut.add(path);

    List<Finding> findings = make(needs(List.of(), null));

    assertThat(of(findings, scope).verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(of(findings, scope).cure()).contains("requiredScopes");
    assertThat(findings).filteredOn(finding -> finding.verdict() == Verdict.PROBLEM).hasSize(1);
    assertThat(portal.made).isEmpty();
  }

  @Test
  void scopes_areOnlyThoseThatAreNeeded() {
    List<Finding> findings = look(new PortalNeeds(List.of(), List.of(), null, false));

    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly("token", "portal", "crm.objects.contacts.read");
  }

  @Test
  void scopes_ofCompaniesDealsEmailsAndOwners_areTriedByCallsThatHubSpotKnows() {
    List<Read> reads =
        List.of("company", "deal", "email").stream()
            .map(type -> new Read(type, "name", new Use.Value("x", FieldType.TEXT)))
            .toList();
    for (String version : List.of("v3", "2026-03")) {
      List<Finding> findings =
          run(version, new PortalNeeds(reads, TARGETS, null, true), false, false);

      assertThat(findings)
          .filteredOn(finding -> finding.detail().startsWith("granted"))
          .extracting(Finding::subject)
          .contains(
              "crm.objects.companies.read",
              "crm.objects.deals.read",
              "crm.objects.owners.read",
              "sales-email-read");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "-2, OK", "-45, WARNING", "290, PROBLEM", "-3600, PROBLEM"})
  void clock_isHeldAgainstHubSpots(long secondsAhead, Verdict verdict) {
    Instant theirs = Instant.ofEpochMilli(HandClock.START).minusSeconds(secondsAhead);
    portal.date = DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC));

    assertThat(of(look(needs(List.of(), null)), "clock").verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon"})
  void clock_thatHubSpotDoesNotTell_isNotJudged(String date) {
    portal.date = date;

    assertThat(look(needs(List.of(), null))).extracting(Finding::subject).doesNotContain("clock");
  }

  @Test
  void outage_isUnknownAndNothingIsMade() {
    portal.shut.clear();
    hubSpot.answer(HubSpotStandIn.answered(503, "{}"));
    try (HubSpotSetup setup =
        adapter.setUp(
            Connections.to(hubSpot.base(), "v3", "acme", "4711"), needs(List.of(), null), false)) {
      assertThat(setup.look())
          .singleElement()
          .extracting(Finding::verdict)
          .isEqualTo(Verdict.UNKNOWN);
      assertThat(setup.make()).hasSize(1);
    }
  }

  // ---- what is read

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "string, -, TEXT, OK",
        "number, -, NUMBER, OK",
        "string, -, NUMBER, WARNING",
        "bool, -, NUMBER, PROBLEM",
        "enumeration, 1-5|5-25|1000+, NUMBER, PROBLEM",
        "enumeration, 1-5|5-25|1000+, RANGE, OK",
        "enumeration, 1-5|many, RANGE, WARNING",
        "number, -, RANGE, OK",
        "date, -, RANGE, PROBLEM",
        "bool, -, BOOLEAN, OK",
        "enumeration, true|false, BOOLEAN, OK",
        "enumeration, red|green, BOOLEAN, PROBLEM",
        "string, -, BOOLEAN, WARNING",
        "datetime, -, INSTANT, OK",
        "date, -, INSTANT, OK",
        "string, -, INSTANT, WARNING",
        "bool, -, INSTANT, PROBLEM"
      })
  void property_isReadAsItsTypeAllows(
      String type, @Nullable String options, FieldType as, Verdict verdict) {
    portal.with("p", type, options == null ? new String[0] : options.split("\\|", -1));

    Finding finding = of(look(needs(List.of(read("p", new Use.Value("size", as))), null)), "p");

    assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
    assertThat(finding.cure().isEmpty()).isEqualTo(verdict == Verdict.OK);
  }

  @Test
  void property_thatIsNotThere_isNamedWithWhatReadsIt() {
    Finding finding =
        of(
            look(needs(List.of(read("gone", new Use.Value("title", FieldType.TEXT))), null)),
            "gone");

    assertThat(finding.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(finding.cure()).contains("title");
  }

  @Test
  void activity_needsADate_andAListItsItem() {
    portal.with("last_form", "string").with("news", "enumeration", "Weekly", "daily");

    List<Finding> findings =
        look(
            needs(
                List.of(
                    read("last_form", new Use.Moment("form")),
                    read("news", new Use.Membership("weekly")),
                    read("news", new Use.Membership("hourly"))),
                null));

    assertThat(of(findings, "last_form").verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(findings)
        .filteredOn(finding -> finding.subject().equals("news"))
        .extracting(Finding::verdict)
        .containsExactlyInAnyOrder(Verdict.OK, Verdict.PROBLEM);
  }

  @Test
  void sensitiveProperty_isToldToBeHidden() {
    portal.withMore("salary", "number", "'dataSensitivity':'sensitive'");

    Finding finding =
        of(
            look(needs(List.of(read("salary", new Use.Value("s", FieldType.NUMBER))), null)),
            "salary");

    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.detail()).contains("REDACTED");
  }

  // ---- what is written

  @Test
  void fields_areMadeOnce_andASecondRunChangesNothing() {
    List<Finding> first = make(needs(List.of(), null));
    assertThat(portal.made).containsExactly("group leadgauge", "lg_score", "lg_label", "lg_why");
    assertThat(first).filteredOn(one -> one.verdict() == Verdict.DONE).hasSize(4);

    List<Finding> second = make(needs(List.of(), null));

    assertThat(second).extracting(Finding::verdict).containsOnly(Verdict.OK);
    assertThat(portal.made).hasSize(4);
  }

  @Test
  void fields_haveTypeOptionsAndAGroup() {
    make(needs(List.of(), null));

    assertThat(hubSpot.calls())
        .filteredOn(call -> call.body().path("name").asText().equals("lg_label"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.body().path("groupName").asText()).isEqualTo("leadgauge");
              assertThat(call.body().path("type").asText()).isEqualTo("enumeration");
              assertThat(call.body().path("fieldType").asText()).isEqualTo("select");
              assertThat(call.body().at("/options/0/value").asText()).isEqualTo("hot");
              assertThat(call.body().at("/options/1/displayOrder").asInt()).isEqualTo(1);
            });
    assertThat(hubSpot.calls())
        .filteredOn(call -> call.body().path("name").asText().equals("lg_why"))
        .singleElement()
        .satisfies(
            call -> assertThat(call.body().path("fieldType").asText()).isEqualTo("textarea"));
  }

  @Test
  void look_alone_makesNothing() {
    assertThat(look(needs(List.of(), null)))
        .filteredOn(one -> one.verdict() == Verdict.PLANNED)
        .extracting(Finding::subject)
        .containsExactly("group leadgauge", "lg_score", "lg_label", "lg_why");
    assertThat(portal.made).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"lg_score, string", "lg_score, enumeration", "lg_why, number", "lg_label, number"})
  void field_ofAWrongType_isNeverTouched_andNothingElseIsMade(String name, String type) {
    portal.with(name, type, type.equals("enumeration") ? new String[] {"1"} : new String[0]);

    List<Finding> findings = make(needs(List.of(), null));

    assertThat(of(findings, name).verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(of(findings, name).cure()).contains("writeBack");
    assertThat(portal.made).isEmpty();
  }

  @Test
  void label_inAFieldOfText_fits() {
    portal.with("lg_label", "string");

    assertThat(of(look(needs(List.of(), null)), "lg_label").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void label_ofAModelWithoutLabels_fitsAFieldThatAnotherModelHadMade() {
    portal.with("lg_label", "enumeration", "hot", "cold");
    Target none = new Target("lg_label", Output.LABEL, List.of());

    assertThat(of(look(new PortalNeeds(List.of(), List.of(none), null, false)), "lg_label"))
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.OK);
  }

  @Test
  void field_thatHubSpotAloneSets_isAProblem() {
    portal.withMore("lg_score", "number", "'calculated':true");

    assertThat(of(look(needs(List.of(), null)), "lg_score").verdict()).isEqualTo(Verdict.PROBLEM);
  }

  @Test
  void missingOption_isAddedOnlyWhenToldTo_andOthersStay() {
    portal.with("lg_score", "number").with("lg_why", "string");
    portal.with("lg_label", "enumeration", "cold", "lukewarm");

    List<Finding> refused = make(needs(List.of(), null));
    assertThat(of(refused, "lg_label").detail()).isEqualTo("lacks the option hot");
    assertThat(of(refused, "lg_label").cure()).contains("--add-options");
    assertThat(portal.made).isEmpty();

    List<Finding> added = run("v3", needs(List.of(), null), true, true);

    assertThat(of(added, "lg_label").verdict()).isEqualTo(Verdict.DONE);
    assertThat(hubSpot.calls().getLast().path()).isEqualTo("/crm/v3/properties/contacts/lg_label");
    assertThat(hubSpot.calls().getLast().body().path("options"))
        .extracting(option -> option.path("value").asText())
        .containsExactly("cold", "lukewarm", "hot");
    assertThat(run("v3", needs(List.of(), null), true, true))
        .extracting(Finding::verdict)
        .containsOnly(Verdict.OK);
  }

  @Test
  void field_thatCannotBeMade_isToldAndTheOthersAreMade() {
    portal.taken.add("lg_label");

    List<Finding> findings = make(needs(List.of(), null));

    assertThat(of(findings, "lg_label").verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(of(findings, "lg_label").detail()).contains("already exists");
    assertThat(portal.made).containsExactly("group leadgauge", "lg_score", "lg_why");
  }

  // ---- stages

  private static StageMap stages(List<String> order, Map<String, String> values) {
    return new StageMap("lifecyclestage", order, new TreeMap<>(values), new TreeSet<>());
  }

  @Test
  void stages_inThePortalsOrder_areFine() {
    portal.with("lifecyclestage", "enumeration", "229001234@1", "lead@0", "customer@2");

    List<Finding> findings =
        look(
            needs(
                List.of(),
                stages(List.of("lead", "229001234", "customer"), Map.of("mql", "229001234"))));

    assertThat(of(findings, "mql").detail()).isEqualTo("is 229001234, 2 of 3");
    assertThat(of(findings, "order").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void stages_inAnotherOrder_areAProblemWithTheLineToPut() {
    portal.with("lifecyclestage", "enumeration", "229001234@1", "lead@0", "customer@2");

    Finding order =
        of(
            look(needs(List.of(), stages(List.of("229001234", "lead", "customer"), Map.of()))),
            "order");

    assertThat(order.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(order.cure()).contains("stages: { order: [lead, \"229001234\", customer] }");
  }

  @Test
  void stage_thatThePortalHasNot_isAProblem_andOneThatTheManifestHasNotAWarning() {
    portal.with("lifecyclestage", "enumeration", "lead", "229001234");

    List<Finding> findings =
        look(needs(List.of(), stages(List.of("lead", "mql"), Map.of("mql", "mql"))));

    assertThat(of(findings, "mql").verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(of(findings, "mql").detail()).contains("229001234 (the 229001234)");
    assertThat(of(findings, "others").verdict()).isEqualTo(Verdict.WARNING);
  }
}
