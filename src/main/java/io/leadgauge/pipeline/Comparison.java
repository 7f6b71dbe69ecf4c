package io.leadgauge.pipeline;

import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what a CRM shows of contacts with what is known of them. The fields that we write are
 * looked at only where our last write is long past: what differs sooner is our own write, which a
 * search shows late.
 */
final class Comparison {
  private final States states;

  Comparison(States states) {
    this.states = states;
  }

  /**
   * Returns the contacts that are not known, or seem to differ from what is. A company that is not
   * known is nobody's whose score could depend on it.
   *
   * @param settled what we wrote before this instant, by our clock, shows in a search by now
   */
  List<RecordRef> differing(ConnectionScope scope, List<ChangedContact> contacts, long settled) {
    List<RecordRef> differing = new ArrayList<>();
    for (ChangedContact contact : contacts) {
      RecordState state = states.current(contact.record()).orElse(null);
      boolean isStranger = state == null && contact.record().type().equals(RecordRef.COMPANY);
      if (!isStranger && (state == null || differs(scope, state, contact.values(), settled))) {
        differing.add(contact.record());
      }
    }
    return differing;
  }

  private static boolean differs(
      ConnectionScope scope, RecordState state, Map<String, String> values, long settled) {
    Set<String> told = scope.told(state.ref().type());
    if (state.facts().isDeleted() || !values.keySet().containsAll(told)) {
      return true;
    }
    Set<String> compared = new TreeSet<>(values.keySet());
    if (state.writtenAt() >= settled) {
      compared.removeAll(scope.connection().writtenFields());
    }
    compared.removeIf(name -> !told.contains(name) && !state.facts().knows(name));
    return compared.stream()
        .anyMatch(name -> !SameValue.isSame(state.facts().value(name), values.get(name)));
  }
}
