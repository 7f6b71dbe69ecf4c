package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.salesforce.JsonBody.Item;
import io.leadgauge.crm.salesforce.JsonBody.UnreadableJsonException;
import io.leadgauge.crm.salesforce.ToldRecord.UnreadableException;
import io.leadgauge.model.ConnectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JSON body says: callouts and change events in any mixture, one or an array of them, bare
 * or within the envelopes of EventBridge ({@code detail.payload}) and of the Streaming API ({@code
 * data.payload}).
 *
 * <p>An item that cannot be read does not take its siblings with it: it becomes {@link
 * Meaning#UNKNOWN} with a note.
 */
final class JsonFacts {
  private static final String NO_TYPE = "(no type)";
  private static final List<String> ENVELOPES = List.of("detail", "data", "payload");

  /** Where EventBridge says whose events they are. */
  private static final Pattern SOURCE =
      Pattern.compile("aws\\.partner/salesforce\\.com/([A-Za-z0-9]{15,18})/.*");

  private final ChangeEvents changes;
  private final Callouts callouts;

  /**
   * Reads bodies for a connection.
   *
   * @param watched the fields of which it matters who else writes them
   */
  JsonFacts(ConnectionId connection, Set<String> watched) {
    this.changes = new ChangeEvents(connection, watched);
    this.callouts = new Callouts(connection);
  }

  /**
   * Reads a body.
   *
   * @param org the id of the connection's org; an item that names another one is foreign
   */
  Decoded decode(String org, byte[] body) {
    try {
      List<CrmEvent> events = new ArrayList<>();
      for (Item item : JsonBody.read(body)) {
        boolean foreign =
            org(item.node()).filter(named -> !SalesforceId.isSame(org, named)).isPresent();
        List<CrmEvent> told = foreign ? List.of(bare(item, Meaning.FOREIGN)) : events(item);
        boolean isTooMuch =
            told.size() > 1 && events.size() + told.size() > ChangeEvents.MOST_RECORDS;
        events.addAll(isTooMuch ? List.of(ChangeEvents.resync(told.getFirst())) : told);
      }
      return new Decoded.Events(events);
    } catch (UnreadableJsonException e) {
      return new Decoded.Undecodable(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what an item says. */
  List<CrmEvent> events(Item item) {
    JsonNode inner = inner(item.node());
    try {
      if (inner.has(ChangeEvents.HEADER)) {
        return changes.of(inner);
      }
      if (Callouts.isOne(inner)) {
        return List.of(callouts.of(inner));
      }
      throw new UnreadableException(
          "it is neither a change event nor a callout, expected ChangeEventHeader, or object and"
              + " id");
    } catch (UnreadableException e) {
      String note = item.place() + ": " + e.getMessage();
      return List.of(new CrmEvent(NO_TYPE, null, 0, Meaning.UNKNOWN, List.of(), note));
    }
  }

  /** Returns what is within the envelopes. */
  static JsonNode inner(JsonNode item) {
    JsonNode inner = item;
    for (String envelope : ENVELOPES) {
      boolean isInside = inner.has(ChangeEvents.HEADER) || Callouts.isOne(inner);
      inner = !isInside && inner.path(envelope).isObject() ? inner.path(envelope) : inner;
    }
    return inner;
  }

  private static Optional<String> org(JsonNode item) {
    String told = JsonFields.text(inner(item).path("organizationId"));
    if (!told.isEmpty()) {
      return Optional.of(told);
    }
    Matcher source = SOURCE.matcher(JsonFields.text(item.path("source")));
    return source.matches() ? Optional.of(source.group(1)) : Optional.empty();
  }

  private static CrmEvent bare(Item item, Meaning meaning) {
    String type = JsonFields.text(item.node().path("detail-type"));
    return new CrmEvent(type.isEmpty() ? NO_TYPE : type, null, 0, meaning, List.of());
  }
}
