package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes change events in the envelope in which an EventBridge API destination posts them. The same
 * change to several records of a transaction is one event.
 */
final class ChangeEvents {
  /** What is never in events, and what stands in a compound field instead. */
  private static final Set<String> NEVER =
      Set.of("Id", "IsDeleted", "SystemModstamp", "LastActivityDate", "PhotoUrl", "MasterRecordId");

  private static final String OVERFLOW = "000000000000000AAA";
  private static final long FIRST_COMMIT = 1_795_255_200_123_456_789L;

  private final Org org;
  private final Dice dice;
  private final String channelId;
  private long commits = FIRST_COMMIT;

  /** What the events of a transaction have in common. */
  private record Commit(String key, long number, long at, Actor actor) {}

  ChangeEvents(Org org, Dice dice) {
    this.org = org;
    this.dice = dice;
    this.channelId = org.nextId("0YL");
  }

  /** The events of a transaction about an object, or about all where it is empty. */
  List<ObjectNode> of(Transaction transaction, String object) {
    Commit commit = commit(transaction.at(), transaction.actor());
    Map<JsonNode, List<Row>> alike = new LinkedHashMap<>();
    for (Change change : transaction.changes()) {
      boolean wanted = object.isEmpty() || change.row().is(object);
      boolean silent = change.kind() == Change.Kind.ADJUST && !org.settings().tellsReparenting();
      if (wanted && !silent) {
        alike.computeIfAbsent(content(change), same -> new ArrayList<>()).add(change.row());
      }
    }
    List<ObjectNode> events = new ArrayList<>();
    alike.forEach(
        (content, rows) ->
            events.add(event((ObjectNode) content, rows, events.size() + 1, commit)));
    return events;
  }

  /** An event that says that something happened, and not what: {@code GAP_UPDATE} and others. */
  ObjectNode gap(String entity, String changeType, List<String> ids, Actor actor) {
    ObjectNode payload = Json.object();
    ObjectNode header = payload.putObject("ChangeEventHeader");
    Commit commit = commit(org.now(), actor);
    List<String> shown = changeType.equals("GAP_OVERFLOW") ? List.of(OVERFLOW) : ids;
    head(header, entity, changeType, "", shown, 1, commit);
    header.putArray("changedFields");
    return envelope(entity, payload, commit.at());
  }

  private Commit commit(long at, Actor actor) {
    return new Commit(dice.uuid(), commits++, at, actor);
  }

  /** What two events must have in common to be one: all but the ids. */
  private static ObjectNode content(Change change) {
    ObjectNode content = Json.object();
    content.put("entity", change.row().type());
    content.put("type", changeType(change.kind()));
    ArrayNode changed = content.putArray("changed");
    ObjectNode values = content.putObject("values");
    if (change.kind() == Change.Kind.DELETE) {
      return content;
    }
    boolean all = change.kind() != Change.Kind.UPDATE && change.kind() != Change.Kind.ADJUST;
    for (Field field : change.row().object().fields()) {
      if (NEVER.contains(field.name()) || isShownByParts(change.row(), field)) {
        continue;
      }
      Optional<String> value = change.row().value(field.name());
      boolean stamp = field.name().equals("LastModifiedDate");
      if (all ? value.isPresent() : stamp || change.changed().contains(field.name())) {
        put(values, field, value);
        if (!all) {
          changed.add(path(field));
        }
      }
    }
    return content;
  }

  private static String changeType(Change.Kind kind) {
    return kind == Change.Kind.ADJUST ? "UPDATE" : kind.name();
  }

  /** A name of a person or an address, which events show by its parts. */
  private static boolean isShownByParts(Row row, Field field) {
    return row.object().fields().stream()
        .anyMatch(part -> part.compound().filter(field.name()::equals).isPresent());
  }

  private ObjectNode event(ObjectNode content, List<Row> rows, int sequence, Commit commit) {
    ObjectNode payload = Json.object();
    ObjectNode header = payload.putObject("ChangeEventHeader");
    String entity = content.path("entity").asText();
    List<String> ids = rows.stream().map(Row::id).toList();
    String type = content.path("type").asText();
    head(header, entity, type, commit.actor().origin(), ids, sequence, commit);
    header.set("changedFields", content.path("changed"));
    payload.setAll((ObjectNode) content.path("values"));
    return envelope(entity, payload, commit.at());
  }

  private static void head(
      ObjectNode header,
      String entity,
      String type,
      String origin,
      List<String> ids,
      int sequence,
      Commit commit) {
    header.put("entityName", entity);
    header.set("recordIds", Json.array(ids));
    header.put("changeType", type);
    header.put("changeOrigin", origin);
    header.put("transactionKey", commit.key());
    header.put("sequenceNumber", sequence);
    header.put("commitTimestamp", Math.floorDiv(commit.at(), 1000L) * 1000);
    header.put("commitNumber", commit.number());
    header.put("commitUser", commit.actor().userId());
  }

  private ObjectNode envelope(String entity, ObjectNode payload, long at) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    event.put("id", dice.uuid());
    event.put("detail-type", entity + "ChangeEvent");
    event.put("source", "aws.partner/salesforce.com/" + org.id() + "/" + channelId);
    event.put("account", "123456789012");
    event.put("time", FieldType.stored(at).replace(".000", ""));
    event.put("region", "eu-central-1");
    event.putArray("resources");
    event.putObject("detail").set("payload", payload);
    return event;
  }

  private static void put(ObjectNode values, Field field, Optional<String> value) {
    ObjectNode into = field.compound().map(name -> values.withObject("/" + name)).orElse(values);
    String name = part(field);
    if (value.isEmpty()) {
      into.putNull(name);
    } else if (field.type() == FieldType.DATETIME) {
      into.put(name, value.get());
    } else {
      field.type().write(into, name, value.get());
    }
  }

  private static String path(Field field) {
    return field.compound().map(name -> name + "." + part(field)).orElse(field.name());
  }

  /** The name of a field within its compound field: {@code MailingCity} is {@code City} there. */
  private static String part(Field field) {
    String compound = field.compound().orElse("");
    String prefix = compound.replaceFirst("Address$", "");
    boolean prefixed = compound.endsWith("Address") && field.name().startsWith(prefix);
    String name = prefixed ? field.name().substring(prefix.length()) : field.name();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
