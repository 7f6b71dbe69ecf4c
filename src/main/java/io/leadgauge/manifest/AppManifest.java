package io.leadgauge.manifest;

import static java.util.Objects.requireNonNull;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.NoToken;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.TokenSource;
import io.leadgauge.model.AppInstall;
import io.leadgauge.scoring.ScoringModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An app without errors, its secrets found. Immutable. */
public final class AppManifest {
  private static final TokenSource NOT_INSTALLED = new NoToken("not installed");

  private final OAuthApp app;
  private final Part general;
  private final SortedMap<String, Part> portals;
  private final String hash;
  private final Path file;
  private final String text;

  /**
   * What holds in a portal.
   *
   * @param models compiled, by the names that its connection calls them by; copied
   */
  record Part(ReadConnection read, Map<String, ScoringModel> models) {
    Part {
      models = Map.copyOf(models);
    }
  }

  AppManifest(OAuthApp app, Part general, SortedMap<String, Part> portals, Path file, String text) {
    this.app = app;
    this.general = general;
    this.portals = new TreeMap<>(portals);
    this.file = file;
    this.text = text;
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("", in("", general, NOT_INSTALLED).hash());
    this.portals.forEach(
        (portal, part) -> parts.put(portal, in(portal, part, NOT_INSTALLED).hash()));
    this.hash = ConnectionHash.of(app, parts);
  }

  /** Returns how it is let in and reached. */
  public OAuthApp app() {
    return app;
  }

  /** Returns 64 hex digits over its meaning and its references to secrets, not over the secrets. */
  public String hash() {
    return hash;
  }

  /** Returns its file. */
  public Path file() {
    return file;
  }

  /** Returns the file as written. */
  public String text() {
    return text;
  }

  /**
   * Returns what installs make of it: where nothing is said of a portal, and in each of which
   * something is. None of them can be called.
   */
  public List<ConnectionManifest> everywhere() {
    List<ConnectionManifest> all = new ArrayList<>();
    all.add(in("", general, NOT_INSTALLED));
    portals.forEach((portal, part) -> all.add(in(portal, part, NOT_INSTALLED)));
    return all;
  }

  /** Returns the connection that an install makes. */
  public ConnectionManifest in(String portal, TokenSource token) {
    return in(portal, portals.getOrDefault(portal, general), token);
  }

  private ConnectionManifest in(String portal, Part part, TokenSource token) {
    return in(app, part, portal, token, file, text);
  }

  /** Returns the connection that an install of an app makes. */
  static ConnectionManifest in(
      OAuthApp app, Part part, String portal, TokenSource token, Path file, String text) {
    ReadConnection read = part.read();
    Connection connection =
        requireNonNull(
            read.terms()
                .connection(
                    AppInstall.connection(app.name().name(), portal).name(),
                    portal,
                    app.webhooks(),
                    app.api().with(token).goodUntil(app.goodUntil())),
            "an app that has errors is not made");
    String meaning = ConnectionHash.of(connection, read.models(), read.references());
    return new ConnectionManifest(connection, part.models(), meaning, file, text);
  }
}
