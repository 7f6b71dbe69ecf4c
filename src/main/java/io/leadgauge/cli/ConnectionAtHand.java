package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.hubspot.HubSpotProject;
import io.leadgauge.manifest.AppManifest;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One connection as its manifests say it, for commands that speak with its CRM themselves.
 *
 * @param connection what it says
 * @param needs what it needs to find in its portal
 */
record ConnectionAtHand(Connection connection, PortalNeeds needs) {
  /** Has something for every secret, and none of them. */
  static final SecretSource NO_SECRETS = SecretSource.none().orStandIns();

  /**
   * Reads a connection with its secrets.
   *
   * @throws WrongUse if there is none of this name, or it cannot be used; what is wrong with it was
   *     printed then
   */
  static ConnectionAtHand load(Path manifests, String name, Terminal terminal) {
    return find(manifests, name, SecretSource.of(terminal.environment(), manifests), terminal);
  }

  /**
   * Returns the developer project of a connection or an app, whose secrets may not be there yet.
   *
   * @throws WrongUse as {@link #load} does
   */
  static HubSpotProject project(Path manifests, String name, Terminal terminal) {
    Loaded loaded = loaded(manifests, name, NO_SECRETS);
    AppManifest app = loaded.catalog().apps().get(new ConnectionId(name));
    return app == null
        ? project(found(manifests, name, loaded, terminal))
        : project(app, loaded.catalog());
  }

  /**
   * Returns what the package of a Salesforce connection is made of. Its secrets may not be there
   * yet.
   *
   * @throws WrongUse as {@link #load} does, and for a connection to another CRM
   */
  static SalesforceParts salesforce(Path manifests, String name, Terminal terminal) {
    SecretSource source = SecretSource.of(terminal.environment(), manifests).orStandIns();
    ConnectionAtHand at = find(manifests, name, source, terminal);
    if (at.connection().kind() != CrmKind.SALESFORCE) {
      throw new WrongUse(name + " is a connection to HubSpot; name a folder by --project");
    }
    return SalesforceParts.of(at);
  }

  private static HubSpotProject project(ConnectionAtHand at) {
    Connection connection = at.connection();
    if (connection.kind() != CrmKind.HUBSPOT) {
      throw new WrongUse(
          connection.id()
              + " is a connection to Salesforce; name a folder by --salesforce-package");
    }
    boolean hasToken = connection.webhooks().token() != null;
    return new HubSpotProject(
        connection.id().name(),
        Addresses.webhooks(connection, hasToken ? HubSpotProject.TOKEN_GOES_HERE : null),
        at.needs(),
        new HubSpotProject.Access.StaticToken());
  }

  /** One project serves all portals, so it asks for what any of them needs. */
  private static HubSpotProject project(AppManifest manifest, Catalog catalog) {
    OAuthApp app = manifest.app();
    boolean hasToken = app.webhooks().token() != null;
    List<PortalNeeds> needs =
        manifest.everywhere().stream().map(part -> Candidates.needs(catalog, part)).toList();
    return new HubSpotProject(
        app.name().name(),
        Addresses.webhooks(
            app.webhooks(), app.name(), hasToken ? HubSpotProject.TOKEN_GOES_HERE : null),
        PortalNeeds.union(needs),
        new HubSpotProject.Access.OAuth(app.redirect(), app.scopes()));
  }

  private static ConnectionAtHand find(
      Path manifests, String name, SecretSource secrets, Terminal terminal) {
    return found(manifests, name, loaded(manifests, name, secrets), terminal);
  }

  private static Loaded loaded(Path manifests, String name, SecretSource secrets) {
    GivenConnection.of(name);
    if (!Files.isDirectory(manifests)) {
      throw new WrongUse("no folder " + manifests + "; name the one that holds models/");
    }
    return Manifests.load(manifests, secrets);
  }

  private static ConnectionAtHand found(
      Path manifests, String name, Loaded loaded, Terminal terminal) {
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
