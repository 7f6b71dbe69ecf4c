package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The properties that changes of configuration have added, and of which the CRM has sent no event:
 * perhaps nobody has subscribed them yet.
 */
final class Unheard {
  /** The name of the cursor that keeps those that were unheard when they came. */
  static final String CURSOR = "unheard";

  private Unheard() {}

  /** Returns those that are unheard until now. */
  static SortedSet<String> of(StoreReader reader, States states, ConnectionId id) {
    SortedSet<String> unheard = kept(reader, id);
    unheard.removeAll(states.seen(id));
    return unheard;
  }

  private static SortedSet<String> kept(StoreReader reader, ConnectionId id) {
    String names = reader.cursor(id, CURSOR).orElse("");
    return names.isEmpty() ? new TreeSet<>() : new TreeSet<>(Set.of(names.split(" ", -1)));
  }

  /**
   * Returns what keeps those that are unheard when a version follows another: what is added and
   * still needed, but not what we write ourselves.
   */
  static Work.Flag after(
      ConnectionScope next, ConnectionScope before, StoreReader reader, States states) {
    SortedSet<String> unheard = new TreeSet<>(next.needed());
    unheard.removeAll(before.needed());
    unheard.addAll(kept(reader, next.id()));
    unheard.retainAll(next.needed());
    next.connection().models().forEach(use -> unheard.removeAll(use.fields().values()));
    unheard.removeAll(states.seen(next.id()));
    return new Work.Flag(next.id(), List.of(), CURSOR, String.join(" ", unheard));
  }
}
