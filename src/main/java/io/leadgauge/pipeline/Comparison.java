package io.leadgauge.pipeline;

import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a CRM shows of contacts with what is known of them. The fields that we write are
 * left out: what differs in them alone is our own write, which a search shows late.
 */
final class Comparison {
  private final States states;

  Comparison(States states) {
    this.states = states;
  }

  /** Returns the contacts that are not known, or seem to differ from what is. */
  List<RecordRef> differing(ConnectionScope scope, List<ChangedContact> contacts) {
    Set<String> told = scope.told();
    List<RecordRef> differing = new ArrayList<>();
    for (ChangedContact contact : contacts) {
      if (!isKnown(contact, told)) {
        differing.add(contact.record());
      }
    }
    return differing;
  }

  private boolean isKnown(ChangedContact contact, Set<String> told) {
    return states
        .current(contact.record())
        .map(RecordState::facts)
        .filter(facts -> !facts.isDeleted() && isSame(facts, contact.values(), told))
        .isPresent();
  }

  private static boolean isSame(RecordFacts facts, Map<String, String> values, Set<String> told) {
    for (String property : told) {
      if (!values.containsKey(property)
          || !SameValue.isSame(facts.value(property), values.get(property))) {
        return false;
      }
    }
    return true;
  }
}
