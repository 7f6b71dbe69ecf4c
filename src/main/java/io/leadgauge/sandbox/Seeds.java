package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contacts that are put into the portal from outside, with their past. */
final class Seeds {
  private static final Set<String> ABOUT = Set.of("form", "url", "email");

  private final Portal portal;
  private final Behaviour behaviour;
  private final WrittenValues values;

  /** The seeds of a portal. */
  static Seeds of(Portal portal) {
    return new Seeds(portal);
  }

  /**
   * A contact to be.
   *
   * @param properties in stored form
   * @param createdAt when it was created
   * @param activities what it did since
   */
  record Seed(Map<String, String> properties, long createdAt, List<SimulatedActivity> activities) {}

  private Seeds(Portal portal) {
    this.portal = portal;
    this.behaviour = new Behaviour(portal);
    this.values = new WrittenValues(portal, ObjectType.CONTACT);
  }

  /** Reads contacts; refused as a whole, with all wrong values at once. */
  List<Seed> parse(JsonNode contacts, long now) {
    if (!contacts.isArray()) {
      throw Refusal.invalid("contacts: expected an array");
    }
    List<Invalid> problems = new ArrayList<>();
    List<Seed> seeds = new ArrayList<>();
    for (JsonNode contact : contacts) {
      ControlBody.only(
          contact, "contacts", Set.of("properties", "createdAt", "createdAgo", "activities"));
      List<SimulatedActivity> activities = new ArrayList<>();
      contact.path("activities").forEach(node -> activities.add(activity(node, now)));
      seeds.add(
          new Seed(
              values.of(contact.path("properties"), problems),
              ControlBody.instant(contact, "createdAt", "createdAgo", now),
              activities));
    }
    if (!problems.isEmpty()) {
      throw Refusal.invalid(problems);
    }
    return seeds;
  }

  /** Reads an activity. */
  SimulatedActivity activity(JsonNode node, long now) {
    ControlBody.only(
        node, "activity", Set.of("type", "at", "ago", "form", "url", "email", "properties"));
    String type = node.path("type").asText();
    SimulatedActivity.Kind kind =
        SimulatedActivity.Kind.ofWord(type)
            .orElseThrow(() -> Refusal.invalid("type: \"" + type + "\" is not one of " + kinds()));
    return new SimulatedActivity(
        kind,
        ControlBody.instant(node, "at", "ago", now),
        ControlBody.texts(node, ABOUT),
        node.has("properties") ? values.of(node.path("properties")) : Map.of());
  }

  /** Creates the contacts and lets them do what they did, in order of time. */
  List<CrmRecord> plant(List<Seed> seeds, ChangeSource source) {
    requireNoConflict(seeds);
    List<CrmRecord> planted = new ArrayList<>(seeds.size());
    for (Seed seed : seeds) {
      CrmRecord contact =
          portal.create(ObjectType.CONTACT, seed.properties(), seed.createdAt(), source);
      seed.activities().stream()
          .sorted(Comparator.comparingLong(SimulatedActivity::at))
          .forEach(activity -> behaviour.happen(contact, activity));
      planted.add(contact);
    }
    return planted;
  }

  private void requireNoConflict(List<Seed> seeds) {
    Set<String> emails = new HashSet<>();
    for (Seed seed : seeds) {
      String email = seed.properties().getOrDefault("email", "");
      if (portal.of(ObjectType.CONTACT).conflict(seed.properties(), 0).isPresent()
          || !(email.isEmpty() || emails.add(email))) {
        throw Refusal.of(409, "CONFLICT", "contacts: there is one with the e-mail " + email);
      }
    }
  }

  private static List<String> kinds() {
    List<String> words = new ArrayList<>();
    for (SimulatedActivity.Kind kind : SimulatedActivity.Kind.values()) {
      words.add(kind.word());
    }
    return words;
  }
}
