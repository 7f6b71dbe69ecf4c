package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.manifest.AppManifest;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.ModelManifest;
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
  /** The kinds of manifests of which versions are kept. */
  static final String MODEL = "Model";

  static final String CONNECTION = "Connection";
  static final String APP = "App";

  private Candidates() {}

  /** Returns the connections that have a manifest, and those that installs of apps make. */
  static List<Candidate> of(Catalog catalog, Collection<Install> installs, long now) {
    List<Candidate> candidates = new ArrayList<>();
    catalog
        .connections()
        .forEach(
            (id, manifest) -> {
              Activation text =
                  new Activation(now, CONNECTION, id.name(), manifest.hash(), manifest.text());
              candidates.add(candidate(catalog, manifest, text, now));
            });
    for (Install install : installs) {
      AppInstall kept = install.kept();
      AppManifest app = catalog.apps().get(new ConnectionId(kept.app()));
      boolean isIn = kept.isInstalled() && install.gone().isEmpty();
      if (app != null && isIn && servedBy(catalog, app, kept.portal()).isEmpty()) {
        Activation text = new Activation(now, APP, kept.app(), app.hash(), app.text());
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

  private static Candidate candidate(
      Catalog catalog, ConnectionManifest manifest, Activation text, long now) {
    Connection connection = manifest.connection();
    Map<String, Activation> activations = new TreeMap<>();
    for (ModelUse use : connection.models()) {
      ModelManifest model = model(catalog, use);
      activations.put(
          use.model(), new Activation(now, MODEL, use.model(), model.model().hash(), model.text()));
    }
    List<Activation> manifests = new ArrayList<>(activations.values());
    manifests.add(text);
    return Candidate.of(scope(catalog, manifest), definitions(catalog, connection), manifests);
  }

  /** Returns what a connection needs to find in its portal. */
  static PortalNeeds needs(Catalog catalog, ConnectionManifest manifest) {
    return NeedsOfPortal.of(scope(catalog, manifest), definitions(catalog, manifest.connection()));
  }

  /** A connection that a source feeds means something else than before: addresses count. */
  private static ConnectionScope scope(Catalog catalog, ConnectionManifest manifest) {
    Connection connection = manifest.connection();
    boolean fed =
        catalog.sources().values().stream()
            .anyMatch(source -> source.feeds().equals(connection.id()));
    return fed
        ? new ConnectionScope(
            connection.with(connection.events().fedBySource()),
            manifest.hash() + "+events",
            manifest.models())
        : new ConnectionScope(connection, manifest.hash(), manifest.models());
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
