package io.leadgauge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of the control API that looks at contacts and changes them: as a person would at the
 * screen, as another app, or as the contact by its own behaviour.
 */
final class ControlContacts {
  private static final ChangeSource PERSON = ChangeSource.person(60_000_001);
  private static final ChangeSource IMPORT = new ChangeSource("IMPORT", "");

  private final Portal portal;
  private final Seeds seeds;
  private final Behaviour behaviour;
  private final WrittenValues values;
  private final ContactJson json;
  private final ChangeFeed feed;

  ControlContacts(
      Portal portal,
      Seeds seeds,
      Behaviour behaviour,
      WrittenValues values,
      ContactJson json,
      ChangeFeed feed) {
    this.portal = portal;
    this.seeds = seeds;
    this.behaviour = behaviour;
    this.values = values;
    this.json = json;
    this.feed = feed;
  }

  /** All live contacts with the values they have; {@code ?properties=} picks some. */
  Answer list(ApiRequest request) {
    List<String> names = request.queryList("properties");
    return Answer.json(
        Json.bytes(
            generator -> {
              generator.writeStartObject();
              generator.writeNumberField("total", portal.live().size());
              generator.writeArrayFieldStart("contacts");
              for (Contact contact : portal.live().values()) {
                write(generator, contact, names);
              }
              generator.writeEndArray();
              generator.writeEndObject();
            }));
  }

  /** One contact with all values and their history. */
  Answer read(ApiRequest request) {
    Contact contact = contact(request);
    List<String> names = List.copyOf(new TreeSet<>(contact.propertyNames()));
    return Answer.of(200, json.read(contact, json.view(names, names)));
  }

  /** Puts contacts in, in silence with {@code "webhooks":false}. */
  Answer seed(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("contacts", "webhooks", "app", "source", "sourceId"));
    return planted(
        seeds.parse(body.path("contacts"), request.now()),
        told(body),
        ControlBody.source(body, IMPORT));
  }

  /** Puts the bundled sample in. */
  Answer sample(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("webhooks"));
    return planted(SampleContacts.read(seeds, request.now()), told(body), IMPORT);
  }

  Answer change(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body, "body", Set.of("properties", "app", "source", "sourceId", "at", "ago", "webhooks"));
    Contact contact = contact(request);
    Map<String, String> properties = values.of(body.path("properties"));
    if (portal.conflict(properties, contact.id()).isPresent()) {
      throw Refusal.of(409, "CONFLICT", "another contact has that e-mail");
    }
    long at = ControlBody.instant(body, "at", "ago", request.now());
    ChangeSource source = ControlBody.source(body, PERSON);
    Portal.Written written =
        feed.telling(told(body), () -> portal.update(contact, properties, at, source));
    ObjectNode answer = Json.object();
    answer.put("id", Long.toString(contact.id()));
    answer.put("changed", written.changed());
    answer.put("equal", written.equal());
    return Answer.of(200, answer);
  }

  /** Lets a contact do one thing, or several in an array. */
  Answer act(ApiRequest request) {
    JsonNode body = request.body();
    Contact contact = contact(request);
    List<SimulatedActivity> activities = new ArrayList<>();
    (body.isArray() ? body : Json.array().add(body))
        .forEach(node -> activities.add(seeds.activity(node, request.now())));
    activities.forEach(activity -> behaviour.happen(contact, activity));
    ObjectNode answer = Json.object();
    answer.put("id", Long.toString(contact.id()));
    answer.put("activities", activities.size());
    return Answer.of(200, answer);
  }

  Answer archive(ApiRequest request) {
    portal.archive(contact(request), request.now(), PERSON);
    return Answer.noContent();
  }

  Answer erase(ApiRequest request) {
    portal.erase(contact(request), request.now(), PERSON);
    return Answer.noContent();
  }

  Answer restore(ApiRequest request) {
    String id = request.path("id");
    Contact contact = portal.findArchived(id).orElseThrow(() -> notThere("archived contact", id));
    if (portal.findByEmail(contact.valueOrEmpty("email")).isPresent()) {
      throw Refusal.of(409, "CONFLICT", "another contact has its e-mail by now");
    }
    portal.restore(contact, request.now(), PERSON);
    return Answer.noContent();
  }

  /** Merges another contact, {@code {"with":"123"}}, into this one. */
  Answer merge(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("with"));
    String with = body.path("with").asText();
    Contact primary = contact(request);
    Contact other = portal.resolve(with).orElseThrow(() -> notThere("contact", with));
    if (primary == other) {
      throw Refusal.invalid("with: a contact cannot be merged with itself");
    }
    ObjectNode answer = Json.object();
    Contact survivor = portal.merge(primary, other, request.now(), PERSON);
    answer.put("id", Long.toString(survivor.id()));
    return Answer.of(200, answer);
  }

  private Answer planted(List<Seeds.Seed> parsed, boolean told, ChangeSource source) {
    List<Contact> contacts = feed.telling(told, () -> seeds.plant(parsed, source));
    ObjectNode answer = Json.object();
    answer.put("created", contacts.size());
    answer.set(
        "ids", Json.array(contacts.stream().map(contact -> Long.toString(contact.id())).toList()));
    return Answer.of(201, answer);
  }

  private void write(JsonGenerator generator, Contact contact, List<String> names)
      throws IOException {
    generator.writeStartObject();
    generator.writeStringField("id", Long.toString(contact.id()));
    generator.writeObjectFieldStart("properties");
    for (String name : names.isEmpty() ? contact.propertyNames() : names) {
      String stored = contact.valueOrEmpty(name);
      if (!stored.isEmpty()) {
        String shown = portal.schema().find(name).map(p -> p.shown(stored)).orElse(stored);
        generator.writeStringField(name, shown);
      }
    }
    generator.writeEndObject();
    generator.writeEndObject();
  }

  private Contact contact(ApiRequest request) {
    String id = request.path("id");
    return portal.resolve(id).orElseThrow(() -> notThere("contact", id));
  }

  private static Refusal notThere(String what, String id) {
    return Refusal.of(404, "OBJECT_NOT_FOUND", "there is no " + what + " " + id);
  }

  private static boolean told(JsonNode body) {
    return body.path("webhooks").asBoolean(true);
  }
}
