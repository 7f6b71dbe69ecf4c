package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in an answer, turned into facts.
 *
 * <p>An entry of a property's history names the instant at which the value was set, like an event.
 * A value without history is only known to be so at the record's last modification.
 */
final class AnsweredRecord {
  /** The ids of the records that this one has absorbed, with semicolons between. */
  static final String ABSORBED = "hs_merged_object_ids";

  private final JsonNode node;
  private final RecordRef ref;
  private final long updatedAt;

  private AnsweredRecord(JsonNode node, RecordRef ref, long updatedAt) {
    this.node = node;
    this.ref = ref;
    this.updatedAt = updatedAt;
  }

  /**
   * Takes one of an answer's results.
   *
   * @param ref the record
   * @return null if it does not say when it was last modified, so that nothing in it has an instant
   */
  static @Nullable AnsweredRecord of(JsonNode node, RecordRef ref) {
    Long updatedAt = Json.instant(node, "updatedAt");
    if (updatedAt == null) {
      updatedAt = Json.instant(node.path("properties"), "lastmodifieddate");
    }
    return updatedAt == null ? null : new AnsweredRecord(node, ref, updatedAt);
  }

  /**
   * Returns all that a read tells of the properties that were asked for.
   *
   * @param watched those of which it matters who set them last
   */
  List<Fact> read(Collection<String> asked, Set<String> watched) {
    List<Fact> facts = new ArrayList<>();
    facts.add(presence());
    if (!isArchived()) {
      for (String property : asked) {
        addProperty(facts, property, watched.contains(property));
      }
      addAbsorbed(facts);
    }
    return facts;
  }

  /** Tells of merges whose events never came. */
  private void addAbsorbed(List<Fact> facts) {
    Stamp holds = new Stamp(updatedAt, SourceRank.READ, Boolean.toString(true));
    for (String id : value(ABSORBED).split(";", -1)) {
      if (!id.isEmpty() && !id.equals(ref.id())) {
        RecordRef absorbed = new RecordRef(ref.connection(), ref.type(), id);
        facts.add(new Fact.Linked(absorbed, LinkKind.MERGED_INTO, ref, holds));
      }
    }
  }

  /**
   * Returns what an update's answer tells of the properties that were written. One that was cleared
   * may be missing in the answer; one that was set and is missing was not confirmed, and gives no
   * fact.
   *
   * @param written the value sent for each property
   */
  List<Fact> written(Map<String, String> written) {
    if (isArchived()) {
      return List.of(presence());
    }
    List<Fact> facts = new ArrayList<>();
    written.forEach(
        (property, sent) -> {
          if (sent.isEmpty() || node.path("properties").has(property)) {
            facts.add(reading(property, value(property)));
          }
        });
    return facts;
  }

  /** Tells whether the contact is there, and not archived. */
  boolean isThere() {
    return !isArchived();
  }

  private boolean isArchived() {
    return node.path("archived").asBoolean();
  }

  private Fact presence() {
    Long archivedAt = Json.instant(node, "archivedAt");
    boolean archived = isArchived();
    long at = archived && archivedAt != null ? archivedAt : updatedAt;
    return Fact.Assigned.presence(ref, at, SourceRank.READ, !archived);
  }

  private void addProperty(List<Fact> facts, String property, boolean isWatched) {
    Stamp newest = null;
    Fact last = null;
    Set<Writer> writers = new HashSet<>();
    for (JsonNode entry : Json.items(node.path("propertiesWithHistory"), property)) {
      Long at = Json.instant(entry, "timestamp");
      if (at != null) {
        String value = Json.text(entry, "value");
        Stamp stamp = new Stamp(at, SourceRank.EVENT, value == null ? "" : value);
        Fact.Assigned assigned = new Fact.Assigned(ref, property, stamp);
        facts.add(assigned);
        Writer writer = Writer.of(entry);
        writers.add(writer);
        if (newest == null || stamp.compareTo(newest) > 0) {
          newest = stamp;
          last = writer.of(assigned);
        }
      }
    }
    // What has had one writer all the time is nobody's but ours.
    if (isWatched && last != null && writers.size() > 1) {
      facts.add(last);
    }
    // A history that lags behind the value is put right by what the record itself says.
    String value = value(property);
    if (newest == null || !value.equals(newest.value())) {
      facts.add(reading(property, value));
    }
  }

  private String value(String property) {
    String value = Json.text(node.path("properties"), property);
    return value == null ? "" : value;
  }

  private Fact reading(String property, String value) {
    return new Fact.Assigned(ref, property, new Stamp(updatedAt, SourceRank.READ, value));
  }
}
