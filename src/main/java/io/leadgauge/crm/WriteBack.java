package io.leadgauge.crm;

import io.leadgauge.model.Output;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is written into the CRM's contacts, and how often.
 *
 * @param fields the property that takes each output; outputs that are absent are not written;
 *     copied
 * @param minInterval the least time between two writes of one contact
 * @param minChange by how many points a score must differ when time alone moved it
 * @param atMost the least time between two writes of one contact that time alone causes
 */
public record WriteBack(
    Map<Output, String> fields, Duration minInterval, int minChange, Duration atMost) {
  public WriteBack {
    EnumMap<Output, String> copy = new EnumMap<>(Output.class);
    copy.putAll(fields);
    fields = Collections.unmodifiableMap(copy);
  }
}
