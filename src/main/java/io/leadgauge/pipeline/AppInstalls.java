package io.leadgauge.pipeline;

import static java.util.stream.Collectors.toMap;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Grant;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.crm.NoToken;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.RefreshedToken;
import io.leadgauge.crm.TokenSource;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.SealedToken;
import io.leadgauge.model.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/**
 * The portals that have let apps in: how they come, where their tokens come from, and how they go.
 *
 * <p>A portal whose refresh token is refused for good has shut the app out: no call is made any
 * more, and its data are kept for as long as the app's manifest says. Then the refresh is tried
 * once more, since what is erased cannot be brought back, and the data are erased. Thread-safe.
 */
public final class AppInstalls {
  private static final Logger LOG = System.getLogger(AppInstalls.class.getName());

  private static final TokenSource NONE =
      new NoToken("the app has no manifest, so there is no key for its tokens");
  private static final GrantAnswer NO_MANIFEST =
      new GrantAnswer.Failed(new CallTrouble.Refused("the app has no manifest"));

  private final Intake intake;
  private final BiFunction<OAuthApp, Grant, GrantAnswer> grants;
  private final Clockwork clock;
  private final Runnable changed;
  private final Runnable woken;
  private final Authorizations authorizations;
  private final ReentrantLock changing = new ReentrantLock();
  private final Map<ConnectionId, Install> installs = new ConcurrentSkipListMap<>();
  private volatile Map<ConnectionId, OAuthApp> apps = Map.of();
  private volatile boolean unserved;

  /**
   * An app in a portal.
   *
   * @param kept as it is in the store
   * @param token where the tokens for its calls come from
   * @param gone why the refresh token was refused for good, where that is not in the store yet;
   *     else empty
   */
  public record Install(AppInstall kept, TokenSource token, String gone) {
    Install ended(String reason) {
      return new Install(kept, token, reason);
    }
  }

  /**
   * Takes over what the store holds.
   *
   * @param kept the installs in the store
   * @param grants asks the CRM for tokens; blocks
   * @param changed serves what is to be served now; called without any lock
   * @param woken is told that there is something to see to
   */
  AppInstalls(
      Intake intake,
      List<AppInstall> kept,
      BiFunction<OAuthApp, Grant, GrantAnswer> grants,
      Clockwork clock,
      Runnable changed,
      Runnable woken) {
    this.intake = intake;
    this.grants = grants;
    this.clock = clock;
    this.changed = changed;
    this.woken = woken;
    this.authorizations = new Authorizations(clock);
    kept.forEach(one -> installs.put(one.connection(), new Install(one, NONE, "")));
  }

  /** Takes over what the manifests say now. */
  public void take(Collection<OAuthApp> now) {
    changing.lock();
    try {
      apps = now.stream().collect(toMap(OAuthApp::name, app -> app));
      installs.replaceAll((id, one) -> one.token() instanceof NoToken ? opened(one.kept()) : one);
    } finally {
      changing.unlock();
    }
    woken.run();
  }

  /** Returns an app that has a manifest. */
  public Optional<OAuthApp> app(ConnectionId name) {
    return Optional.ofNullable(apps.get(name));
  }

  /** Returns all installs, those that have ended since included, by the name of the connection. */
  public Map<ConnectionId, Install> all() {
    return Map.copyOf(installs);
  }

  /** Returns the install that makes a connection. */
  public Optional<Install> find(ConnectionId connection) {
    return Optional.ofNullable(installs.get(connection));
  }

  // Tokens

  private Install opened(AppInstall kept) {
    OAuthApp app = apps.get(new ConnectionId(kept.app()));
    if (app == null || !kept.isInstalled()) {
      return new Install(kept, app == null ? NONE : new NoToken("the app is uninstalled"), "");
    }
    return app.keys()
        .open(kept.token(), kept.app(), kept.portal())
        .map(token -> new Install(kept, source(kept, token), ""))
        .orElseGet(() -> new Install(kept, new NoToken(unopened(app, kept)), ""));
  }

  private static String unopened(OAuthApp app, AppInstall kept) {
    String key = kept.token().keyId();
    return app.keys().has(key)
        ? "the token in the store is not the one of this portal; install the app again"
        : "the token is encrypted with the key " + key + ", which is not among the tokenKeys";
  }

  private RefreshedToken source(AppInstall kept, Secret token) {
    ConnectionId id = kept.connection();
    long since = kept.installedAt();
    return new RefreshedToken(
        token,
        refresh -> refreshed(id, refresh),
        refresh -> keep(id, since, refresh),
        reason -> ended(id, since, reason),
        clock);
  }

  private GrantAnswer refreshed(ConnectionId id, Secret token) {
    Install one = installs.get(id);
    OAuthApp app = one == null ? null : apps.get(new ConnectionId(one.kept().app()));
    return app == null ? NO_MANIFEST : grants.apply(app, new Grant.Refresh(token));
  }

  /** Keeps a refresh token, unless the portal has installed the app anew meanwhile. */
  private void keep(ConnectionId id, long since, Secret token) {
    changing.lock();
    try {
      Install one = installs.get(id);
      OAuthApp app = one == null ? null : apps.get(new ConnectionId(one.kept().app()));
      if (one != null && app != null && one.kept().installedAt() == since) {
        AppInstall next = one.kept().with(sealed(app, one.kept().portal(), token));
        note(next);
        installs.put(id, new Install(next, one.token(), one.gone()));
      }
    } finally {
      changing.unlock();
    }
  }

  private SealedToken sealed(OAuthApp app, String portal, Secret token) {
    return app.keys().seal(token, app.name().name(), portal, clock::unguessable);
  }

  /** Returns when it is on the disk. */
  private void note(AppInstall install) {
    intake.submit(new Work.NoteInstall(install)).join();
  }

  private void ended(ConnectionId id, long since, String reason) {
    installs.computeIfPresent(
        id, (same, one) -> one.kept().installedAt() == since ? one.ended(reason) : one);
    woken.run();
  }

  // How a portal comes

  /** Begins an install; empty if there is no such app, or too many links wait. */
  public Optional<InstallLink> begin(ConnectionId app) {
    return apps.containsKey(app) ? authorizations.begin(app) : Optional.empty();
  }

  /** Ends an install that a person did not agree to. */
  public InstallAnswer decline(ConnectionId app, String state) {
    return authorizations.end(app, state).isPresent()
        ? new InstallAnswer.Declined()
        : new InstallAnswer.UnknownState();
  }

  /** Installs an app with what a person's browser brings; blocks until the portal is served. */
  public InstallAnswer finish(ConnectionId name, Secret code, String state) {
    OAuthApp app = apps.get(name);
    if (app == null) {
      return new InstallAnswer.UnknownApp();
    }
    Secret verifier = authorizations.end(name, state).orElse(null);
    if (verifier == null) {
      return new InstallAnswer.UnknownState();
    }
    long askedAt = clock.nanos();
    return switch (grants.apply(app, new Grant.Code(code, verifier, app.redirect()))) {
      case Granted granted -> installed(app, granted, askedAt);
      case GrantAnswer.Gone gone -> {
        LOG.log(Level.WARNING, "{0} could not be installed: {1}", name, gone.reason());
        yield new InstallAnswer.Refused();
      }
      case GrantAnswer.Failed failed -> {
        LOG.log(Level.WARNING, "{0} could not be installed: {1}", name, failed.trouble().reason());
        yield new InstallAnswer.Unavailable();
      }
    };
  }

  private InstallAnswer installed(OAuthApp app, Granted granted, long askedAt) {
    String name = app.name().name();
    String portal = granted.portal();
    try {
      put(app, portal, clock.now(), granted, askedAt);
    } catch (CompletionException e) {
      LOG.log(Level.ERROR, "the install of " + name + " in portal " + portal + " is not kept", e);
      return new InstallAnswer.Unavailable();
    }
    LOG.log(Level.INFO, "{0} is installed in portal {1}", name, portal);
    serve();
    return new InstallAnswer.Installed(portal);
  }

  private void put(OAuthApp app, String portal, long at, Granted granted, long askedAt) {
    changing.lock();
    try {
      SealedToken token = sealed(app, portal, granted.refresh());
      AppInstall kept = new AppInstall(app.name().name(), portal, at, AppInstall.NEVER, token);
      note(kept);
      TokenSource source = source(kept, granted.refresh()).startingWith(granted, askedAt);
      installs.put(kept.connection(), new Install(kept, source, ""));
    } finally {
      changing.unlock();
    }
  }

  /** What keeps a portal from being served is tried again when there is something to see to. */
  private void serve() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "not all portals of apps can be served", e);
      unserved = true;
      woken.run();
    }
  }

  // How a portal goes

  /** Notes which portals have shut an app out, and seals tokens anew whose key was replaced. */
  void note() {
    boolean ended = unserved;
    unserved = false;
    for (ConnectionId id : List.copyOf(installs.keySet())) {
      ended |= noteEnd(id);
      sealAnew(id);
    }
    if (ended) {
      serve();
    }
  }

  private boolean noteEnd(ConnectionId id) {
    changing.lock();
    try {
      Install one = installs.get(id);
      if (one == null || one.gone().isEmpty()) {
        return false;
      }
      AppInstall kept = one.kept().uninstalled(clock.now());
      note(kept);
      installs.put(id, new Install(kept, new NoToken("the app is uninstalled"), ""));
      LOG.log(
          Level.WARNING,
          "portal {0} has shut {1} out, so it is called no more: {2}",
          kept.portal(),
          kept.app(),
          one.gone());
      return true;
    } finally {
      changing.unlock();
    }
  }

  private void sealAnew(ConnectionId id) {
    changing.lock();
    try {
      Install one = installs.get(id);
      OAuthApp app = one == null ? null : apps.get(new ConnectionId(one.kept().app()));
      if (one == null || app == null || one.kept().token().keyId().equals(app.keys().newest())) {
        return;
      }
      AppInstall kept = one.kept();
      Optional<Secret> token = app.keys().open(kept.token(), kept.app(), kept.portal());
      if (token.isPresent()) {
        AppInstall next = kept.with(sealed(app, kept.portal(), token.get()));
        note(next);
        installs.put(id, new Install(next, one.token(), one.gone()));
      }
    } finally {
      changing.unlock();
    }
  }

  /** Returns when the data of a portal that has shut an app out are erased. */
  public Optional<Instant> erasedAt(Install one) {
    OAuthApp app = apps.get(new ConnectionId(one.kept().app()));
    return app == null || one.kept().isInstalled()
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochMilli(one.kept().uninstalledAt()).plus(app.keepAfterUninstall()));
  }

  /** Asks for no more tokens; returns when those that are under way are kept. */
  void close() {
    for (Install one : installs.values()) {
      if (one.token() instanceof RefreshedToken source) {
        source.close();
      }
    }
  }

  /** Asks for tokens once more of a portal that has shut the app out. */
  GrantAnswer askAgain(Install one) {
    OAuthApp app = apps.get(new ConnectionId(one.kept().app()));
    return app == null
        ? NO_MANIFEST
        : app.keys()
            .open(one.kept().token(), one.kept().app(), one.kept().portal())
            .map(token -> grants.apply(app, new Grant.Refresh(token)))
            .orElseGet(() -> new GrantAnswer.Gone("there is no key for its token"));
  }

  /** Takes a portal back that lets the app in after all. */
  void takeBack(Install one, Granted granted, long askedAt) {
    OAuthApp app = apps.get(new ConnectionId(one.kept().app()));
    if (app != null && one.equals(installs.get(one.kept().connection()))) {
      put(app, one.kept().portal(), clock.now(), granted, askedAt);
      LOG.log(Level.INFO, "portal {0} lets {1} in again", one.kept().portal(), app.name());
      serve();
    }
  }

  /**
   * Takes a step in erasing an install, unless it has become another one meanwhile.
   *
   * @return where the next one goes on; {@link Long#MAX_VALUE} when there is nothing more to do
   */
  long erase(Install one, int most, long from) {
    changing.lock();
    try {
      ConnectionId id = one.kept().connection();
      if (!one.equals(installs.get(id))) {
        return Long.MAX_VALUE;
      }
      long next = intake.submit(new Work.Forget(one.kept(), most, from)).join();
      if (next == Long.MAX_VALUE) {
        installs.remove(id);
        LOG.log(Level.INFO, "all that was kept of {0} is erased", id);
      }
      return next;
    } finally {
      changing.unlock();
    }
  }
}
