package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.scoring.ScoringModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of an address that a lead and a contact of one org have. */
class AliasesOfLeadsTest {
  private static final long T = 1_700_000_000_000L;
  private static final RecordRef LEAD = new RecordRef(Rig.ACME, RecordRef.LEAD, "00Q000000000001");
  private static final RecordRef CONTACT = RecordRef.contact(Rig.ACME, "003000000000002");
  private static final RecordRef ADDRESS = RecordRef.emailAddress(Rig.ACME, "both@x.example");

  private final Map<RecordRef, RecordState> known = new HashMap<>();
  private final Neighbourhood around =
      new Neighbourhood() {
        @Override
        public Optional<RecordState> find(RecordRef ref) {
          return Optional.ofNullable(known.get(ref));
        }

        @Override
        public Set<RecordRef> withAddress(RecordRef address) {
          return Set.of(LEAD, CONTACT);
        }
      };

  private static ConnectionScope scope(SeveralWithEmail rule) {
    Connection plain = Rig.connection(Mode.FIELDS);
    ModelUse use = plain.models().getFirst();
    Connection salesforce =
        new Connection(
            plain.id(),
            CrmKind.SALESFORCE,
            "00Dxx0000001gPFEAY",
            plain.webhooks(),
            plain.api(),
            List.of(new ModelUse(use.name(), use.model(), use.fields(), null)),
            plain.mode(),
            plain.fields(),
            plain.lists(),
            List.of(),
            plain.outcomes(),
            plain.poll(),
            plain.writeBack(),
            plain.guard(),
            new EventTerms(new TreeMap<>(), rule, 9, 9, Duration.ofDays(1)).fedBy(Rig.web()));
    return new ConnectionScope(salesforce, "hash", Map.of("plain", ScoringModel.of(Rig.model())));
  }

  private void tell(Fact... facts) {
    for (Fact fact : facts) {
      RecordState before = known.getOrDefault(fact.of(), RecordState.unknown(fact.of(), T));
      RecordFacts after = before.facts().join(List.of(fact)).facts();
      known.put(fact.of(), before.withFacts(after, 0, T));
    }
  }

  private void meetBoth() {
    for (RecordRef person : List.of(LEAD, CONTACT)) {
      Stamp address = new Stamp(T, SourceRank.READ, "Both@X.example");
      tell(new Fact.Assigned(person, "Email", address));
    }
    tell(new Fact.Happened(ADDRESS, Activity.of("form", T, Map.of())));
  }

  private int counted(ConnectionScope scope, RecordRef person) {
    RecordState state = known.getOrDefault(person, RecordState.unknown(person, T));
    return ContactView.of(scope, state, around).aliases().size();
  }

  @ParameterizedTest
  @CsvSource({"ALL, 1, 1", "NONE, 0, 0", "OLDEST, 0, 1"})
  void addressOfALeadAndAContact_countsByTheRule(
      SeveralWithEmail rule, int forLead, int forContact) {
    meetBoth();
    assertThat(counted(scope(rule), LEAD)).isEqualTo(forLead);
    assertThat(counted(scope(rule), CONTACT)).isEqualTo(forContact);
  }

  @Test
  void leadThatBecameTheContact_isOnePersonWithIt() {
    meetBoth();
    tell(
        new Fact.Linked(
            LEAD, LinkKind.CONVERTED_TO, CONTACT, new Stamp(T, SourceRank.READ, "true")));
    known.computeIfPresent(CONTACT, (ref, state) -> state.absorbing(LEAD));
    for (SeveralWithEmail rule : SeveralWithEmail.values()) {
      assertThat(counted(scope(rule), CONTACT)).as("%s", rule).isOne();
    }
    assertThat(
            new Aliases(scope(SeveralWithEmail.ALL), around)
                .bearers(around.find(ADDRESS).orElseThrow()))
        .containsExactly(CONTACT);
  }
}
