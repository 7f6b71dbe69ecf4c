package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.WorkflowAddress;
import io.leadgauge.crm.hubspot.EventReader.UnreadableBodyException;
import io.leadgauge.crm.hubspot.WireEvent.UnreadableEventException;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes the events of erased persons out of a body. The others keep their bytes.
 *
 * <p>An event names a person if its record is one of theirs, or either end of a link that it tells
 * of. One that cannot be read names a person whose id or address stands in it.
 */
final class ErasedEvents {
  private final ConnectionId connection;
  private final EventFacts facts;
  private final Erased erased;
  private final byte[] body;

  private ErasedEvents(ConnectionId connection, Erased erased, byte[] body) {
    this.connection = connection;
    this.facts = new EventFacts(connection, Set.of());
    this.erased = erased;
    this.body = body;
  }

  static Redacted without(Delivery delivery, Erased erased) {
    if (WorkflowAddress.workflow(delivery.path()).isPresent()) {
      return ofWorkflow(delivery, erased);
    }
    return new ErasedEvents(delivery.connection(), erased, delivery.body()).from(delivery);
  }

  /**
   * What a workflow sends is about one contact, by a key that only its manifest knows. So it names
   * a person of whom it has the id or the address as a value, whatever the key.
   */
  private static Redacted ofWorkflow(Delivery delivery, Erased erased) {
    boolean names;
    try (JsonParser parser = EventReader.parser(delivery.body())) {
      names = hasValue(parser, delivery.connection(), erased);
    } catch (IOException e) {
      String text = new String(delivery.body(), StandardCharsets.UTF_8);
      names = erased.isNamedIn(delivery.connection(), text);
    }
    return names ? Redacted.nothing(delivery) : new Redacted.Untouched();
  }

  private static boolean hasValue(JsonParser parser, ConnectionId connection, Erased erased)
      throws IOException {
    boolean found = false;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      boolean value = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
      found |= value && erased.isValue(connection, parser.getText());
    }
    return found;
  }

  /** Where an event stands in the body: the bytes from, inclusive, and to, exclusive. */
  private record Place(int from, int to) {}

  private Redacted from(Delivery delivery) {
    try {
      List<WireEvent> events = EventReader.read(body);
      List<Place> places = places();
      List<Place> kept = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        if (!names(events.get(i), places.get(i))) {
          kept.add(places.get(i));
        }
      }
      return kept.size() == events.size()
          ? new Redacted.Untouched()
          : Redacted.less(delivery, joined(kept));
    } catch (UnreadableBodyException | IOException e) {
      return erased.isNamedIn(connection, text(new Place(0, body.length)))
          ? Redacted.nothing(delivery)
          : new Redacted.Untouched();
    }
  }

  private boolean names(WireEvent event, Place place) {
    try {
      if (event.problem() == null) {
        CrmEvent read = facts.of(event);
        if (read.meaning() != Meaning.UNKNOWN) {
          return names(read);
        }
      }
    } catch (UnreadableEventException e) {
      // Then its text tells.
    }
    return erased.isNamedIn(connection, text(place));
  }

  private boolean names(CrmEvent event) {
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

  /**
   * Returns where the events stand: each ends before the comma, or the bracket, that follows it.
   *
   * @throws IOException if they do not stand in bytes of UTF-8
   */
  private List<Place> places() throws IOException {
    List<Integer> starts = new ArrayList<>();
    try (JsonParser parser = EventReader.parser(body)) {
      parser.nextToken();
      do {
        JsonToken token = parser.nextToken();
        starts.add(Math.toIntExact(parser.currentTokenLocation().getByteOffset()));
        parser.skipChildren();
        if (token == JsonToken.END_ARRAY) {
          break;
        }
      } while (true);
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i + 1 < starts.size(); i++) {
      places.add(place(starts.get(i), starts.get(i + 1)));
    }
    return places;
  }

  private Place place(int from, int next) throws IOException {
    int to = next;
    while (to > from && (Character.isWhitespace(body[to - 1]) || body[to - 1] == ',')) {
      to--;
    }
    if (from < 0 || from >= to || Character.isWhitespace(body[from])) {
      throw new IOException("events do not stand in bytes of UTF-8");
    }
    return new Place(from, to);
  }

  private byte[] joined(List<Place> places) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length);
    bytes.write('[');
    for (Place place : places) {
      if (bytes.size() > 1) {
        bytes.write(',');
      }
      bytes.write(body, place.from(), place.to() - place.from());
    }
    bytes.write(']');
    return bytes.toByteArray();
  }

  /** Without the zeros, which stand between the letters where it is no UTF-8. */
  private String text(Place place) {
    return new String(body, place.from(), place.to() - place.from(), StandardCharsets.UTF_8)
        .replace("\0", "");
  }
}
