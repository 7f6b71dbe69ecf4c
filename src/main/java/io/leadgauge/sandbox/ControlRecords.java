package io.leadgauge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Association.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of the control API that looks at records and changes them: as a person would at the
 * screen, as another app, or as the contact by its own behaviour.
 */
final class ControlRecords {
  static final ChangeSource PERSON = ChangeSource.person(60_000_001);
  private static final ChangeSource IMPORT = new ChangeSource("IMPORT", "");

  private final ChangeFeed feed;

  /** A record to be. */
  private record Draft(Map<String, String> properties, List<Portal.Link> links, long createdAt) {}

  ControlRecords(ChangeFeed feed) {
    this.feed = feed;
  }

  /** All live records with the values they have; {@code ?properties=} picks some. */
  Answer list(ObjectType type, ApiRequest request) {
    List<String> names = request.queryList("properties");
    Records records = request.portal().of(type);
    return Answer.json(
        Json.bytes(
            generator -> {
              generator.writeStartObject();
              generator.writeNumberField("total", records.live().size());
              generator.writeArrayFieldStart(type.plural());
              for (CrmRecord record : records.live().values()) {
                write(generator, records.schema(), record, names);
              }
              generator.writeEndArray();
              generator.writeEndObject();
            }));
  }

  /** One record with all values and their history, and what it is associated with. */
  Answer read(ObjectType type, ApiRequest request) {
    CrmRecord record = record(type, request);
    List<String> names = List.copyOf(new TreeSet<>(record.propertyNames()));
    RecordJson json = new RecordJson(request.portal(), type);
    ObjectNode node = json.read(record, json.view(names, names));
    AssociationJson.putAll(node, request.portal(), record, List.of(ObjectType.values()));
    return Answer.of(200, node);
  }

  /** Puts contacts in with their past, in silence with {@code "webhooks":false}. */
  Answer seed(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("contacts", "webhooks", "app", "source", "sourceId"));
    Seeds seeds = Seeds.of(request.portal());
    List<Seeds.Seed> parsed = seeds.parse(body.path("contacts"), request.now());
    ChangeSource source = ControlBody.source(body, IMPORT);
    return planted(feed.telling(told(body), () -> seeds.plant(parsed, source)));
  }

  /** Puts the bundled sample in. */
  Answer sample(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("webhooks"));
    Seeds seeds = Seeds.of(request.portal());
    List<Seeds.Seed> sample = SampleContacts.read(seeds, request.now());
    return planted(feed.telling(told(body), () -> seeds.plant(sample, IMPORT)));
  }

  /** Puts records of another type than contacts in: all or none. */
  Answer create(ObjectType type, ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of(type.plural(), "webhooks", "app", "source", "sourceId"));
    if (!body.path(type.plural()).isArray()) {
      throw Refusal.invalid(type.plural() + ": expected an array");
    }
    List<Draft> drafts = new ArrayList<>();
    body.path(type.plural()).forEach(node -> drafts.add(draft(type, request, node)));
    ChangeSource source = ControlBody.source(body, PERSON);
    return planted(
        feed.telling(
            told(body),
            () ->
                drafts.stream()
                    .map(draft -> create(type, request.portal(), draft, source))
                    .toList()));
  }

  Answer change(ObjectType type, ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body, "body", Set.of("properties", "app", "source", "sourceId", "at", "ago", "webhooks"));
    CrmRecord record = record(type, request);
    Map<String, String> properties =
        new WrittenValues(request.portal(), type).of(body.path("properties"));
    if (request.portal().of(type).conflict(properties, record.id()).isPresent()) {
      throw Refusal.of(409, "CONFLICT", "another contact has that e-mail");
    }
    long at = ControlBody.instant(body, "at", "ago", request.now());
    ChangeSource source = ControlBody.source(body, PERSON);
    Portal.Written written =
        feed.telling(told(body), () -> request.portal().update(record, properties, at, source));
    ObjectNode answer = Json.object();
    answer.put("id", Long.toString(record.id()));
    answer.put("changed", written.changed());
    answer.put("equal", written.equal());
    return Answer.of(200, answer);
  }

  /** Lets a contact do one thing, or several in an array. */
  Answer act(ApiRequest request) {
    JsonNode body = request.body();
    CrmRecord contact = record(ObjectType.CONTACT, request);
    Seeds seeds = Seeds.of(request.portal());
    List<SimulatedActivity> activities = new ArrayList<>();
    (body.isArray() ? body : Json.array().add(body))
        .forEach(node -> activities.add(seeds.activity(node, request.now())));
    Behaviour behaviour = new Behaviour(request.portal());
    activities.forEach(activity -> behaviour.happen(contact, activity));
    ObjectNode answer = Json.object();
    answer.put("id", Long.toString(contact.id()));
    answer.put("activities", activities.size());
    return Answer.of(200, answer);
  }

  Answer archive(ObjectType type, ApiRequest request) {
    request.portal().archive(record(type, request), request.now(), PERSON);
    return Answer.noContent();
  }

  Answer erase(ObjectType type, ApiRequest request) {
    request.portal().erase(record(type, request), request.now(), PERSON);
    return Answer.noContent();
  }

  Answer restore(ObjectType type, ApiRequest request) {
    String id = request.path("id");
    Records records = request.portal().of(type);
    CrmRecord record =
        records.findArchived(id).orElseThrow(() -> notThere("archived " + type.word(), id));
    if (records.findByEmail(record.valueOrEmpty("email")).isPresent()) {
      throw Refusal.of(409, "CONFLICT", "another contact has its e-mail by now");
    }
    request.portal().restore(record, request.now(), PERSON);
    return Answer.noContent();
  }

  /** Merges another record, {@code {"with":"123"}}, into this one. */
  Answer merge(ObjectType type, ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("with"));
    String with = body.path("with").asText();
    CrmRecord primary = record(type, request);
    CrmRecord other =
        request.portal().of(type).resolve(with).orElseThrow(() -> notThere(type.word(), with));
    if (primary == other) {
      throw Refusal.invalid("with: a " + type.word() + " cannot be merged with itself");
    }
    ObjectNode answer = Json.object();
    CrmRecord survivor = request.portal().merge(primary, other, request.now(), PERSON);
    answer.put("id", Long.toString(survivor.id()));
    return Answer.of(200, answer);
  }

  /** Sets which id goes on after a merge: {@code {"survivor":"new"}} or {@code "primary"}. */
  Answer setMerges(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("survivor"));
    String survivor = body.path("survivor").asText();
    if (!Set.of("new", "primary").contains(survivor)) {
      throw Refusal.invalid("survivor: \"" + survivor + "\" is neither new nor primary");
    }
    request.portal().mergesIntoPrimary(survivor.equals("primary"));
    return Answer.noContent();
  }

  /** Sets what is assumed: {@code {"mergeTellsAll":true,"equalWritesTell":true}}. */
  Answer setAssumptions(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("mergeTellsAll", "equalWritesTell"));
    Assumptions now = request.portal().assumptions();
    request
        .portal()
        .assume(
            new Assumptions(
                body.path("mergeTellsAll").asBoolean(now.mergeTellsAll()),
                body.path("equalWritesTell").asBoolean(now.equalWritesTell())));
    return Answer.noContent();
  }

  /**
   * Associates two records or takes them apart: {@code {"from":"contacts/1","to":"companies/2",
   * "primary":true,"removed":false}}.
   */
  Answer associate(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body, "body", Set.of("from", "to", "primary", "removed", "app", "source", "sourceId"));
    CrmRecord from = named(request.portal(), body.path("from").asText());
    CrmRecord to = named(request.portal(), body.path("to").asText());
    AssociationEndpoints.requireKnown(from, to);
    Label label = body.path("primary").asBoolean() ? Label.PRIMARY : Label.UNLABELLED;
    ChangeSource source = ControlBody.source(body, PERSON);
    if (body.path("removed").asBoolean()) {
      request.portal().dissociate(from, to, Set.of(label), request.now(), source);
    } else {
      request.portal().associate(from, to, label, request.now(), source);
    }
    return Answer.noContent();
  }

  private static Draft draft(ObjectType type, ApiRequest request, JsonNode node) {
    ControlBody.only(
        node, type.plural(), Set.of("properties", "associations", "createdAt", "createdAgo"));
    Map<String, String> properties =
        new WrittenValues(request.portal(), type).of(node.path("properties"));
    RequiredValues.check(type, properties);
    List<Portal.Link> links = new ArrayList<>();
    for (String end : Json.texts(node.path("associations"))) {
      links.add(new Portal.Link(named(request.portal(), end), Label.UNLABELLED));
    }
    return new Draft(
        properties, links, ControlBody.instant(node, "createdAt", "createdAgo", request.now()));
  }

  private static CrmRecord create(
      ObjectType type, Portal portal, Draft draft, ChangeSource source) {
    return portal.create(type, draft.properties(), draft.links(), draft.createdAt(), source);
  }

  /** The record that {@code contacts/123} names. */
  static CrmRecord named(Portal portal, String name) {
    int slash = name.indexOf('/');
    String word = slash < 0 ? name : name.substring(0, slash);
    ObjectType type =
        ObjectType.ofWord(word)
            .orElseThrow(() -> Refusal.invalid("\"" + name + "\": expected such as contacts/123"));
    String id = name.substring(slash + 1);
    return portal.of(type).find(id).orElseThrow(() -> notThere(type.word(), id));
  }

  private static Answer planted(List<CrmRecord> records) {
    ObjectNode answer = Json.object();
    answer.put("created", records.size());
    answer.set(
        "ids", Json.array(records.stream().map(record -> Long.toString(record.id())).toList()));
    return Answer.of(201, answer);
  }

  private static void write(
      JsonGenerator generator, PropertySchema schema, CrmRecord record, List<String> names)
      throws IOException {
    generator.writeStartObject();
    generator.writeStringField("id", Long.toString(record.id()));
    generator.writeObjectFieldStart("properties");
    for (String name : names.isEmpty() ? record.propertyNames() : names) {
      String stored = record.valueOrEmpty(name);
      if (!stored.isEmpty()) {
        String shown = schema.find(name).map(p -> p.shown(stored)).orElse(stored);
        generator.writeStringField(name, shown);
      }
    }
    generator.writeEndObject();
    generator.writeEndObject();
  }

  private static CrmRecord record(ObjectType type, ApiRequest request) {
    String id = request.path("id");
    return request.portal().of(type).resolve(id).orElseThrow(() -> notThere(type.word(), id));
  }

  private static Refusal notThere(String what, String id) {
    return Refusal.of(404, "OBJECT_NOT_FOUND", "there is no " + what + " " + id);
  }

  private static boolean told(JsonNode body) {
    return body.path("webhooks").asBoolean(true);
  }
}
