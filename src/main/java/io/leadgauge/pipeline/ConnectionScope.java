package io.leadgauge.pipeline;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordState;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ScoringModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection with the models that score its contacts, and which of the CRM's properties they
 * together concern. Immutable and thread-safe.
 */
public final class ConnectionScope {
  private final Connection connection;
  private final List<ModelAtWork> models;
  private final String configuration;
  private final SortedSet<String> properties;
  private final SortedSet<String> activityTypes;
  private final SortedSet<String> needed;
  private final SortedSet<String> activityProperties;
  private final SortedSet<String> read;
  private final long heldSince;
  private final long recalledSince;

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
    this.properties = union(this.models, ScoringModel::properties);
    this.activityTypes = union(this.models, ScoringModel::activityTypes);
    this.activityProperties = new TreeSet<>(connection.activityProperties());
    this.needed = allNeeded();
    this.read = needed;
    this.heldSince = Due.NEVER;
    this.recalledSince = Due.NEVER;
  }

  private ConnectionScope(
      ConnectionScope same, SortedSet<String> read, long heldSince, long recalledSince) {
    this.connection = same.connection;
    this.models = same.models;
    this.configuration = same.configuration;
    this.properties = same.properties;
    this.activityTypes = same.activityTypes;
    this.activityProperties = same.activityProperties;
    this.needed = same.needed;
    this.read = read;
    this.heldSince = heldSince;
    this.recalledSince = recalledSince;
  }

  /**
   * Returns the same, holding back from the CRM what follows from the change of configuration at
   * this instant alone, and all stages.
   */
  ConnectionScope heldSince(long instant) {
    return new ConnectionScope(this, read, instant, recalledSince);
  }

  /** Returns the same, reading more properties than it needs, for the version that comes next. */
  ConnectionScope reading(Set<String> more) {
    SortedSet<String> all = new TreeSet<>(needed);
    all.addAll(more);
    return new ConnectionScope(
        this, Collections.unmodifiableSortedSet(all), heldSince, recalledSince);
  }

  /**
   * Returns the same, holding back from the CRM what follows from a backfill alone.
   *
   * @param instant when the backfill began; {@link Due#NEVER} for none
   */
  ConnectionScope recalledSince(long instant) {
    return new ConnectionScope(this, read, heldSince, instant);
  }

  /** Returns when the backfill began that is still held back; {@link Due#NEVER} for none. */
  long recalledSince() {
    return recalledSince;
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
    return isUntouched(state, heldSince) || isUntouched(state, recalledSince);
  }

  private static boolean isUntouched(RecordState state, long since) {
    return since != Due.NEVER && state.changedAt() < since && state.writtenAt() < since;
  }

  /** Returns the platform's names of the properties that a read asks for. */
  SortedSet<String> read() {
    return read;
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

  private SortedSet<String> allNeeded() {
    SortedSet<String> names = new TreeSet<>(activityProperties);
    properties.forEach(name -> names.add(rawName(connection, name)));
    for (ModelUse use : connection.models()) {
      names.addAll(use.fields().values());
      StageMap stages = use.stages();
      if (stages != null) {
        names.add(stages.property());
      }
    }
    return Collections.unmodifiableSortedSet(names);
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
    return name.startsWith(FieldMap.RAW_PREFIX)
        ? name.substring(FieldMap.RAW_PREFIX.length())
        : name;
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
   * Returns the platform's names of all properties that must be known before a contact is scored
   * and written: what the models read, what is an activity, what is written, the stage.
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

  /** Tells whether a change of this fact may change the score, or what the CRM should hold. */
  boolean concerns(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned ->
          needed.contains(assigned.property())
              || assigned.property().equals(Fact.Assigned.PRESENCE);
      case Fact.Happened happened -> activityTypes.contains(happened.activity().type());
      case Fact.Linked linked -> false;
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
      dates.add(activity.at());
    }
    return dates;
  }
}
