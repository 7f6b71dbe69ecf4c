package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.row;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A look for what changed, deletions and merges among it. */
class SalesforceChangedTest extends OrgTest {
  private static final long FROM = Instant.parse("2026-09-20T12:00:00.400Z").toEpochMilli();
  private static final long TO = Instant.parse("2026-09-20T12:10:00.400Z").toEpochMilli();

  private static final SortedMap<String, SortedSet<String>> PROPERTIES =
      new TreeMap<>(
          Map.of(
              RecordRef.CONTACT,
              new TreeSet<>(List.of("Title", "MailingCountry")),
              RecordRef.LEAD,
              new TreeSet<>(List.of("Title", "Country"))));

  private ChangedPage changed(String after) {
    return client.changed(FROM, TO, after, PROPERTIES);
  }

  @Test
  void changed_areListed_eachByItsOwnNames() {
    org.answer(
        call ->
            call.asks("Contact")
                ? rows(row(contact(1), MODIFIED, "'Title':'CEO','MailingCountry':'DE'"))
                : rows(row(lead(1), MODIFIED, "'Title':null,'Country':'FR'")));

    ChangedPage page = changed("");

    assertThat(page.trouble()).isNull();
    assertThat(page.last()).isTrue();
    assertThat(page.contacts())
        .containsExactly(
            new ChangedContact(ref(contact(1)), Map.of("Title", "CEO", "MailingCountry", "DE")),
            new ChangedContact(ref(lead(1)), Map.of("Title", "", "Country", "FR")));
    assertThat(org.calls()).hasSize(2).allMatch(call -> call.path().equals("/queryAll"));
    assertThat(org.calls().getFirst().query())
        .contains(
            "SystemModstamp >= 2026-09-20T12:00:00Z AND SystemModstamp < 2026-09-20T12:10:01Z")
        .endsWith(" ORDER BY Id LIMIT 200");
  }

  @Test
  void deletedMergedAndConverted_standThereWithoutValues() {
    org.answer(
        call ->
            call.asks("Contact")
                ? rows(row(contact(1), MODIFIED, "'IsDeleted':true,'Title':'CEO'"))
                : rows(
                    row(
                        lead(1),
                        MODIFIED,
                        "'IsConverted':true,'ConvertedContactId':'" + contact(2) + "'")));

    assertThat(changed("").contacts())
        .containsExactly(
            new ChangedContact(ref(contact(1)), Map.of()),
            new ChangedContact(ref(lead(1)), Map.of()));
  }

  @Test
  void manyChanged_areListedPageByPage_inTheOrderOfTheirIds() {
    List<String> all = new ArrayList<>();
    IntStream.range(0, 450).mapToObj(OrgTest::contact).forEach(all::add);
    IntStream.range(0, 210).mapToObj(OrgTest::lead).forEach(all::add);
    org.answer(
        call -> {
          int behind = call.query().indexOf("Id > '");
          String last = behind < 0 ? "" : call.query().substring(behind + 6, behind + 24);
          String prefix = call.asks("Lead") ? "00Q" : "003";
          return rows(
              all.stream()
                  .filter(id -> id.startsWith(prefix) && id.compareTo(last) > 0)
                  .limit(200)
                  .map(id -> row(id, MODIFIED, ""))
                  .toList());
        });

    List<String> found = new ArrayList<>();
    String after = "";
    ChangedPage page = changed(after);
    while (true) {
      assertThat(page.trouble()).isNull();
      page.contacts().forEach(one -> found.add(one.record().id()));
      if (page.last()) {
        break;
      }
      assertThat(page.contacts()).isNotEmpty();
      after = page.contacts().getLast().record().id();
      page = changed(after);
    }

    assertThat(found).isEqualTo(all);
  }

  @Test
  void fieldThatIsNotFound_isNotAmongTheValues() {
    org.answer(
        call ->
            call.query().contains("MailingCountry")
                ? refused(
                    400, "INVALID_FIELD", "No such column 'MailingCountry' on entity 'Contact'")
                : call.asks("Contact") ? rows(row(contact(1), MODIFIED, "'Title':'CEO'")) : rows());

    assertThat(changed("").contacts())
        .containsExactly(new ChangedContact(ref(contact(1)), Map.of("Title", "CEO")));
  }

  @Test
  void trouble_isToldInsteadOfAPage() {
    org.answer(
        call ->
            call.asks("Contact")
                ? rows(row(contact(1), MODIFIED, ""))
                : refused(503, "SERVER_UNAVAILABLE", "down"));

    ChangedPage page = changed("");

    assertThat(page.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(page.contacts()).isEmpty();
  }
}
