package io.leadgauge.pipeline;

import static java.util.Objects.requireNonNull;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ScoringModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection with the models that score its contacts, and which of the CRM's properties they
 * together concern. Immutable and thread-safe.
 */
public final class ConnectionScope {
  private static final SortedSet<String> NO_NAMES = Collections.emptySortedSet();

  private final Connection connection;
  private final List<ModelAtWork> models;
  private final String configuration;
  private final SortedSet<String> properties;
  private final SortedSet<String> activityTypes;
  private final Set<String> workflowFacts;
  private final SortedSet<String> needed;
  private final SortedSet<String> activityProperties;
  private final SortedMap<String, SortedSet<String>> linked;
  private final SortedMap<String, SortedSet<String>> outcomes;
  private final SortedSet<String> required;
  private final SortedSet<String> read;
  private final long heldSince;
  private final Recall recall;
  private final Set<String> refused;

  /**
   * Puts a connection and its models together.
   *
   * @param manifest hash of the connection's manifest
   * @param models its models, compiled, by the names that the connection calls them
   * @throws IllegalArgumentException if one that the connection names is missing
   */
  public ConnectionScope(Connection connection, String manifest, Map<String, ScoringModel> models) {
    this.connection = connection;
    this.models =
        connection.models().stream().map(use -> new ModelAtWork(use, of(use, models))).toList();
    this.configuration = configuration(manifest, this.models);
    this.properties = allNamed();
    this.activityTypes = union(this.models, ScoringModel::activityTypes);
    this.workflowFacts =
        workflows().stream().map(WorkflowHook::factType).collect(Collectors.toUnmodifiableSet());
    this.activityProperties = new TreeSet<>(connection.activityProperties());
    this.needed = allNeeded();
    this.linked = allLinked();
    this.required = withAssociations(needed, linked.keySet());
    this.outcomes = allOutcomes();
    this.read = allRead();
    this.heldSince = Due.NEVER;
    this.recall = Recall.NONE;
    this.refused = Set.of();
  }

  private ConnectionScope(
      ConnectionScope same,
      SortedSet<String> read,
      long heldSince,
      Recall recall,
      Set<String> refused) {
    this.connection = same.connection;
    this.models = same.models;
    this.configuration = same.configuration;
    this.properties = same.properties;
    this.activityTypes = same.activityTypes;
    this.workflowFacts = same.workflowFacts;
    this.activityProperties = same.activityProperties;
    this.needed = same.needed;
    this.linked = same.linked;
    this.required = same.required;
    this.outcomes = same.outcomes;
    this.read = read;
    this.heldSince = heldSince;
    this.recall = recall;
    this.refused = Set.copyOf(refused);
  }

  /**
   * Returns the same, holding back from the CRM what follows from the change of configuration at
   * this instant alone, and all stages.
   */
  ConnectionScope heldSince(long instant) {
    return new ConnectionScope(this, read, instant, recall, refused);
  }

  /** Returns the same, leaving properties out of all writes, because the CRM refuses them. */
  ConnectionScope refusing(Set<String> properties) {
    return new ConnectionScope(this, read, heldSince, recall, properties);
  }

  /** Tells whether a property is left out of all writes. */
  boolean isRefused(String property) {
    return refused.contains(property);
  }

  /** Returns the platform's names of the properties that are written, the stage's included. */
  Set<String> written() {
    Set<String> names = new TreeSet<>();
    for (ModelUse use : connection.models()) {
      names.addAll(use.fields().values());
      if (use.stages() != null) {
        names.add(use.stages().property());
      }
    }
    return names;
  }

  /** Returns the same, reading more properties than it needs, for the version that comes next. */
  ConnectionScope reading(Set<String> more) {
    SortedSet<String> all = new TreeSet<>(read);
    all.addAll(more);
    return new ConnectionScope(
        this, Collections.unmodifiableSortedSet(all), heldSince, recall, refused);
  }

  /** Returns the same after the last backfill, or during it. */
  ConnectionScope recalling(Recall last) {
    return new ConnectionScope(this, read, heldSince, last, refused);
  }

  /** Returns the last backfill. */
  Recall recall() {
    return recall;
  }

  /** Tells whether stages are held back. */
  boolean isHeld() {
    return heldSince != Due.NEVER;
  }

  /**
   * Tells whether all writes of a contact are held back: a change of configuration or a backfill
   * is, and nothing has happened to the contact since.
   */
  boolean holdsBack(RecordState state) {
    return (isHeld() && isUntouched(state, heldSince))
        || (recall.held() && isUntouched(state, recall.since()));
  }

  private static boolean isUntouched(RecordState state, long since) {
    return state.changedAt() < since && state.writtenAt() < since;
  }

  /**
   * Returns the platform's names of the properties, and the reserved names of the associations,
   * that a read of records of this type asks for; none where records of this type are not read.
   */
  SortedSet<String> read(String type) {
    if (type.equals(RecordRef.CONTACT)) {
      return read;
    }
    SortedSet<String> all = new TreeSet<>(outcomes.getOrDefault(type, NO_NAMES));
    all.addAll(linked.getOrDefault(type, NO_NAMES));
    return all;
  }

  /** Tells whether records of this type are read. */
  boolean reads(String type) {
    return type.equals(RecordRef.CONTACT) || linked.containsKey(type) || outcomes.containsKey(type);
  }

  /** Tells whether a score may depend on records of this type that a contact is linked to. */
  boolean scores(String type) {
    return linked.containsKey(type);
  }

  /** Returns the types of the records, other than companies, that are activities themselves. */
  Set<String> activityObjects() {
    Set<String> types = new TreeSet<>(linked.keySet());
    types.remove(RecordRef.COMPANY);
    return types;
  }

  private static ScoringModel of(ModelUse use, Map<String, ScoringModel> models) {
    ScoringModel model = models.get(use.name());
    if (model == null) {
      throw new IllegalArgumentException("no model " + use.name());
    }
    return model;
  }

  private static String configuration(String manifest, List<ModelAtWork> models) {
    List<String> hashes = new ArrayList<>(List.of(manifest));
    models.forEach(model -> hashes.add(model.hash()));
    return String.join(" ", hashes);
  }

  private static SortedSet<String> union(
      List<ModelAtWork> models, Function<ScoringModel, SortedSet<String>> part) {
    SortedSet<String> all = new TreeSet<>();
    models.forEach(model -> all.addAll(part.apply(model.model())));
    return Collections.unmodifiableSortedSet(all);
  }

  /** Also what is only named in tasks, where the model's stages are moved. */
  private SortedSet<String> allNamed() {
    SortedSet<String> names = new TreeSet<>(union(models, ScoringModel::properties));
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
      names.add(emailProperty());
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

  public ConnectionId id() {
    return connection.id();
  }

  public Connection connection() {
    return connection;
  }

  /** Returns the models that score its contacts, in the manifest's order; at least one. */
  public List<ModelAtWork> models() {
    return models;
  }

  /** Returns the neutral names of the properties that any of the models reads. */
  SortedSet<String> properties() {
    return properties;
  }

  /** Returns the types of the activities that any of the models reads. */
  SortedSet<String> activityTypes() {
    return activityTypes;
  }

  /** Returns the workflows whose webhooks are activities that any of the models reads. */
  List<WorkflowHook> workflows() {
    return connection.webhooks().workflows().stream()
        .filter(hook -> activityTypes.contains(hook.activity()))
        .toList();
  }

  /**
   * Returns the key of what was told of a contact's e-mail address and not of the contact; empty
   * where nothing is, or it has none.
   */
  Optional<RecordRef> emailAddress(RecordState contact) {
    return connection.webhooks().namesByEmail()
        ? Optional.ofNullable(contact.facts().value(emailProperty()))
            .map(address -> RecordRef.emailAddress(id(), address))
        : Optional.empty();
  }

  private String emailProperty() {
    return requireNonNull(connection.kind().usual("email"), "every platform has e-mail addresses");
  }

  /** Returns the stages that one of the models moves; null where none does. */
  @Nullable StageMap stages() {
    for (ModelAtWork model : models) {
      if (model.use().stages() != null) {
        return model.use().stages();
      }
    }
    return null;
  }

  /** Returns what tells this configuration from any other: the hashes of manifest and models. */
  String configuration() {
    return configuration;
  }

  /**
   * Returns the platform's names of all properties of a contact that must be known before it is
   * scored and written: what the models read, what is an activity, what is written, the stage.
   */
  public SortedSet<String> needed() {
    return needed;
  }

  /** Returns those of the needed properties that others set: not the fields that we write. */
  SortedSet<String> told() {
    SortedSet<String> told = new TreeSet<>(needed);
    models.forEach(model -> told.removeAll(model.use().fields().values()));
    return told;
  }

  /**
   * Returns what a look for changed contacts asks for: all that is needed, and how they turned out.
   */
  SortedSet<String> looked() {
    SortedSet<String> looked = new TreeSet<>(needed);
    looked.addAll(connection.outcomes().contact());
    return looked;
  }

  /**
   * Returns all that must be known of a record of this type before it, or a contact linked to it,
   * is scored: properties, and by reserved names the associations.
   */
  SortedSet<String> required(String type) {
    return type.equals(RecordRef.CONTACT) ? required : linked.getOrDefault(type, NO_NAMES);
  }

  /** Tells whether enough is known of a record for a score that depends on it. */
  boolean isKnown(RecordState state) {
    for (String property : required(state.ref().type())) {
      if (!state.facts().knows(property)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether all that is read of a record was told at least once. */
  boolean isRead(RecordState state) {
    return read(state.ref().type()).stream().allMatch(state.facts()::knows);
  }

  /** Tells whether a change of this fact may change a score, or what the CRM should hold. */
  boolean concerns(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned ->
          required(fact.of().type()).contains(assigned.property())
              || assigned.property().equals(Fact.Assigned.PRESENCE);
      case Fact.Happened happened ->
          activityTypes.contains(happened.activity().type())
              || workflowFacts.contains(happened.activity().type());
      case Fact.Linked link ->
          link.kind() == LinkKind.MERGED_INTO || linked.containsKey(link.to().type());
    };
  }

  /** Tells whether an event of this property means that an activity must be read with its pair. */
  boolean isPartOfActivity(String property) {
    return activityProperties.contains(property);
  }

  /** Returns the date properties that are activities. */
  Set<String> activityDates() {
    Set<String> dates = new TreeSet<>();
    for (ActivityMap activity : connection.activities()) {
      if (activity.isOfContact()) {
        dates.add(activity.at());
      }
    }
    return dates;
  }
}
