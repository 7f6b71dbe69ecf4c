package io.leadgauge.cli;

import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.NoToken;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.http.Health.Check;
import io.leadgauge.manifest.AppManifest;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.SourceManifest;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.AppInstalls;
import io.leadgauge.pipeline.AppInstalls.Install;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is served: the connections that have a manifest, and those that installs of apps make.
 * Either changes while serve runs. Thread-safe.
 */
final class Served {
  private final Pipeline pipeline;
  private final AppInstalls installs;
  private final Clockwork clock;
  private final ReentrantLock serving = new ReentrantLock();
  private volatile Catalog catalog;

  Served(Catalog first, Pipeline pipeline, AppInstalls installs, Clockwork clock) {
    this.catalog = first;
    this.pipeline = pipeline;
    this.installs = installs;
    this.clock = clock;
  }

  /** Begins to serve; returns when all are served. */
  void start() {
    installs.take(apps(catalog));
    pipeline.start(candidates());
  }

  /** Takes over other manifests. */
  void take(Catalog next) {
    catalog = next;
    installs.take(apps(next));
    serve();
  }

  /** Serves what is to be served now. */
  void serve() {
    serving.lock();
    try {
      pipeline.replace(candidates());
    } finally {
      serving.unlock();
    }
  }

  private List<Candidate> candidates() {
    return Candidates.of(catalog, installs.all().values(), clock.now());
  }

  private static List<OAuthApp> apps(Catalog catalog) {
    return catalog.apps().values().stream().map(AppManifest::app).toList();
  }

  /** Returns the event source of this name. */
  Optional<EventSource> source(ConnectionId name) {
    return Optional.ofNullable(catalog.sources().get(name)).map(SourceManifest::source);
  }

  /**
   * Returns who may deliver to a name: an event source, an app, or a connection of one portal. What
   * goes to the portals of an app goes to the app.
   */
  Optional<WebhookAccess> access(ConnectionId name) {
    Optional<EventSource> source = source(name);
    if (source.isPresent()) {
      return source.map(EventSource::webhooks);
    }
    Optional<OAuthApp> app = installs.app(name);
    if (app.isPresent() || installs.find(name).isPresent()) {
      return app.map(OAuthApp::webhooks);
    }
    return pipeline.scopes().find(name).map(scope -> scope.connection().webhooks());
  }

  /** Tells of the portals of apps that are not served, or not called. */
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    new TreeMap<>(installs.all())
        .forEach(
            (id, install) -> {
              String trouble = trouble(id, install);
              if (!trouble.isEmpty()) {
                String end = installs.erasedAt(install).map(at -> ", erased at " + at).orElse("");
                checks.add(new Check("portal " + id, false, false, trouble + end));
              }
            });
    return checks;
  }

  /** Says why a portal is not served, or not called; empty if it is both. */
  String trouble(ConnectionId id, Install install) {
    String whyNot = whyNot(id);
    return whyNot.isEmpty() && install.token() instanceof NoToken none ? none.reason() : whyNot;
  }

  /** Says why the connection of an app's portal is not served, or that it is: empty. */
  String whyNot(ConnectionId id) {
    if (pipeline.scopes().find(id).isPresent()) {
      return "";
    }
    Install install = installs.find(id).orElse(null);
    if (install == null) {
      return "the app is not installed in this portal";
    }
    if (!install.kept().isInstalled() || !install.gone().isEmpty()) {
      return "the app is uninstalled in this portal";
    }
    AppManifest app = catalog.apps().get(new ConnectionId(install.kept().app()));
    if (app == null) {
      return "the app has no manifest";
    }
    return Candidates.servedBy(catalog, app, install.kept().portal())
        .map(other -> "the connection " + other + " serves this portal")
        .orElse("this portal is not served at the moment");
  }
}
