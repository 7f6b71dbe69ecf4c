package io.leadgauge.pipeline;

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
  private final SortedMap<String, SortedSet<String>> activityProperties;
  private final SortedMap<String, SortedSet<String>> needed;
  private final SortedMap<String, SortedSet<String>> linked;
  private final SortedMap<String, SortedSet<String>> outcomes;
  private final SortedMap<String, SortedSet<String>> required;
  private final SortedMap<String, SortedSet<String>> read;

  ReadNames(Connection connection, List<ModelAtWork> models) {
    this.connection = connection;
    this.models = List.copyOf(models);
    this.properties = allNamed();
    this.activityTypes = union(ScoringModel::activityTypes);
    this.activityProperties =
        ofPersons(person -> new TreeSet<>(connection.activityProperties(person)));
    this.needed = ofPersons(this::allNeeded);
    this.linked = allLinked();
    this.required = ofPersons(this::allRequired);
    this.outcomes = allOutcomes();
    this.read = ofPersons(this::allRead);
  }

  private SortedMap<String, SortedSet<String>> ofPersons(
      Function<String, SortedSet<String>> names) {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    connection
        .personTypes()
        .forEach(person -> all.put(person, Collections.unmodifiableSortedSet(names.apply(person))));
    return Collections.unmodifiableSortedMap(all);
  }

  /** Returns the neutral names of the properties that any of the models reads or tasks name. */
  SortedSet<String> properties() {
    return properties;
  }

  /** Returns the types of the activities that any of the models reads. */
  SortedSet<String> activityTypes() {
    return activityTypes;
  }

  /** Returns the properties of persons of a type that make up activities. */
  SortedSet<String> activityProperties(String person) {
    return activityProperties.getOrDefault(person, NONE);
  }

  /** Returns the properties without which no person of a type is scored or written. */
  SortedSet<String> needed(String person) {
    return needed.getOrDefault(person, NONE);
  }

  /** Returns the types of the records, other than persons, that a score may depend on. */
  Set<String> linkedTypes() {
    return linked.keySet();
  }

  /** Returns what must be known of a record of this type before a score that depends on it. */
  SortedSet<String> required(String type) {
    return required.getOrDefault(type, linked.getOrDefault(type, NONE));
  }

  /** Tells whether records of this type are read. */
  boolean reads(String type) {
    return read.containsKey(type) || linked.containsKey(type) || outcomes.containsKey(type);
  }

  /** Returns what a read of records of this type asks for; none where they are not read. */
  SortedSet<String> read(String type) {
    SortedSet<String> ofPersons = read.get(type);
    if (ofPersons != null) {
      return ofPersons;
    }
    SortedSet<String> all = new TreeSet<>(outcomes.getOrDefault(type, NONE));
    all.addAll(linked.getOrDefault(type, NONE));
    return all;
  }

  /** Returns what a read of persons asks for, by their type. */
  SortedMap<String, SortedSet<String>> read() {
    return read;
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

  private SortedSet<String> allNeeded(String person) {
    SortedSet<String> names = new TreeSet<>(activityProperties(person));
    for (String name : properties) {
      String property = propertyOf(connection, name, person);
      if (property != null) {
        names.add(property);
      }
    }
    for (ModelUse use : connection.models()) {
      names.addAll(use.fields().values());
      StageMap stages = use.stages();
      if (stages != null && stages.holders().contains(person)) {
        names.add(stages.property());
      }
    }
    if (connection.namesByEmail()) {
      names.add(connection.kind().emailProperty());
    }
    if (isHandingToOwners()) {
      names.add(connection.kind().ownerProperty());
    }
    return names;
  }

  /** What models read of records that contacts are linked to, by their type. */
  private SortedMap<String, SortedSet<String>> allLinked() {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    for (String name : properties) {
      String property = propertyOfCompany(connection, name);
      if (property != null) {
        names(all, RecordRef.COMPANY).add(property);
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

  /** A lead works at no company that the CRM keeps. */
  private SortedSet<String> allRequired(String person) {
    SortedSet<String> types = new TreeSet<>(linked.keySet());
    if (!person.equals(RecordRef.CONTACT)) {
      types.remove(RecordRef.COMPANY);
    }
    return withAssociations(needed(person), types);
  }

  private SortedMap<String, SortedSet<String>> allOutcomes() {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    connection
        .outcomes()
        .records()
        .forEach(
            (type, properties) -> {
              if (!RecordRef.isContact(type)) {
                names(all, type).addAll(properties);
                names(all, type).add(Fact.Assigned.ASSOCIATED + RecordRef.CONTACT);
              }
            });
    return all;
  }

  private static SortedSet<String> names(SortedMap<String, SortedSet<String>> all, String type) {
    return all.computeIfAbsent(type, one -> new TreeSet<>());
  }

  private SortedSet<String> allRead(String person) {
    SortedSet<String> all = withAssociations(required(person), connection.outcomes().associated());
    all.addAll(connection.outcomes().of(person));
    return all;
  }

  private static SortedSet<String> withAssociations(Set<String> names, Set<String> types) {
    SortedSet<String> all = new TreeSet<>(names);
    types.forEach(type -> all.add(Fact.Assigned.ASSOCIATED + type));
    return all;
  }

  /**
   * Returns the platform's name of a property that a model names, where persons of a type hold it
   * themselves; null where they do not.
   */
  static @Nullable String propertyOf(Connection connection, String name, String person) {
    ListMap list = list(connection, name);
    if (list != null) {
      return list.property();
    }
    FieldMap.Field field = field(connection, name);
    if (field != null) {
      return field.in(person);
    }
    return name.startsWith(FieldMap.RAW_PREFIX)
        ? name.substring(FieldMap.RAW_PREFIX.length())
        : name;
  }

  /** Returns the platform's name of a property that a model names and that companies hold. */
  static @Nullable String propertyOfCompany(Connection connection, String name) {
    FieldMap.Field field = field(connection, name);
    return field != null && field.isOfCompanyOf(RecordRef.CONTACT)
        ? field.in(RecordRef.COMPANY)
        : null;
  }

  /** Returns where the CRM holds a property that a model names; null where nothing says. */
  static FieldMap.@Nullable Field field(Connection connection, String name) {
    FieldMap.Field field = connection.fields().fields().get(name);
    return field == null ? connection.kind().usual(name) : field;
  }

  /** Returns what tells the membership that a model reads by this name; null if it is none. */
  static @Nullable ListMap list(Connection connection, String name) {
    return name.startsWith(Condition.Listed.PREFIX)
        ? connection.lists().get(name.substring(Condition.Listed.PREFIX.length()))
        : null;
  }
}
