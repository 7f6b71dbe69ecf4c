package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.StoreReader;
import java.util.SortedSet;
import java.util.TreeSet;

/** The connections that a store was ever served for, by its journal. */
final class ServedConnections {
  /** The kind of activation by which a version of a connection comes into force. */
  private static final String COMPOSITION = "Configuration";

  private ServedConnections() {}

  /** Returns their names. */
  static SortedSet<String> names(StoreReader reader) {
    SortedSet<String> names = new TreeSet<>();
    reader.journal().activations(null).stream()
        .filter(one -> one.kind().equals(COMPOSITION))
        .forEach(one -> names.add(one.name()));
    return names;
  }

  /** Returns a connection that was served; refuses any other by its name. */
  static ConnectionId known(StoreReader reader, ConnectionId id) {
    if (!names(reader).contains(id.name())) {
      throw new WrongUse("no connection " + id + " was ever served from here" + others(reader, id));
    }
    return id;
  }

  /** Says which there are where one is not known; nothing where it is, or where there are none. */
  static String others(StoreReader reader, ConnectionId id) {
    SortedSet<String> names = names(reader);
    return names.isEmpty() || names.contains(id.name())
        ? ""
        : "; known: " + String.join(", ", names);
  }
}
