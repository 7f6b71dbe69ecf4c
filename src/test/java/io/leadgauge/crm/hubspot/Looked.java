package io.leadgauge.crm.hubspot;

import io.leadgauge.model.RecordRef;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a look for changed contacts asks for. */
final class Looked {
  private Looked() {}

  static SortedMap<String, SortedSet<String>> at(String... properties) {
    return new TreeMap<>(Map.of(RecordRef.CONTACT, new TreeSet<>(Arrays.asList(properties))));
  }
}
