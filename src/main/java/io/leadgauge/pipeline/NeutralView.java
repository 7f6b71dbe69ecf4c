package io.leadgauge.pipeline;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A contact's facts in the words of models. Here, at evaluation, a date property becomes an
 * activity and raw text is read as its type; the facts themselves stay as the CRM told them.
 */
final class NeutralView {
  private NeutralView() {}

  /** Returns the contact as the connection's models see it: one view for all of them. */
  static Subject subject(ConnectionScope scope, ContactView view) {
    return new Subject(
        properties(scope, view), activities(scope, view), knownSince(view.contact()));
  }

  static Map<String, String> properties(ConnectionScope scope, ContactView view) {
    Map<String, String> values = new HashMap<>();
    Connection connection = scope.connection();
    for (String name : scope.properties()) {
      ListMap list = ReadNames.list(connection, name);
      String value =
          list == null ? value(connection, name, view) : isListed(list, view.contact().facts());
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  private static @Nullable String isListed(ListMap list, RecordFacts facts) {
    String raw = facts.value(list.property());
    return facts.knows(list.property()) ? Boolean.toString(raw != null && list.isIn(raw)) : null;
  }

  private static @Nullable String value(Connection connection, String name, ContactView view) {
    String raw = raw(connection, name, view);
    return raw == null ? null : FieldText.read(type(connection, name), raw);
  }

  /** A contact that does not hold a property itself may work at a company that does. */
  private static @Nullable String raw(Connection connection, String name, ContactView view) {
    RecordState contact = view.contact();
    String own = ReadNames.propertyOf(connection, name, contact.ref().type());
    if (own != null) {
      return contact.facts().value(own);
    }
    Field field = ReadNames.field(connection, name);
    RecordState company = view.company();
    if (field == null || company == null || !field.isOfCompanyOf(contact.ref().type())) {
      return null;
    }
    return company.facts().value(String.valueOf(field.in(RecordRef.COMPANY)));
  }

  private static FieldType type(Connection connection, String name) {
    Field field = ReadNames.field(connection, name);
    return field == null ? FieldType.TEXT : field.type();
  }

  static List<Activity> activities(ConnectionScope scope, ContactView view) {
    List<Activity> activities = new ArrayList<>();
    List<RecordFacts> doings = view.doings();
    for (String type : scope.activityTypes()) {
      activities.addAll(done(type, doings));
    }
    for (ActivityMap map : scope.connection().activities()) {
      if (scope.activityTypes().contains(map.type())) {
        activities.addAll(map.isOfContact() ? paired(map, doings) : engagements(map, view));
      }
    }
    scope.workflows().forEach(hook -> activities.addAll(WorkflowActivities.of(hook, doings)));
    return activities;
  }

  /** What two records that became one are both said to have done was done once. */
  private static Collection<Activity> done(String type, List<RecordFacts> doings) {
    if (doings.size() == 1) {
      return doings.getFirst().activities(type);
    }
    SortedSet<Activity> done = new TreeSet<>();
    doings.forEach(facts -> done.addAll(facts.activities(type)));
    return done;
  }

  /** Makes an activity of each record of the type that the map names. */
  private static List<Activity> engagements(ActivityMap map, ContactView view) {
    List<Activity> activities = new ArrayList<>();
    for (RecordState engagement : view.engagements()) {
      RecordFacts facts = engagement.facts();
      String at = engagement.ref().type().equals(map.object()) ? facts.value(map.at()) : null;
      if (at != null && FieldText.instant(at).isPresent()) {
        activities.add(
            new Activity(
                map.type(), FieldText.instant(at).getAsLong(), described(map, engagement)));
      }
    }
    return activities;
  }

  /** Two meetings at one instant are two, so each is told apart by its id. */
  private static SortedMap<String, String> described(ActivityMap map, RecordState engagement) {
    SortedMap<String, String> attributes =
        new TreeMap<>(Map.of(ActivityMap.ID, engagement.ref().id()));
    map.attributes()
        .forEach(
            (attribute, property) -> {
              String value = engagement.facts().value(property);
              if (value != null) {
                attributes.put(attribute, value);
              }
            });
    return attributes;
  }

  /**
   * Pairs each date with the values that were set at the same instant. The date's own value is the
   * activity's identity, so a date that was both told by an event and read counts once, and so does
   * one that two records hold that became one.
   */
  private static Collection<Activity> paired(ActivityMap map, List<RecordFacts> doings) {
    Map<Long, Activity> byInstant = new LinkedHashMap<>();
    for (RecordFacts facts : doings) {
      for (Stamp date : facts.history(map.at())) {
        OptionalLong at = FieldText.instant(date.value());
        if (at.isPresent()) {
          Activity activity =
              new Activity(map.type(), at.getAsLong(), companions(map, facts, date));
          byInstant.merge(at.getAsLong(), activity, NeutralView::better);
        }
      }
    }
    return byInstant.values();
  }

  private static SortedMap<String, String> companions(
      ActivityMap map, RecordFacts facts, Stamp date) {
    SortedMap<String, String> attributes = new TreeMap<>();
    map.attributes()
        .forEach(
            (attribute, property) -> {
              for (Stamp stamp : facts.history(property)) {
                if (stamp.at() == date.at() && !stamp.value().isEmpty()) {
                  attributes.put(attribute, stamp.value());
                }
              }
            });
    return attributes;
  }

  private static Activity better(Activity one, Activity other) {
    return other.attributes().size() >= one.attributes().size() ? other : one;
  }

  static long knownSince(RecordState state) {
    for (Stamp stamp : state.facts().history(Fact.Assigned.PRESENCE)) {
      if (stamp.rank() == SourceRank.EVENT && Boolean.parseBoolean(stamp.value())) {
        return Math.max(stamp.at(), state.firstSeenAt());
      }
    }
    return state.firstSeenAt();
  }

  /**
   * Returns where the CRM holds the contact.
   *
   * @param stages what the stages of the model mean that asks; null where it moves none
   */
  static StageInCrm stage(@Nullable StageMap stages, RecordState contact) {
    if (stages == null || !stages.holds(contact.ref())) {
      return StageInCrm.NONE;
    }
    Map<String, Integer> positions = new HashMap<>();
    stages
        .values()
        .forEach(
            (stage, value) -> {
              if (stages.position(value) >= 0) {
                positions.put(stage, stages.position(value));
              }
            });
    RecordFacts facts = contact.facts();
    String held = facts.value(stages.property());
    return new StageInCrm(
        stages.position(held), positions, isOurs(facts, stages.property()), stages.isClosed(held));
  }

  /**
   * Tells whether the value of a property is one that we wrote, or are about to clear, and no other
   * came after it.
   */
  static boolean isOurs(RecordFacts facts, String property) {
    Stamp wrote = facts.current(Fact.Assigned.WROTE + property).orElse(null);
    if (wrote == null) {
      return false;
    }
    for (Stamp stamp : facts.history(property).reversed()) {
      if (stamp.compareTo(wrote) <= 0) {
        return true;
      }
      if (!SameValue.isSame(stamp.value(), wrote.value())) {
        return false;
      }
    }
    return true;
  }
}
