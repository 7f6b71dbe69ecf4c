package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Retried;
import io.leadgauge.naive.NaiveModel;
import io.leadgauge.naive.NaiveScore;
import io.leadgauge.store.JournalEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the facts and the points of everybody must be, by the set of journalled entries alone. It
 * reads what HubSpot sends by HubSpot's description, keeps all of it in sets, whatever order it
 * came in, and takes from them what the product promises to keep; points are those of {@link
 * NaiveModel}. No class of {@code scoring} or {@code crm} has a part in it.
 */
final class Oracle {
  private static final int READ = 1;
  private static final int EVENT = 2;
  private static final int NEWEST = 100;
  private static final String PRESENCE = "~present";
  private static final String FORM_DATE = "recent_conversion_date";
  private static final String FORM_NAME = "recent_conversion_event_name";
  private static final long YEAR_10000 = 253_402_300_800_000L;
  private static final int MOST_EVENTS = 250;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** How values that connections type are read; what is not listed stays as it is. */
  private static final Map<String, String> READINGS =
      Map.ofEntries(
          Map.entry("visits 1,200", "1200"),
          Map.entry("visits $7", "7"),
          Map.entry("visits 1.5E3", "1500"),
          Map.entry("employees 1-10", "1"),
          Map.entry("employees 51-200", "51"),
          Map.entry("employees 501-1000", "501"),
          Map.entry("employees 1000+", "1000"),
          Map.entry("employees 1,000", "1000"),
          Map.entry("employees 5 to 50", "5"),
          Map.entry("optOut Yes", "true"),
          Map.entry("optOut 1", "true"),
          Map.entry("optOut no", "false"),
          Map.entry("optOut 0", "false"));

  private static final Map<String, String> FIELDS =
      Map.of(
          "firstName", "firstname",
          "occupation", "occupation",
          "country", "country",
          "visits", "visits",
          "employees", "company_size",
          "optOut", "do_not_email",
          "since", "customer_since");

  private final NaiveModel model;

  /** What was said of each property of a record, which is {@code type/id}. */
  private final Map<String, SortedMap<String, NavigableSet<Said>>> records = new TreeMap<>();

  Oracle(String model) {
    this.model = NaiveModel.of(model);
  }

  /** A value, when it was so, and whether an event or a reading says it. */
  private record Said(long at, int rank, String value) implements Comparable<Said> {
    @Override
    public int compareTo(Said other) {
      if (at != other.at) {
        return Long.compare(at, other.at);
      }
      return rank != other.rank
          ? Integer.compare(rank, other.rank)
          : Arrays.compareUnsigned(value.getBytes(UTF_8), other.value.getBytes(UTF_8));
    }
  }

  /**
   * Takes an entry of the journal.
   *
   * @return whether it could be read at all
   */
  boolean take(JournalEntry entry) {
    return switch (entry.entry()) {
      case Delivery delivery -> take(new String(delivery.body(), UTF_8));
      case Observation observation -> {
        observation.facts().forEach(this::take);
        yield true;
      }
      case Activation activation -> true;
      case Decided decided -> true;
      case Retried retried -> throw new AssertionError("nobody has retried " + retried);
      case Erasure erasure -> throw new AssertionError("nobody was erased: " + erasure);
      case GivenUp givenUp -> throw new AssertionError("no name waited: " + givenUp);
    };
  }

  private void take(Fact fact) {
    switch (fact) {
      case Fact.Assigned assigned ->
          say(
              key(assigned.of()),
              assigned.property(),
              new Said(assigned.at(), assigned.stamp().rank().code(), assigned.stamp().value()));
      case Fact.Linked linked ->
          say(
              key(linked.of()),
              link(linked.kind(), linked.to().type(), linked.to().id()),
              new Said(linked.at(), linked.stamp().rank().code(), linked.stamp().value()));
      case Fact.Happened happened -> throw new AssertionError("nobody told of " + happened);
    }
  }

  private static String key(RecordRef ref) {
    return ref.type() + "/" + ref.id();
  }

  /** Returns the name under which a link is kept beside the properties. */
  static String link(LinkKind kind, String type, String id) {
    return "link " + kind + " " + type + "/" + id;
  }

  private boolean take(String body) {
    JsonNode events;
    try {
      events = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return false;
    }
    if (!events.isArray() || events.size() > MOST_EVENTS) {
      return false;
    }
    events.forEach(this::event);
    return true;
  }

  private void event(JsonNode event) {
    JsonNode at = event.path("occurredAt");
    boolean isOurs = event.path("portalId").asText().equals(House.PORTAL);
    if (!isOurs || !at.isIntegralNumber() || at.asLong() <= 0 || at.asLong() >= YEAR_10000) {
      return;
    }
    String contact = event.path("objectId").asText();
    if (contact.isBlank()) {
      return;
    }
    switch (event.path("subscriptionType").asText()) {
      case "contact.creation", "contact.restore" ->
          say("contact/" + contact, PRESENCE, new Said(at.asLong(), EVENT, "true"));
      case "contact.deletion" ->
          say("contact/" + contact, PRESENCE, new Said(at.asLong(), EVENT, "false"));
      case "contact.propertyChange" -> {
        String property = event.path("propertyName").asText();
        JsonNode value = event.path("propertyValue");
        if (!property.isBlank() && value.isTextual() && !value.asText().equals("REDACTED")) {
          say("contact/" + contact, property, new Said(at.asLong(), EVENT, value.asText()));
        }
      }
      default -> {}
    }
  }

  private void say(String record, String property, Said said) {
    NavigableSet<Said> all =
        records
            .computeIfAbsent(record, key -> new TreeMap<>())
            .computeIfAbsent(property, key -> new TreeSet<>());
    if (said.rank() == READ) {
      List<Said> alike =
          all.stream()
              .filter(other -> other.rank() == READ && other.value().equals(said.value()))
              .toList();
      if (alike.stream().anyMatch(other -> other.at() >= said.at())) {
        return;
      }
      alike.forEach(all::remove);
    }
    all.add(said);
    // What has so many after it never comes back: readings only ever move on.
    while (all.size() > NEWEST) {
      all.pollFirst();
    }
  }

  // What must be kept

  /** Returns all records, as {@code type/id}. */
  Set<String> records() {
    return new TreeSet<>(records.keySet());
  }

  /** Returns the ids of all contacts. */
  List<String> contacts() {
    return records.keySet().stream()
        .filter(key -> key.startsWith("contact/"))
        .map(key -> key.substring("contact/".length()))
        .toList();
  }

  /** Returns the facts of a record, a line each. */
  SortedSet<String> facts(String record) {
    SortedSet<String> facts = new TreeSet<>();
    for (String property : records.getOrDefault(record, new TreeMap<>()).keySet()) {
      for (Said said : kept(record, property)) {
        facts.add(line(property, said.at(), said.rank(), said.value()));
      }
    }
    return facts;
  }

  /** Returns one fact as text. */
  static String line(String property, long at, int rank, String value) {
    return property + " " + at + " " + rank + " '" + value + "'";
  }

  private List<Said> kept(String record, String property) {
    return List.copyOf(
        records.getOrDefault(record, new TreeMap<>()).getOrDefault(property, new TreeSet<>()));
  }

  private Optional<String> value(String contact, String property) {
    List<Said> kept = kept("contact/" + contact, property);
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast().value());
  }

  /** Tells whether a contact is not there any more. */
  boolean isGone(String contact) {
    return value(contact, PRESENCE).filter("false"::equals).isPresent();
  }

  // What it is worth

  /** Returns what a contact is worth at an instant. */
  NaiveScore score(String contact, long at) {
    return model.score(file(contact).toString(), at);
  }

  /** Returns the contact as a file for {@code score}. */
  ObjectNode file(String contact) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = file.putObject("properties");
    FIELDS.forEach(
        (name, property) ->
            value(contact, property)
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> properties.put(name, neutral(name, value))));
    ArrayNode activities = file.putArray("activities");
    forms(contact).forEach((at, form) -> activities.add(activity(at, form)));
    return file;
  }

  private static String neutral(String name, String value) {
    if (name.equals("since")) {
      return instant(value).map(at -> Instant.ofEpochMilli(at).toString()).orElse(value);
    }
    return READINGS.getOrDefault(name + " " + value, value);
  }

  private static Optional<Long> instant(String text) {
    try {
      if (text.chars().allMatch(Character::isDigit) && !text.isEmpty()) {
        return Optional.of(Long.parseLong(text));
      }
      return Optional.of(
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the form of each date that was ever told, empty for none: the name that was set at the
   * same instant as the date; of two tellings of one date, the later that has a name.
   */
  private Map<Long, String> forms(String contact) {
    Map<Long, String> forms = new HashMap<>();
    List<Said> names = kept("contact/" + contact, FORM_NAME);
    for (Said date : kept("contact/" + contact, FORM_DATE)) {
      instant(date.value())
          .ifPresent(
              at -> {
                String form = "";
                for (Said name : names) {
                  if (name.at() == date.at() && !name.value().isEmpty()) {
                    form = name.value();
                  }
                }
                if (!form.isEmpty() || !forms.containsKey(at)) {
                  forms.put(at, form);
                }
              });
    }
    return forms;
  }

  private static ObjectNode activity(long at, String form) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode();
    activity.put("type", "form_submission").put("at", Instant.ofEpochMilli(at).toString());
    return form.isEmpty() ? activity : activity.put("form", form);
  }
}
