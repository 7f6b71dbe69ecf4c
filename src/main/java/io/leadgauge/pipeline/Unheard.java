package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.StoreReader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The properties that changes of configuration have added, and of which the CRM had sent no event
 * when they came: perhaps nobody has subscribed them yet.
 */
final class Unheard {
  /** The name of the cursor that keeps them. */
  static final String CURSOR = "unheard";

  private Unheard() {}

  static SortedSet<String> of(StoreReader reader, ConnectionId id) {
    String names = reader.cursor(id, CURSOR).orElse("");
    return names.isEmpty() ? new TreeSet<>() : new TreeSet<>(Set.of(names.split(" ", -1)));
  }

  static String text(SortedSet<String> names) {
    return String.join(" ", names);
  }
}
