package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.scoring.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A CRM that keeps leads apart: what each holds, and what becomes of one that is converted. */
class PersonTypesTest {
  private static final long T = 1_700_000_000_000L;
  private static final RecordRef LEAD = new RecordRef(Rig.ACME, RecordRef.LEAD, "00Q000000000001");
  private static final RecordRef CONTACT = RecordRef.contact(Rig.ACME, "003000000000001");
  private static final RecordRef ACCOUNT =
      new RecordRef(Rig.ACME, RecordRef.COMPANY, "001000000000001");

  private static final ConnectionScope SCOPE = scope();

  private static ConnectionScope scope() {
    Connection plain = Rig.connection(Mode.FULL);
    ModelUse use = plain.models().getFirst();
    StageMap status =
        new StageMap(
            "Status",
            Set.of(RecordRef.LEAD),
            List.of("Open", "Working"),
            new TreeMap<>(Map.of("mql", "Working")),
            new TreeSet<>());
    Connection salesforce =
        new Connection(
            plain.id(),
            CrmKind.SALESFORCE,
            "00Dxx0000001gPFEAY",
            plain.webhooks(),
            plain.api(),
            List.of(new ModelUse(use.name(), use.model(), use.fields(), status)),
            plain.mode(),
            new FieldMap(
                new TreeMap<>(
                    Map.of(
                        "title",
                        Field.of("Title", FieldType.TEXT, CrmKind.SALESFORCE.personTypes()),
                        "company.size",
                        Field.of(
                            "Size__c",
                            FieldType.TEXT,
                            List.of(RecordRef.LEAD, RecordRef.COMPANY))))),
            plain.lists(),
            List.of(
                new ActivityMap("form", RecordRef.LEAD, "Form_Date__c", new TreeMap<>()),
                new ActivityMap("meeting", "meeting", "StartDateTime", new TreeMap<>())),
            plain.outcomes(),
            plain.poll(),
            plain.writeBack(),
            plain.guard());
    return new ConnectionScope(
        salesforce, "hash", Map.of("plain", ScoringModel.of(LinksTest.model())));
  }

  private static Fact assigned(RecordRef of, String property, String value) {
    return new Fact.Assigned(of, property, new Stamp(T, SourceRank.READ, value));
  }

  private static Fact linked(RecordRef of, LinkKind kind, RecordRef to, boolean holds) {
    Stamp stamp = new Stamp(T + (holds ? 0 : 1), SourceRank.READ, Boolean.toString(holds));
    return new Fact.Linked(of, kind, to, stamp);
  }

  private static RecordState state(RecordRef ref, Fact... facts) {
    return RecordState.unknown(ref, T)
        .withFacts(RecordFacts.NONE.join(List.of(facts)).facts(), 0, T);
  }

  private static Neighbourhood among(RecordState... states) {
    Map<RecordRef, RecordState> byRef =
        List.of(states).stream().collect(Collectors.toMap(RecordState::ref, one -> one));
    return ref -> Optional.ofNullable(byRef.get(ref));
  }

  private static Map<String, String> seen(RecordState contact, RecordState... others) {
    return NeutralView.subject(SCOPE, ContactView.of(SCOPE, contact, among(others))).properties();
  }

  @Test
  void namesThatAreRead_areThoseOfTheType() {
    assertThat(SCOPE.needed(RecordRef.LEAD))
        .containsExactly(
            "Form_Date__c", "Size__c", "Status", "Title", "lg_label", "lg_score", "lg_why");
    assertThat(SCOPE.needed(RecordRef.CONTACT))
        .containsExactly("Title", "lg_label", "lg_score", "lg_why");
    assertThat(SCOPE.required(RecordRef.LEAD))
        .contains("~associated:meeting")
        .doesNotContain("~associated:company");
    assertThat(SCOPE.required(RecordRef.CONTACT))
        .contains("~associated:meeting", "~associated:company");
    assertThat(SCOPE.read(RecordRef.COMPANY)).containsExactly("Size__c");
    assertThat(SCOPE.looked())
        .containsOnlyKeys(RecordRef.COMPANY, RecordRef.CONTACT, RecordRef.LEAD, "meeting");
  }

  @Test
  void lead_holdsItselfWhatAContactHasOfItsCompany() {
    RecordState account = state(ACCOUNT, assigned(ACCOUNT, "Size__c", "big"));
    RecordState contact =
        state(
            CONTACT,
            assigned(CONTACT, "Title", "VP"),
            assigned(CONTACT, "Size__c", "not the contact's own"),
            linked(CONTACT, LinkKind.WORKS_AT, ACCOUNT, true));
    RecordState lead = state(LEAD, assigned(LEAD, "Title", "VP"), assigned(LEAD, "Size__c", "big"));

    assertThat(seen(lead)).isEqualTo(Map.of("title", "VP", "company.size", "big"));
    assertThat(seen(contact, account)).isEqualTo(seen(lead));
  }

  @Test
  void stage_isOnlyThatOfAPersonWhoHasOne() {
    StageMap stages = SCOPE.stages();

    assertThat(NeutralView.stage(stages, state(LEAD, assigned(LEAD, "Status", "Working"))))
        .extracting(stage -> stage.position())
        .isEqualTo(1);
    assertThat(NeutralView.stage(stages, state(CONTACT, assigned(CONTACT, "Status", "Working"))))
        .extracting(stage -> stage.position())
        .isEqualTo(-1);
  }

  @Test
  void convertedLead_countsForItsContact_untilTheConversionIsUndone() {
    RecordState lead =
        state(
            LEAD,
            assigned(LEAD, "Title", "Clerk"),
            assigned(LEAD, "Form_Date__c", Long.toString(T - 5)),
            linked(LEAD, LinkKind.CONVERTED_TO, CONTACT, true));
    RecordState contact = state(CONTACT, assigned(CONTACT, "Title", "VP")).absorbing(LEAD);

    assertThat(lead.facts().survivors()).containsExactly(CONTACT);
    assertThat(Appraisal.isPossible(SCOPE, lead)).as("scored no more").isFalse();
    assertThat(seen(contact, lead)).as("read from the contact").containsEntry("title", "VP");
    assertThat(activities(contact, lead)).containsExactly(T - 5);

    RecordState undone =
        lead.withFacts(
            lead.facts().join(List.of(linked(LEAD, LinkKind.CONVERTED_TO, CONTACT, false))).facts(),
            0,
            T);
    assertThat(undone.facts().isGone()).isFalse();
    assertThat(activities(contact, undone)).isEmpty();
  }

  private static List<Long> activities(RecordState contact, RecordState lead) {
    List<Long> instants = new ArrayList<>();
    NeutralView.subject(SCOPE, ContactView.of(SCOPE, contact, among(lead)))
        .activities()
        .forEach(activity -> instants.add(activity.at()));
    return instants;
  }
}
