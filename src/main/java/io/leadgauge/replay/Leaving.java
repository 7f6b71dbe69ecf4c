package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoreReader;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells of which records the portal has shut its app out: all that is kept of it goes, step by
 * step, and in between it is not whole.
 */
final class Leaving implements Predicate<RecordRef> {
  private final Set<ConnectionId> connections = new HashSet<>();

  Leaving(StoreReader reader) {
    reader.installs().stream()
        .filter(install -> !install.isInstalled())
        .forEach(install -> connections.add(install.connection()));
  }

  @Override
  public boolean test(RecordRef ref) {
    return connections.contains(ref.connection());
  }
}
