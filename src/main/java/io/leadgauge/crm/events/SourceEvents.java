package io.leadgauge.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.events.EventBody.Item;
import io.leadgauge.crm.events.EventBody.UnreadableBodyException;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what event sources deliver: one event, or an array of events, each of them
 *
 * <pre>{@code
 * {"contact": {"email": …, "id": …, "anonymousId": …},
 *  "type": "page_view", "at": "2026-11-01T10:00:00Z", "id": …, "attributes": {…}}
 * }</pre>
 *
 * <p>What is done is the contact's activity under the surest of the keys, with {@code id} among its
 * attributes, so that one told again is the same, and one that differs in anything is another. All
 * keys of an event are one person's: that is a fact of its own.
 *
 * <p>An event that cannot be read does not take its siblings with it: it becomes {@link
 * Meaning#UNKNOWN} with a note that says what is wrong and where, and stays in the kept body. Pure
 * and thread-safe.
 */
public final class SourceEvents {
  /** What stands for the type of an event of which none could be read. */
  static final String NO_TYPE = "(no type)";

  private static final List<String> KEYS = List.of("contact", "type", "at", "id", "attributes");
  private static final int LONGEST_ID = 128;

  /** As models call activities. */
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

  private final CrmAdapter platform;
  private final ConnectionId connection;
  private final Predicate<String> takes;
  private final long receivedAt;

  private SourceEvents(
      CrmAdapter platform, ConnectionId connection, Predicate<String> takes, long receivedAt) {
    this.platform = platform;
    this.connection = connection;
    this.takes = takes;
    this.receivedAt = receivedAt;
  }

  /**
   * Reads a delivery.
   *
   * @param source who has sent it; null if none of this name feeds the connection any more, which
   *     took any type
   * @param platform that of the connection that it feeds, to which the delivery belongs
   */
  static Decoded decode(@Nullable EventSource source, CrmAdapter platform, Delivery delivery) {
    try {
      SourceEvents reader =
          new SourceEvents(
              platform,
              delivery.connection(),
              source == null ? type -> true : source::takes,
              delivery.receivedAt());
      List<CrmEvent> events = new ArrayList<>();
      for (Item item : EventBody.items(delivery.body())) {
        events.add(reader.event(item));
      }
      return new Decoded.Events(events);
    } catch (UnreadableBodyException e) {
      return new Decoded.Undecodable(String.valueOf(e.getMessage()));
    }
  }

  private CrmEvent event(Item item) {
    try {
      return read(item.json());
    } catch (UnreadableEventException e) {
      String note = item.place() + ": " + e.getMessage();
      return new CrmEvent(typeOf(item.json()), null, 0, Meaning.UNKNOWN, List.of(), note);
    }
  }

  private static String typeOf(JsonNode json) {
    String type = json.path("type").asText();
    return TYPE.matcher(type).matches() ? type : NO_TYPE;
  }

  private CrmEvent read(JsonNode json) throws UnreadableEventException {
    if (!json.isObject()) {
      throw new UnreadableEventException("it is no object");
    }
    Keys.check(json, KEYS, "");
    Person person =
        Person.of(id -> platform.person(connection, id), connection, required(json, "contact"));
    String type = type(json);
    long at = Times.instant(required(json, "at"), receivedAt);
    SortedMap<String, String> attributes = Attributes.of(json.path("attributes"));
    String id = Keys.text(json, "id", "");
    if (id != null) {
      if (id.length() > LONGEST_ID) {
        throw new UnreadableEventException(
            "id is too long, expected at most " + LONGEST_ID + " characters");
      }
      attributes.put(ActivityMap.ID, id);
    }
    RecordRef key = person.key();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact.Happened(key, new Activity(type, at, attributes)));
    facts.addAll(person.links(at));
    return new CrmEvent(type, key, at, Meaning.FACTS, facts);
  }

  private String type(JsonNode json) throws UnreadableEventException {
    String type = required(json, "type").asText();
    if (!json.path("type").isTextual() || !TYPE.matcher(type).matches()) {
      throw new UnreadableEventException(
          "type is no name, expected a letter, then letters, digits, \"_\", \".\" or \"-\", 63 at"
              + " most");
    }
    if (!takes.test(type)) {
      throw new UnreadableEventException(
          "the type " + type + " is not declared, expected it in types of the source's manifest");
    }
    return type;
  }

  private static JsonNode required(JsonNode json, String key) throws UnreadableEventException {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      throw new UnreadableEventException("the key " + key + " is missing");
    }
    return value;
  }
}
