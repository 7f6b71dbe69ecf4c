package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.manifest.AppManifest;
import io.leadgauge.manifest.CalendarManifest;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.ManifestKind;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.SourceManifest;
import io.leadgauge.model.Activation;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.AppInstalls.Install;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.NeedsOfPortal;
import io.leadgauge.scoring.ModelDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes of manifests what the pipeline serves. */
final class Candidates {
  private Candidates() {}

  /** Returns the connections that have a manifest, and those that installs of apps make. */
  static List<Candidate> of(Catalog catalog, Collection<Install> installs, long now) {
    List<Candidate> candidates = new ArrayList<>();
    catalog
        .connections()
        .forEach(
            (id, manifest) -> {
              Activation text =
                  kept(now, ManifestKind.CONNECTION, id.name(), manifest.hash(), manifest.text());
              candidates.add(candidate(catalog, manifest, text, now));
            });
    for (Install install : installs) {
      AppInstall kept = install.kept();
      AppManifest app = catalog.apps().get(new ConnectionId(kept.app()));
      boolean isIn = kept.isInstalled() && install.gone().isEmpty();
      if (app != null && isIn && servedBy(catalog, app, kept.portal()).isEmpty()) {
        Activation text = kept(now, ManifestKind.APP, kept.app(), app.hash(), app.text());
        candidates.add(candidate(catalog, app.in(kept.portal(), install.token()), text, now));
      }
    }
    return candidates;
  }

  /**
   * Returns the connection with a manifest of its own that serves a portal already: two that know
   * nothing of each other would overwrite each other's fields.
   */
  static Optional<ConnectionId> servedBy(Catalog catalog, AppManifest app, String portal) {
    return catalog.connections().values().stream()
        .map(ConnectionManifest::connection)
        .filter(one -> one.tenant().equals(portal) && one.kind() == app.app().kind())
        .filter(one -> one.api().base().equals(app.app().api().base()))
        .map(Connection::id)
        .findFirst();
  }

  private static Activation kept(
      long now, ManifestKind kind, String name, String hash, String text) {
    return new Activation(now, kind.word(), name, hash, text);
  }

  private static Candidate candidate(
      Catalog catalog, ConnectionManifest manifest, Activation text, long now) {
    Connection connection = manifest.connection();
    List<Activation> manifests = new ArrayList<>(parts(catalog, connection, now));
    for (SourceManifest source : catalog.feeding(connection.id())) {
      String name = source.source().name().name();
      manifests.add(kept(now, ManifestKind.EVENT_SOURCE, name, source.hash(), source.text()));
    }
    manifests.add(text);
    return Candidate.of(scope(catalog, manifest), definitions(catalog, connection), manifests);
  }

  /** Returns the models of a connection, each once, after the calendars that they read. */
  private static Collection<Activation> parts(Catalog catalog, Connection connection, long now) {
    Map<String, Activation> calendars = new TreeMap<>();
    Map<String, Activation> models = new TreeMap<>();
    for (ModelUse use : connection.models()) {
      ModelManifest model = model(catalog, use);
      for (CalendarManifest one : model.calendars()) {
        calendars.put(
            one.name(), kept(now, ManifestKind.CALENDAR, one.name(), one.hash(), one.text()));
      }
      models.put(
          use.model(),
          kept(now, ManifestKind.MODEL, use.model(), model.model().hash(), model.text()));
    }
    List<Activation> parts = new ArrayList<>(calendars.values());
    parts.addAll(models.values());
    return parts;
  }

  /** Returns what a connection needs to find in its portal. */
  static PortalNeeds needs(Catalog catalog, ConnectionManifest manifest) {
    return NeedsOfPortal.of(scope(catalog, manifest), definitions(catalog, manifest.connection()));
  }

  private static ConnectionScope scope(Catalog catalog, ConnectionManifest manifest) {
    ConnectionManifest fed = manifest.fedBy(catalog.feeding(manifest.connection().id()));
    return new ConnectionScope(fed.connection(), fed.hash(), fed.models());
  }

  /** Returns what the models of a connection say, by what it calls them. */
  private static Map<String, ModelDefinition> definitions(Catalog catalog, Connection connection) {
    Map<String, ModelDefinition> definitions = new TreeMap<>();
    for (ModelUse use : connection.models()) {
      definitions.put(use.name(), model(catalog, use).definition());
    }
    return definitions;
  }

  private static ModelManifest model(Catalog catalog, ModelUse use) {
    ModelManifest model = catalog.models().get(use.model());
    if (model == null) {
      throw new IllegalArgumentException("no model " + use.model());
    }
    return model;
  }
}
