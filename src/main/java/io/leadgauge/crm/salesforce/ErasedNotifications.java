package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.salesforce.NotificationPlaces.Place;
import io.leadgauge.crm.salesforce.OutboundMessage.Notification;
import io.leadgauge.crm.salesforce.OutboundReader.UnreadableMessageException;
import io.leadgauge.model.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes the notifications of erased persons out of an outbound message. */
final class ErasedNotifications {
  private ErasedNotifications() {}

  static Redacted without(Delivery delivery, Erased erased) {
    NamedPersons persons = new NamedPersons(delivery.connection(), erased);
    String text = new String(delivery.body(), StandardCharsets.UTF_8);
    try {
      List<Notification> notifications = OutboundReader.read(delivery.body()).notifications();
      List<Place> places = NotificationPlaces.in(text);
      if (places.size() != notifications.size()) {
        return unread(delivery, persons, text);
      }
      OutboundFacts facts = new OutboundFacts(delivery.connection(), Collections.emptySortedMap());
      List<Place> taken = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        CrmEvent event = facts.event(notifications.get(i));
        boolean named =
            event.meaning() == Meaning.UNKNOWN
                ? persons.areNamedIn(places.get(i).of(text))
                : persons.areNamedBy(event);
        if (named) {
          taken.add(places.get(i));
        }
      }
      return taken.isEmpty()
          ? new Redacted.Untouched()
          : Redacted.less(delivery, without(text, taken).getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableMessageException e) {
      return unread(delivery, persons, text);
    }
  }

  /** Zeros stand between the letters where it is no UTF-8. */
  private static Redacted unread(Delivery delivery, NamedPersons persons, String text) {
    return persons.areNamedIn(text.replace("\0", ""))
        ? Redacted.nothing(delivery)
        : new Redacted.Untouched();
  }

  private static String without(String text, List<Place> taken) {
    StringBuilder rest = new StringBuilder(text.length());
    int from = 0;
    for (Place place : taken) {
      rest.append(text, from, place.from());
      from = place.to();
    }
    return rest.append(text, from, text.length()).toString();
  }
}
