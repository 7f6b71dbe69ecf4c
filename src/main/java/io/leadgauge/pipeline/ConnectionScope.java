package io.leadgauge.pipeline;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Stamp;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection with the models that score its contacts, and which of the CRM's properties they
 * together concern. Immutable and thread-safe.
 */
public final class ConnectionScope {
  /** The name of a model that is compared with one of the connection; no manifest can give it. */
  public static final String OTHER = "~other";

  private final Connection connection;
  private final List<ModelAtWork> models;
  private final String configuration;
  private final ReadNames names;
  private final Set<String> workflowFacts;
  private final SortedMap<String, SortedSet<String>> read;
  private final long heldSince;
  private final Recall recall;
  private final Set<String> refused;
  private final Set<RecordRef> withheld;

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
    this.names = new ReadNames(connection, this.models);
    this.workflowFacts =
        workflows().stream().map(WorkflowHook::factType).collect(Collectors.toUnmodifiableSet());
    this.read = names.read();
    this.heldSince = Due.NEVER;
    this.recall = Recall.NONE;
    this.refused = Set.of();
    this.withheld = Set.of();
  }

  /**
   * Returns the same connection, scored by one of its models and by another that takes its place.
   *
   * @param model the one, as it is
   * @param other the other, compiled for those whom it is to score; {@link #OTHER} is its name here
   */
  public ConnectionScope comparing(ModelAtWork model, ScoringModel other) {
    ModelUse use = model.use();
    ModelUse its = new ModelUse(OTHER, other.name(), use.fields(), use.stages());
    return new ConnectionScope(
        connection.scoredBy(List.of(use, its)),
        configuration,
        Map.of(use.name(), model.model(), OTHER, other));
  }

  private ConnectionScope(
      ConnectionScope same,
      SortedMap<String, SortedSet<String>> read,
      long heldSince,
      Recall recall,
      Set<String> refused,
      Set<RecordRef> withheld) {
    this.connection = same.connection;
    this.models = same.models;
    this.configuration = same.configuration;
    this.names = same.names;
    this.workflowFacts = same.workflowFacts;
    this.read = read;
    this.heldSince = heldSince;
    this.recall = recall;
    this.refused = Set.copyOf(refused);
    this.withheld = Set.copyOf(withheld);
  }

  /**
   * Returns the same, holding back from the CRM what follows from the change of configuration at
   * this instant alone, and all stages.
   */
  ConnectionScope heldSince(long instant) {
    return new ConnectionScope(this, read, instant, recall, refused, withheld);
  }

  /** Returns the same, leaving properties out of all writes, because the CRM refuses them. */
  ConnectionScope refusing(Set<String> properties) {
    return new ConnectionScope(this, read, heldSince, recall, properties, withheld);
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

  /**
   * Returns the same, reading more of persons than it needs, for the version that comes next.
   *
   * @param next that version
   */
  ConnectionScope readingFor(ConnectionScope next) {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    read.forEach(
        (person, names) -> {
          SortedSet<String> more = new TreeSet<>(names);
          more.addAll(next.required(person));
          all.put(person, Collections.unmodifiableSortedSet(more));
        });
    return new ConnectionScope(
        this, Collections.unmodifiableSortedMap(all), heldSince, recall, refused, withheld);
  }

  /** Returns the same after the last backfill, or during it. */
  ConnectionScope recalling(Recall last) {
    return new ConnectionScope(this, read, heldSince, last, refused, withheld);
  }

  /** Returns the last backfill. */
  Recall recall() {
    return recall;
  }

  /**
   * Returns the same, holding back the stages of all contacts that are linked to these records,
   * whose change would move too many of them.
   */
  ConnectionScope withholding(Set<RecordRef> records) {
    return new ConnectionScope(this, read, heldSince, recall, refused, records);
  }

  /** Tells whether all stages are held back. */
  boolean isHeld() {
    return heldSince != Due.NEVER || recall.holdsAll();
  }

  /** Tells whether a contact is linked to a record because of which its stage is held back. */
  boolean isWithheld(RecordState contact) {
    for (RecordRef record : withheld) {
      if (contact.facts().isLinkedTo(record)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether all writes of a contact are held back: a change of configuration or a backfill
   * is, and nothing has happened to the contact since; or what a restore has lost, of all contacts
   * or of this one, was not read yet.
   */
  boolean holdsBack(RecordState state) {
    if (recall.holds(state.ref())) {
      return true;
    }
    return switch (recall.held()) {
      case ALL -> true;
      case UNTOUCHED -> isUntouched(state, recall.since()) || isHeldByChange(state);
      case NOTHING -> isHeldByChange(state);
    };
  }

  private boolean isHeldByChange(RecordState state) {
    return heldSince != Due.NEVER && isUntouched(state, heldSince);
  }

  private static boolean isUntouched(RecordState state, long since) {
    return state.changedAt() < since && state.writtenAt() < since;
  }

  /**
   * Returns the platform's names of the properties, and the reserved names of the associations,
   * that a read of records of this type asks for; none where records of this type are not read.
   */
  SortedSet<String> read(String type) {
    SortedSet<String> ofPersons = read.get(type);
    return ofPersons == null ? names.read(type) : ofPersons;
  }

  /** Tells whether records of this type are read. */
  boolean reads(String type) {
    return names.reads(type);
  }

  /** Tells whether a score may depend on records of this type that a contact is linked to. */
  boolean scores(String type) {
    return names.linkedTypes().contains(type);
  }

  /** Returns the types of the records, other than companies, that are activities themselves. */
  Set<String> activityObjects() {
    Set<String> types = new TreeSet<>(names.linkedTypes());
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
    return names.properties();
  }

  /** Returns the types of the activities that any of the models reads. */
  SortedSet<String> activityTypes() {
    return names.activityTypes();
  }

  /** Returns the workflows whose webhooks are activities that any of the models reads. */
  List<WorkflowHook> workflows() {
    return connection.webhooks().workflows().stream()
        .filter(hook -> activityTypes().contains(hook.activity()))
        .toList();
  }

  /**
   * Returns the key of what was told of a contact's e-mail address and not of the contact; empty
   * where nothing is, or it has none.
   */
  Optional<RecordRef> emailAddress(RecordState contact) {
    return connection.namesByEmail()
        ? Optional.ofNullable(contact.facts().value(connection.kind().emailProperty()))
            .filter(address -> !address.isBlank())
            .map(address -> RecordRef.emailAddress(id(), address))
        : Optional.empty();
  }

  /** Returns the keys of all e-mail addresses that a contact has, or ever had. */
  Set<RecordRef> emailAddresses(RecordState contact) {
    Set<RecordRef> addresses = new TreeSet<>();
    for (Stamp stamp : contact.facts().history(connection.kind().emailProperty())) {
      if (connection.namesByEmail() && !stamp.value().isBlank()) {
        addresses.add(RecordRef.emailAddress(id(), stamp.value()));
      }
    }
    return addresses;
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
  public String configuration() {
    return configuration;
  }

  /**
   * Returns the platform's names of all properties of persons of a type that must be known before
   * one is scored and written: what the models read, what is an activity, what is written, the
   * stage.
   */
  public SortedSet<String> needed(String person) {
    return names.needed(person);
  }

  /** Returns what is needed of persons of any type. */
  SortedSet<String> needed() {
    SortedSet<String> needed = new TreeSet<>();
    connection.personTypes().forEach(person -> needed.addAll(names.needed(person)));
    return needed;
  }

  /** Returns what is needed of persons of every type. */
  SortedSet<String> neededOfAll() {
    SortedSet<String> shared = needed();
    connection.personTypes().forEach(person -> shared.retainAll(names.needed(person)));
    return shared;
  }

  /** Returns those of the needed properties that others set: not the fields that we write. */
  SortedSet<String> told(String person) {
    SortedSet<String> told = new TreeSet<>(names.needed(person));
    models.forEach(model -> told.removeAll(model.use().fields().values()));
    return told;
  }

  /**
   * Returns what a look for changes asks for, by the type of the records: of persons all that is
   * needed, and how they turned out; of what they are linked to what a score may depend on.
   */
  SortedMap<String, SortedSet<String>> looked() {
    SortedMap<String, SortedSet<String>> looked = new TreeMap<>();
    for (String person : connection.personTypes()) {
      SortedSet<String> ofPerson = new TreeSet<>(needed(person));
      ofPerson.addAll(connection.outcomes().of(person));
      looked.put(person, ofPerson);
    }
    names.linkedTypes().forEach(type -> looked.put(type, names.required(type)));
    return looked;
  }

  /**
   * Returns all that must be known of a record of this type before it, or a contact linked to it,
   * is scored: properties, and by reserved names the associations.
   */
  SortedSet<String> required(String type) {
    return names.required(type);
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
          activityTypes().contains(happened.activity().type())
              || workflowFacts.contains(happened.activity().type());
      case Fact.Linked link ->
          link.kind().isSuccession()
              || scores(link.to().type())
              || link.of().isAlias()
              || link.to().isAlias();
    };
  }

  /** Tells whether an event of this property means that an activity must be read with its pair. */
  boolean isPartOfActivity(Fact.Assigned fact) {
    return names.activityProperties(fact.of().type()).contains(fact.property());
  }

  /** Tells whether an activity of this type may change a score. */
  boolean watches(String activity) {
    return activityTypes().contains(activity) || workflowFacts.contains(activity);
  }

  /** Returns the activity whose date a property is, if any model reads it. */
  Optional<String> activityOf(Fact.Assigned fact) {
    return connection.activities().stream()
        .filter(map -> map.at().equals(fact.property()) && map.object().equals(fact.of().type()))
        .map(ActivityMap::type)
        .filter(type -> activityTypes().contains(type))
        .findFirst();
  }

  /** Returns the date properties of persons that are activities. */
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
