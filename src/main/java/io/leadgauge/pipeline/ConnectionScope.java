package io.leadgauge.pipeline;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ScoringModel;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
  }

  private static SortedSet<String> needed(Connection connection, ScoringModel model) {
    SortedSet<String> names = new TreeSet<>(connection.activityProperties());
    model.properties().forEach(name -> names.add(rawName(connection, name)));
    names.addAll(connection.writeBack().fields().values());
    StageMap stages = connection.stages();
    if (stages != null) {
      names.add(stages.property());
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
