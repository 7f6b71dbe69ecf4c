package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.salesforce.JsonBody.Item;
import io.leadgauge.crm.salesforce.JsonBody.UnreadableJsonException;
import io.leadgauge.model.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the items of erased persons out of a JSON body. A change event of several records is left
 * with those of the others. What is left says the same as before, to the digit; its white space may
 * differ.
 */
final class ErasedItems {
  private static final String RECORD_IDS = "recordIds";

  private final NamedPersons persons;
  private final JsonFacts facts;

  private ErasedItems(Delivery delivery, Erased erased) {
    this.persons = new NamedPersons(delivery.connection(), erased);
    this.facts = new JsonFacts(delivery.connection(), Set.of());
  }

  static Redacted without(Delivery delivery, Erased erased) {
    return new ErasedItems(delivery, erased).from(delivery);
  }

  private Redacted from(Delivery delivery) {
    try {
      boolean changed = false;
      List<String> kept = new ArrayList<>();
      for (Item item : JsonBody.read(delivery.body())) {
        JsonNode rest = rest(item);
        changed |= !item.node().equals(rest);
        if (rest != null) {
          kept.add(rest.toString());
        }
      }
      return changed
          ? Redacted.less(
              delivery, ("[" + String.join(",", kept) + "]").getBytes(StandardCharsets.UTF_8))
          : new Redacted.Untouched();
    } catch (UnreadableJsonException e) {
      String text = new String(delivery.body(), StandardCharsets.UTF_8).replace("\0", "");
      return persons.areNamedIn(text) ? Redacted.nothing(delivery) : new Redacted.Untouched();
    }
  }

  /** Returns what is left of an item: itself, the same of fewer records, or null for nothing. */
  private @Nullable JsonNode rest(Item item) {
    List<CrmEvent> events = facts.events(item);
    boolean unread =
        events.stream()
            .map(CrmEvent::meaning)
            .anyMatch(one -> one == Meaning.UNKNOWN || one == Meaning.RESYNC);
    if (unread) {
      return persons.areNamedIn(item.node().toString()) ? null : item.node();
    }
    if (events.stream().noneMatch(persons::areNamedBy)) {
      return item.node();
    }
    return events.size() > 1 ? withFewerRecords(item.node(), events) : null;
  }

  /** The events stand in the order of the records. */
  private @Nullable JsonNode withFewerRecords(JsonNode item, List<CrmEvent> events) {
    JsonNode copy = item.deepCopy();
    JsonNode header = JsonFacts.inner(copy).path(ChangeEvents.HEADER);
    if (!(header instanceof ObjectNode object)
        || !(header.path(RECORD_IDS) instanceof ArrayNode ids)
        || ids.size() != events.size()) {
      return null;
    }
    ArrayNode others = object.arrayNode();
    for (int i = 0; i < ids.size(); i++) {
      if (!persons.areNamedBy(events.get(i))) {
        others.add(ids.get(i));
      }
    }
    object.set(RECORD_IDS, others);
    return others.isEmpty() ? null : copy;
  }
}
