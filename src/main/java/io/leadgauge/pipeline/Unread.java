package io.leadgauge.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.BackfillRun.Reach;
import io.leadgauge.store.StoreReader;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The contacts that backfills went on without, since the CRM did not answer for them. Kept in the
 * store, apart from how far the last backfill is: they may outlive it.
 *
 * @param contacts at most {@value #MOST}; unmodifiable
 * @param restoredFrom when the backup was taken after whose restore they are to be read, the
 *     earliest; 0 where none was
 */
record Unread(SortedSet<RecordRef> contacts, long restoredFrom) {
  /** The name of the cursor that keeps them. */
  static final String CURSOR = "backfill-unread";

  /** Where there are more, it is the CRM that does not answer, and not they. */
  static final int MOST = 20;

  static final Unread NONE = new Unread(Collections.emptySortedSet(), 0);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  Unread {
    contacts = Collections.unmodifiableSortedSet(new TreeSet<>(contacts));
  }

  /** Tells whether nothing is written of them before they are read. */
  boolean isOfRestore() {
    return restoredFrom > 0;
  }

  /** Returns how they are to be read: one by one, as the backfill would have. */
  Reach reach() {
    return new Reach(0, restoredFrom);
  }

  /** Returns these and more. */
  Unread and(Collection<RecordRef> more, Reach reach) {
    SortedSet<RecordRef> all = new TreeSet<>(contacts);
    all.addAll(more);
    long earliest =
        isOfRestore() && reach.isOfRestore()
            ? Math.min(restoredFrom, reach.restoredFrom())
            : Math.max(restoredFrom, reach.restoredFrom());
    return new Unread(all, earliest);
  }

  /** Returns these without some. */
  Unread without(Collection<RecordRef> read) {
    SortedSet<RecordRef> left = new TreeSet<>(contacts);
    left.removeAll(read);
    return left.isEmpty() ? NONE : new Unread(left, restoredFrom);
  }

  static Unread kept(StoreReader reader, ConnectionId id) {
    return reader.cursor(id, CURSOR).map(text -> of(id, text)).orElse(NONE);
  }

  /** Returns it as JSON. */
  String text() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("restoredFrom", restoredFrom);
    ArrayNode all = json.putArray("contacts");
    contacts.forEach(ref -> all.addObject().put("type", ref.type()).put("id", ref.id()));
    return json.toString();
  }

  private static Unread of(ConnectionId id, String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      SortedSet<RecordRef> contacts = new TreeSet<>();
      for (JsonNode one : json.path("contacts")) {
        contacts.add(new RecordRef(id, one.path("type").asText(), one.path("id").asText()));
      }
      return new Unread(contacts, json.path("restoredFrom").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds unreadable unread contacts", e);
    }
  }
}
