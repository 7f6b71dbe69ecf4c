package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.salesforce.OutboundMessage.Notification;
import io.leadgauge.crm.salesforce.OutboundReader.UnreadableMessageException;
import io.leadgauge.crm.salesforce.ToldRecord.UnreadableException;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What outbound messages say. A message tells what a record holds when it is sent, not what has
 * changed; it may come late, twice, with another body under an id that came before, or not at all.
 * So nothing is known by its notification's id: what it says joins what is known.
 *
 * <p>A notification that cannot be read does not take its siblings with it: it becomes {@link
 * Meaning#UNKNOWN} with a note.
 */
final class OutboundFacts {
  private static final String NO_OBJECT = "(no object)";
  private static final String MESSAGE = ".outboundMessage";

  private final ConnectionId connection;
  private final SortedMap<String, SortedSet<String>> listed;

  /**
   * Reads messages for a connection.
   *
   * @param listed the fields that the messages of each type of record list
   */
  OutboundFacts(ConnectionId connection, SortedMap<String, SortedSet<String>> listed) {
    this.connection = connection;
    this.listed = listed;
  }

  /**
   * Reads a body.
   *
   * @param org the id of the connection's org; a message of another one is foreign
   */
  Decoded decode(String org, byte[] body) {
    try {
      OutboundMessage message = OutboundReader.read(body);
      if (message.notifications().isEmpty()) {
        return new Decoded.Events(List.of());
      }
      if (SalesforceId.of(message.organizationId()).isEmpty()) {
        return new Decoded.Undecodable(
            "the OrganizationId is missing or no id, expected the 18 characters of an org");
      }
      boolean own = SalesforceId.isSame(org, message.organizationId());
      List<CrmEvent> events = new ArrayList<>();
      for (Notification notification : message.notifications()) {
        events.add(own ? event(notification) : bare(notification, Meaning.FOREIGN, null));
      }
      return new Decoded.Events(events);
    } catch (UnreadableMessageException e) {
      return new Decoded.Undecodable(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what a notification says. */
  CrmEvent event(Notification notification) {
    if (notification.problem() != null) {
      return unreadable(notification, notification.problem());
    }
    String id = notification.fields().getOrDefault(FieldFacts.ID, "");
    if (id.isEmpty()) {
      return unreadable(
          notification,
          "it names no record, as of one that was deleted before it was sent; looking back finds"
              + " what became of it");
    }
    return SalesforceId.of(id)
        .map(found -> event(notification, found))
        .orElseGet(() -> unreadable(notification, "Id is no id of 15 or 18 characters"));
  }

  private CrmEvent event(Notification notification, SalesforceId id) {
    String type =
        notification.object().isEmpty()
            ? ObjectTypes.of(id).orElse("")
            : ObjectTypes.ofName(notification.object());
    if (type.isEmpty()) {
      return unreadable(notification, "it does not say which object the record is of");
    }
    RecordRef record = new RecordRef(connection, type, id.text());
    try {
      return new ToldRecord(typeOf(notification), record, notification.fields())
          .event(listed.getOrDefault(type, Collections.emptySortedSet()));
    } catch (UnreadableException e) {
      return unreadable(notification, String.valueOf(e.getMessage()));
    }
  }

  private static CrmEvent unreadable(Notification notification, String problem) {
    return bare(notification, Meaning.UNKNOWN, notification.place() + ": " + problem);
  }

  private static CrmEvent bare(Notification notification, Meaning meaning, @Nullable String note) {
    return new CrmEvent(typeOf(notification), null, 0, meaning, List.of(), note);
  }

  private static String typeOf(Notification notification) {
    String object = notification.object();
    return (object.isEmpty() ? NO_OBJECT : object) + MESSAGE;
  }
}
