package io.leadgauge.pipeline;

import static java.util.Objects.requireNonNull;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ScoringModel;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of all that is read of a CRM for a connection: what its models read, what they hand
 * over to sales, what is written, what is kept of how contacts turned out. Immutable and
 * thread-safe.
 */
final class ReadNames {
  private static final SortedSet<String> NONE = Collections.emptySortedSet();

  private final Connection connection;
  private final List<ModelAtWork> models;
  private final SortedSet<String> properties;
  private final SortedSet<String> activityTypes;
  private final SortedSet<String> activityProperties;
  private final SortedSet<String> needed;
  private final SortedMap<String, SortedSet<String>> linked;
  private final SortedMap<String, SortedSet<String>> outcomes;
  private final SortedSet<String> required;
  private final SortedSet<String> read;

  ReadNames(Connection connection, List<ModelAtWork> models) {
    this.connection = connection;
    this.models = List.copyOf(models);
    this.properties = allNamed();
    this.activityTypes = union(ScoringModel::activityTypes);
    this.activityProperties = new TreeSet<>(connection.activityProperties());
    this.needed = allNeeded();
    this.linked = allLinked();
    this.required = withAssociations(needed, linked.keySet());
    this.outcomes = allOutcomes();
    this.read = allRead();
  }

  /** Returns the neutral names of the properties that any of the models reads or tasks name. */
  SortedSet<String> properties() {
    return properties;
  }

  /** Returns the types of the activities that any of the models reads. */
  SortedSet<String> activityTypes() {
    return activityTypes;
  }

  /** Returns the properties of contacts that make up activities. */
  SortedSet<String> activityProperties() {
    return activityProperties;
  }

  /** Returns the properties of a contact without which it is neither scored nor written. */
  SortedSet<String> needed() {
    return needed;
  }

  /** Returns the types of the records, other than contacts, that a score may depend on. */
  Set<String> linkedTypes() {
    return linked.keySet();
  }

  /** Returns what must be known of a record of this type before a score that depends on it. */
  SortedSet<String> required(String type) {
    return type.equals(RecordRef.CONTACT) ? required : linked.getOrDefault(type, NONE);
  }

  /** Tells whether records of this type are read. */
  boolean reads(String type) {
    return type.equals(RecordRef.CONTACT) || linked.containsKey(type) || outcomes.containsKey(type);
  }

  /** Returns what a read of records of this type asks for; none where they are not read. */
  SortedSet<String> read(String type) {
    if (type.equals(RecordRef.CONTACT)) {
      return read;
    }
    SortedSet<String> all = new TreeSet<>(outcomes.getOrDefault(type, NONE));
    all.addAll(linked.getOrDefault(type, NONE));
    return all;
  }

  private SortedSet<String> union(Function<ScoringModel, SortedSet<String>> part) {
    SortedSet<String> all = new TreeSet<>();
    models.forEach(model -> all.addAll(part.apply(model.model())));
    return Collections.unmodifiableSortedSet(all);
  }

  /** Also what is only named in tasks, where the model's stages are moved. */
  private SortedSet<String> allNamed() {
    SortedSet<String> names = new TreeSet<>(union(ScoringModel::properties));
    models.stream()
        .filter(model -> model.use().stages() != null)
        .forEach(model -> names.addAll(model.model().taskProperties()));
    return Collections.unmodifiableSortedSet(names);
  }

  private boolean isHandingToOwners() {
    return models.stream()
        .anyMatch(model -> model.use().stages() != null && model.model().isHandingToOwners());
  }

  private SortedSet<String> allNeeded() {
    SortedSet<String> names = new TreeSet<>(activityProperties);
    for (String name : properties) {
      if (isOfContact(connection, name)) {
        names.add(rawName(connection, name));
      }
    }
    for (ModelUse use : connection.models()) {
      names.addAll(use.fields().values());
      StageMap stages = use.stages();
      if (stages != null) {
        names.add(stages.property());
      }
    }
    if (connection.webhooks().namesByEmail()) {
      names.add(emailProperty(connection));
    }
    if (isHandingToOwners()) {
      names.add(connection.kind().ownerProperty());
    }
    return Collections.unmodifiableSortedSet(names);
  }

  /** What models read of records that contacts are linked to, by their type. */
  private SortedMap<String, SortedSet<String>> allLinked() {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    for (String name : properties) {
      if (!isOfContact(connection, name)) {
        names(all, RecordRef.COMPANY).add(rawName(connection, name));
      }
    }
    for (ActivityMap activity : connection.activities()) {
      if (!activity.isOfContact() && activityTypes.contains(activity.type())) {
        SortedSet<String> names = names(all, activity.object());
        names.addAll(activity.properties());
        names.add(Fact.Assigned.ASSOCIATED + RecordRef.CONTACT);
      }
    }
    return all;
  }

  private SortedMap<String, SortedSet<String>> allOutcomes() {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    connection
        .outcomes()
        .records()
        .forEach(
            (type, properties) -> {
              names(all, type).addAll(properties);
              names(all, type).add(Fact.Assigned.ASSOCIATED + RecordRef.CONTACT);
            });
    return all;
  }

  private static SortedSet<String> names(SortedMap<String, SortedSet<String>> all, String type) {
    return all.computeIfAbsent(type, one -> new TreeSet<>());
  }

  private SortedSet<String> allRead() {
    SortedSet<String> all =
        new TreeSet<>(withAssociations(required, connection.outcomes().associated()));
    all.addAll(connection.outcomes().contact());
    return Collections.unmodifiableSortedSet(all);
  }

  private static SortedSet<String> withAssociations(Set<String> names, Set<String> types) {
    SortedSet<String> all = new TreeSet<>(names);
    types.forEach(type -> all.add(Fact.Assigned.ASSOCIATED + type));
    return Collections.unmodifiableSortedSet(all);
  }

  /** Tells whether a contact itself holds a property that a model names, and not its company. */
  static boolean isOfContact(Connection connection, String name) {
    FieldMap.Field field = connection.fields().fields().get(name);
    return field == null || field.isOfContact();
  }

  /** Returns the platform's name of a property that a model names. */
  static String rawName(Connection connection, String name) {
    ListMap list = list(connection, name);
    if (list != null) {
      return list.property();
    }
    FieldMap.Field field = connection.fields().fields().get(name);
    if (field != null) {
      return field.property();
    }
    if (name.startsWith(FieldMap.RAW_PREFIX)) {
      return name.substring(FieldMap.RAW_PREFIX.length());
    }
    String usual = connection.kind().usual(name);
    return usual == null ? name : usual;
  }

  /** Returns what tells the membership that a model reads by this name; null if it is none. */
  static @Nullable ListMap list(Connection connection, String name) {
    return name.startsWith(Condition.Listed.PREFIX)
        ? connection.lists().get(name.substring(Condition.Listed.PREFIX.length()))
        : null;
  }

  /** Returns the property that holds a contact's e-mail address. */
  static String emailProperty(Connection connection) {
    return requireNonNull(connection.kind().usual("email"), "every platform has e-mail addresses");
  }
}
