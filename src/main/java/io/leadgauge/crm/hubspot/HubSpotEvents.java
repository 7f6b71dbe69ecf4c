package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.EventField.CHANGE_FLAG;
import static io.leadgauge.crm.hubspot.EventField.EVENT_ID;
import static io.leadgauge.crm.hubspot.EventField.OBJECT_ID;
import static io.leadgauge.crm.hubspot.EventField.PORTAL_ID;
import static io.leadgauge.crm.hubspot.EventField.PROPERTY_VALUE;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.hubspot.EventReader.UnreadableBodyException;
import io.leadgauge.crm.hubspot.WireEvent.UnreadableEventException;
import io.leadgauge.model.ConnectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what HubSpot's webhooks deliver: a JSON array of events of any mixture of types, in no
 * order.
 *
 * <p>A body that is no such array is {@link Decoded.Undecodable}. One event that cannot be read
 * does not take its siblings with it: it becomes {@link Meaning#UNKNOWN} with a note that says what
 * is wrong and where, and stays in the kept body, to be read again after a fix.
 *
 * <p>All 48 documented subscription types are known, and what they combine to ({@code
 * product.associationChange}); every field of an event is optional as long as it makes sense
 * without. An event without {@code occurredAt} has no place in time, so its record is read instead.
 *
 * <p>Pure and thread-safe.
 */
public final class HubSpotEvents {
  /** What stands for the type of an event that names none. */
  public static final String NO_TYPE = "(no type)";

  private HubSpotEvents() {}

  /**
   * Reads a body.
   *
   * @param connection whose records the events are about
   * @param tenant the id of its portal; events that name another one are foreign
   */
  public static Decoded decode(ConnectionId connection, String tenant, byte[] body) {
    return decode(connection, tenant, Set.of(), body);
  }

  /**
   * Reads a body, and notes who else set the properties that we write.
   *
   * @param written those properties
   */
  static Decoded decode(ConnectionId connection, String tenant, Set<String> written, byte[] body) {
    try {
      EventFacts facts = new EventFacts(connection, written);
      List<CrmEvent> events = new ArrayList<>();
      for (WireEvent event : EventReader.read(body)) {
        events.add(event(facts, tenant, event));
      }
      return new Decoded.Events(events);
    } catch (UnreadableBodyException e) {
      return new Decoded.Undecodable(String.valueOf(e.getMessage()));
    }
  }

  private static CrmEvent event(EventFacts facts, String tenant, WireEvent event) {
    if (isTest(event)) {
      return bare(event, Meaning.TEST);
    }
    String portal = event.get(PORTAL_ID);
    if (portal != null && !portal.equals(tenant)) {
      return bare(event, Meaning.FOREIGN);
    }
    if (event.problem() != null) {
      return unreadable(event, event.problem());
    }
    try {
      return facts.of(event);
    } catch (UnreadableEventException e) {
      return unreadable(event, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Tells whether HubSpot's test button sent the event: always about object 123, with values that
   * no real event has.
   */
  private static boolean isTest(WireEvent event) {
    return "100".equals(event.get(EVENT_ID))
        && "123".equals(event.get(OBJECT_ID))
        && ("NEW".equals(event.get(CHANGE_FLAG))
            || "sample-value".equals(event.get(PROPERTY_VALUE)));
  }

  /** Returns an event of which only type and time are taken over. */
  static CrmEvent bare(WireEvent event, Meaning meaning) {
    return new CrmEvent(typeOf(event), null, event.occurredAt(), meaning, List.of());
  }

  private static CrmEvent unreadable(WireEvent event, String problem) {
    String note = event.place() + ": " + problem;
    return new CrmEvent(typeOf(event), null, event.occurredAt(), Meaning.UNKNOWN, List.of(), note);
  }

  static String typeOf(WireEvent event) {
    return event.type().isEmpty() ? NO_TYPE : event.type();
  }
}
