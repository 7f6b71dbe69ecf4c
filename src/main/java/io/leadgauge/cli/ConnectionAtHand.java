package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One connection as its manifests say it, for commands that speak with its CRM themselves.
 *
 * @param connection what it says
 * @param needs what it needs to find in its portal
 */
record ConnectionAtHand(Connection connection, PortalNeeds needs) {
  /** Stands in for a secret that is not set, where none is needed. */
  private static final SecretSource NO_SECRETS =
      new SecretSource(reference -> Optional.of("not-set"), true);

  /**
   * Reads a connection with its secrets.
   *
   * @throws WrongUse if there is none of this name, or it cannot be used; what is wrong with it was
   *     printed then
   */
  static ConnectionAtHand load(Path manifests, String name, Terminal terminal) {
    return find(manifests, name, SecretSource.of(terminal.environment(), manifests), terminal);
  }

  /** Reads a connection whose secrets may not be there yet. */
  static ConnectionAtHand loadWithoutSecrets(Path manifests, String name, Terminal terminal) {
    return find(manifests, name, NO_SECRETS, terminal);
  }

  private static ConnectionAtHand find(
      Path manifests, String name, SecretSource secrets, Terminal terminal) {
    if (!ConnectionId.isValid(name)) {
      throw new WrongUse("'" + name + "' is no name of a connection");
    }
    if (!Files.isDirectory(manifests)) {
      throw new WrongUse("no folder " + manifests + "; name the one that holds models/");
    }
    Loaded loaded = Manifests.load(manifests, secrets);
    ConnectionManifest found = loaded.catalog().connections().get(new ConnectionId(name));
    if (found == null) {
      loaded.problems().stream().filter(Problem::isError).forEach(terminal.err()::println);
      throw new WrongUse(missing(manifests, name));
    }
    return new ConnectionAtHand(found.connection(), Candidates.needs(loaded.catalog(), found));
  }

  private static String missing(Path manifests, String name) {
    Path file = manifests.resolve("connections").resolve(name + ".yaml");
    Catalog withAnySecret = Manifests.load(manifests, NO_SECRETS).catalog();
    if (withAnySecret.connections().containsKey(new ConnectionId(name))) {
      return file + " lacks its secrets: set what is named above, and try again";
    }
    if (Files.exists(file)) {
      return file + " cannot be used as it stands; ./leadgauge check says what is wrong";
    }
    SortedSet<String> names = new TreeSet<>();
    withAnySecret.connections().keySet().forEach(id -> names.add(id.name()));
    return "no connection "
        + name
        + " in "
        + manifests
        + (names.isEmpty()
            ? "; copy one from " + manifests.resolve("examples") + " to " + file
            : "; there is " + String.join(", ", names));
  }
}
