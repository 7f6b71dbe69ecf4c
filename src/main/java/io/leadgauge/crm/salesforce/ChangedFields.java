package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which fields an update has changed, as its header names them, and which of those it has cleared.
 *
 * <p>A field that the header does not name may be told all the same, so that events of its object
 * always carry it: then it was so at the commit, and nothing is known of when it was set.
 */
final class ChangedFields {
  /** One bit for each field of an event's schema, of a compound field's parts after its place. */
  private static final Pattern BITS = Pattern.compile("(?:[0-9]+-)?0x[0-9A-Fa-f]*");

  /** Begins a difference in the unified format. */
  private static final String DIFFERENCE = "--- ";

  private final long at;
  private final Set<String> named = new TreeSet<>();
  private final Set<String> cleared = new TreeSet<>();
  private final Set<String> differences = new TreeSet<>();
  private final JsonNode payload;
  private boolean namesAll;
  private boolean anyMayBeDifference;
  private boolean all = true;

  private ChangedFields(long at, JsonNode payload) {
    this.at = at;
    this.payload = payload;
  }

  /** Reads them; the header must say when the commit was. */
  static ChangedFields of(ChangeHeader header, JsonNode payload) {
    ChangedFields fields = new ChangedFields(header.at().orElseThrow(), payload);
    fields.namesAll =
        !header.changedFields().isEmpty()
            && isNamed(header.changedFields())
            && isNamed(header.nulledFields());
    fields.all = fields.namesAll && header.diffFields().isEmpty();
    fields.anyMayBeDifference = !isNamed(header.diffFields());
    fields.differences.addAll(fields.names(header.diffFields()));
    fields.names(header.nulledFields()).forEach(fields::clear);
    header.changedFields().stream().filter(name -> !isBits(name)).forEach(fields::change);
    return fields;
  }

  private static boolean isNamed(List<String> names) {
    return names.stream().noneMatch(ChangedFields::isBits);
  }

  private static boolean isBits(String name) {
    return BITS.matcher(name).matches();
  }

  private Set<String> names(List<String> listed) {
    Set<String> names = new TreeSet<>();
    listed.stream().filter(name -> !isBits(name)).forEach(name -> names.addAll(apiNames(name)));
    return names;
  }

  /** Returns the API names of a field: of a compound one, those of the parts that are there. */
  private Set<String> apiNames(String listed) {
    Set<String> names = new TreeSet<>();
    int dot = listed.indexOf('.');
    if (dot > 0) {
      JsonFields.apiName(listed.substring(0, dot), listed.substring(dot + 1)).ifPresent(names::add);
    } else if (payload.path(listed).isObject()) {
      for (Map.Entry<String, JsonNode> part : payload.path(listed).properties()) {
        JsonFields.apiName(listed, part.getKey()).ifPresent(names::add);
      }
    } else {
      names.add(listed);
    }
    return names;
  }

  private void clear(String field) {
    named.add(field);
    cleared.add(field);
  }

  /** What is named and null was cleared; what is named and not there at all is not known. */
  private void change(String listed) {
    Set<String> names = apiNames(listed);
    named.addAll(names);
    JsonNode value = value(listed);
    if (value.isMissingNode()) {
      all &= cleared.containsAll(names);
    } else if (value.isNull()) {
      cleared.addAll(names);
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> part : value.properties()) {
        if (part.getValue().isNull()) {
          JsonFields.apiName(listed, part.getKey()).ifPresent(cleared::add);
        }
      }
    }
  }

  private JsonNode value(String listed) {
    int dot = listed.indexOf('.');
    if (dot <= 0) {
      return payload.path(listed);
    }
    JsonNode compound = payload.path(listed.substring(0, dot));
    return compound.isObject() ? compound.path(listed.substring(dot + 1)) : compound;
  }

  /** Tells whether everything is known that the event has changed. */
  boolean isAll() {
    return all;
  }

  /** Returns the fields that were cleared. */
  Set<String> cleared() {
    return cleared;
  }

  /** Returns the stamp of a field that was cleared. */
  Stamp empty() {
    return new Stamp(at, SourceRank.EVENT, "");
  }

  /** Returns the stamp of a field that holds something; empty if that is no value. */
  Optional<Stamp> told(String field, String value) {
    boolean isDifference =
        differences.contains(field) || (anyMayBeDifference && value.startsWith(DIFFERENCE));
    if (isDifference || cleared.contains(field)) {
      return Optional.empty();
    }
    boolean isSet = !namesAll || named.contains(field);
    return Optional.of(new Stamp(at, isSet ? SourceRank.EVENT : SourceRank.READ, value));
  }
}
