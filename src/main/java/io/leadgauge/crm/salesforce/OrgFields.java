package io.leadgauge.crm.salesforce;

import io.leadgauge.model.Clockwork;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the fields of an org's objects, asked for again after a while. Where an org does
 * not tell, nothing is known, and it is not asked again for as long. Thread-safe.
 */
final class OrgFields {
  private static final long GOOD_NANOS = Duration.ofMinutes(10).toNanos();

  private final Clockwork clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(SortedMap<String, OrgField> fields, long until) {}

  OrgFields(Clockwork clock) {
    this.clock = clock;
  }

  /** Returns the fields of records of a type, by name; none where they are not known. */
  SortedMap<String, OrgField> of(SalesforceCalls calls, String type) {
    Known held = known.get(type);
    if (held != null && clock.nanos() - held.until() < 0) {
      return held.fields();
    }
    SortedMap<String, OrgField> fields =
        switch (Description.of(calls, ObjectTypes.name(type))) {
          case Description.Told told -> told.fields();
          case Description.Untold untold -> Collections.emptySortedMap();
        };
    known.put(type, new Known(fields, clock.nanos() + GOOD_NANOS));
    return fields;
  }
}
