package io.leadgauge.manifest;

import io.leadgauge.crm.OAuthApp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An app as far as it could be read.
 *
 * @param general what holds in every portal that says nothing else
 * @param portals what holds in single portals, by their ids; copied
 * @param app how it is let in and reached; null if anything is wrong, or a secret is not there
 */
record ReadApp(
    ReadConnection general, SortedMap<String, ReadConnection> portals, @Nullable OAuthApp app) {
  ReadApp {
    portals = Collections.unmodifiableSortedMap(new TreeMap<>(portals));
  }

  /** Returns all of it that is checked like a connection. */
  List<ReadConnection> parts() {
    List<ReadConnection> parts = new ArrayList<>(List.of(general));
    parts.addAll(portals.values());
    return parts;
  }
}
