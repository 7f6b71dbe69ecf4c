package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Erased;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.regex.Pattern;

/** Whether something names an erased person of an org. */
final class NamedPersons {
  private static final Pattern ID =
      Pattern.compile("(?<![A-Za-z0-9])[A-Za-z0-9]{15,18}(?![A-Za-z0-9])");

  private final ConnectionId connection;
  private final Erased erased;

  NamedPersons(ConnectionId connection, Erased erased) {
    this.connection = connection;
    this.erased = erased;
  }

  /** Tells whether an event is about one of them, or about a link from or to one of them. */
  boolean areNamedBy(CrmEvent event) {
    if (event.record() != null && erased.is(event.record())) {
      return true;
    }
    for (Fact fact : event.facts()) {
      if (erased.is(fact.of()) || (fact instanceof Fact.Linked link && erased.is(link.to()))) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a text of which nothing else is known names one of them: by id or address. */
  boolean areNamedIn(String text) {
    return erased.isNamedIn(connection, text)
        || ID.matcher(text).results().anyMatch(found -> isOne(found.group()));
  }

  /** Of an id it is not known which object it is of, if somebody has made it up. */
  boolean isOne(String id) {
    return SalesforceId.of(id)
        .filter(
            found ->
                erased.is(new RecordRef(connection, ObjectTypes.LEAD, found.text()))
                    || erased.is(new RecordRef(connection, RecordRef.CONTACT, found.text())))
        .isPresent();
  }
}
