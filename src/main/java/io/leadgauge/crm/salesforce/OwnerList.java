package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.salesforce.QueryPages.Rows;
import java.util.Set;
import java.util.TreeSet;

/** The users of an org that are active, who can own tasks. A queue owns no task of a person. */
final class OwnerList {
  private static final int MOST = 100_000;

  private OwnerList() {}

  static OwnersAnswer read(SalesforceCalls calls) {
    Soql active = Soql.select(Set.of(FieldFacts.ID), "User").is("IsActive", true);
    return switch (QueryPages.read(calls, Lane.RECORDS, active, MOST)) {
      case Rows.Read read when read.whole() -> {
        Set<String> ids = new TreeSet<>();
        read.rows()
            .forEach(
                row ->
                    SalesforceId.of(RowText.of(row, FieldFacts.ID))
                        .ifPresent(id -> ids.add(id.text())));
        yield new OwnersAnswer(ids, null);
      }
      case Rows.Read cut -> failed(new CallTrouble.Unknown("Salesforce lists users without end"));
      case Rows.Refused no -> failed(no.reply().refusal("list users"));
      case Rows.Failed failed -> failed(failed.trouble());
    };
  }

  private static OwnersAnswer failed(CallTrouble trouble) {
    return new OwnersAnswer(Set.of(), trouble);
  }
}
