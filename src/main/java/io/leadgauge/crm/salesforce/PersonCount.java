package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.RateBudget.Lane;

/** How many persons an org has. */
final class PersonCount {
  private PersonCount() {}

  /** Asks how many contacts and leads there are. */
  static CountAnswer ofAll(SalesforceCalls calls) {
    long all = 0;
    for (String type : SalesforceClient.PERSONS) {
      CountAnswer some = of(calls, type);
      if (some.trouble() != null) {
        return some;
      }
      all += some.contacts();
    }
    return new CountAnswer(all, null);
  }

  /** Asks how many records of a type there are. */
  static CountAnswer of(SalesforceCalls calls, String type) {
    return switch (calls.query(Lane.SEARCH, Soql.count(ObjectTypes.name(type)))) {
      case Reply.Answered answered ->
          new CountAnswer(Math.max(0, answered.body().path("totalSize").asLong()), null);
      case Reply.Invalid invalid -> failed(invalid.refusal("count records of type " + type));
      case Reply.Failed failed -> failed(failed.trouble());
    };
  }

  private static CountAnswer failed(CallTrouble trouble) {
    return new CountAnswer(0, trouble);
  }
}
