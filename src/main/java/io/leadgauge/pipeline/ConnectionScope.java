package io.leadgauge.pipeline;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordState;
import io.leadgauge.scoring.ScoringModel;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A connection with the model that scores its contacts, and which of the CRM's properties the two
 * together concern. Immutable and thread-safe.
 */
public final class ConnectionScope {
  private final Connection connection;
  private final ScoringModel model;
  private final String configuration;
  private final SortedSet<String> needed;
  private final SortedSet<String> activityProperties;
  private final SortedSet<String> read;
  private final long heldSince;

  /**
   * Puts a connection and its model together.
   *
   * @param manifest hash of the connection's manifest
   */
  public ConnectionScope(Connection connection, String manifest, ScoringModel model) {
    this.connection = connection;
    this.configuration = manifest + " " + model.hash();
    this.model = model;
    this.activityProperties = new TreeSet<>(connection.activityProperties());
    this.needed = needed(connection, model);
    this.read = needed;
    this.heldSince = Due.NEVER;
  }

  private ConnectionScope(ConnectionScope same, SortedSet<String> read, long heldSince) {
    this.connection = same.connection;
    this.configuration = same.configuration;
    this.model = same.model;
    this.activityProperties = same.activityProperties;
    this.needed = same.needed;
    this.read = read;
    this.heldSince = heldSince;
  }

  /**
   * Returns the same, holding back from the CRM what follows from the change of configuration at
   * this instant alone, and all stages.
   */
  ConnectionScope heldSince(long instant) {
    return new ConnectionScope(this, read, instant);
  }

  /** Returns the same, reading more properties than it needs, for the version that comes next. */
  ConnectionScope reading(Set<String> more) {
    SortedSet<String> all = new TreeSet<>(needed);
    all.addAll(more);
    return new ConnectionScope(this, Collections.unmodifiableSortedSet(all), heldSince);
  }

  /** Tells whether stages are held back. */
  boolean isHeld() {
    return heldSince != Due.NEVER;
  }

  /**
   * Tells whether all writes of a contact are held back: stages are, and nothing has happened to
   * the contact since.
   */
  boolean holdsBack(RecordState state) {
    return isHeld() && state.changedAt() < heldSince && state.writtenAt() < heldSince;
  }

  /** Returns the platform's names of the properties that a read asks for. */
  SortedSet<String> read() {
    return read;
  }

  private static SortedSet<String> needed(Connection connection, ScoringModel model) {
    SortedSet<String> names = new TreeSet<>(connection.activityProperties());
    model.properties().forEach(name -> names.add(rawName(connection.fields(), name)));
    names.addAll(connection.writeBack().fields().values());
    StageMap stages = connection.stages();
    if (stages != null) {
      names.add(stages.property());
    }
    return Collections.unmodifiableSortedSet(names);
  }

  /** Returns the platform's name of a property that a model names. */
  static String rawName(FieldMap fields, String name) {
    FieldMap.Field field = fields.fields().get(name);
    if (field != null) {
      return field.property();
    }
    return name.startsWith(FieldMap.RAW_PREFIX)
        ? name.substring(FieldMap.RAW_PREFIX.length())
        : name;
  }

  public ConnectionId id() {
    return connection.id();
  }

  public Connection connection() {
    return connection;
  }

  public ScoringModel model() {
    return model;
  }

  /** Returns what tells this configuration from any other: the hashes of manifest and model. */
  String configuration() {
    return configuration;
  }

  /**
   * Returns the platform's names of all properties that must be known before a contact is scored
   * and written: what the model reads, what is an activity, what is written, the stage.
   */
  public SortedSet<String> needed() {
    return needed;
  }

  /** Tells whether a change of this fact may change the score, or what the CRM should hold. */
  boolean concerns(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned ->
          needed.contains(assigned.property())
              || assigned.property().equals(Fact.Assigned.PRESENCE);
      case Fact.Happened happened -> model.activityTypes().contains(happened.activity().type());
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
