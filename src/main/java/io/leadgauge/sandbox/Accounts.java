package io.leadgauge.sandbox;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The accounts of a sandbox, the tokens that open them, and in which of them the app is installed
 * whose webhooks tell of them. Belongs to one event loop.
 */
final class Accounts {
  private static final long FIRST_ID = 541_000_000_000L;
  private static final long ID_STEP = 1_000_000_000L;

  private final SandboxOptions options;
  private final long seed;
  private final Consumer<Change> listener;
  private final Map<Long, Portal> portals = new LinkedHashMap<>();
  private final Map<String, Grant> grants = new HashMap<>();
  private final Set<Long> installed = new HashSet<>();

  /** One account, of the options, with their tokens. */
  Accounts(SandboxOptions options, long seed, Consumer<Change> listener) {
    this.options = options;
    this.seed = seed;
    this.listener = listener;
    Portal first = open(options.portalId());
    installed.add(first.id());
    options.tokens().forEach((token, appId) -> grant(token, Grant.fixed(first, appId)));
  }

  /** The account that everything is about that names none. */
  Portal first() {
    return portals.values().iterator().next();
  }

  Collection<Portal> all() {
    return Collections.unmodifiableCollection(portals.values());
  }

  Optional<Portal> find(long portalId) {
    return Optional.ofNullable(portals.get(portalId));
  }

  /** The account with a number; a new one without records where there is none yet. */
  Portal open(long portalId) {
    Portal there = portals.get(portalId);
    if (there != null) {
      return there;
    }
    Portal portal =
        new Portal(
            portalId,
            FIRST_ID + portals.size() * ID_STEP,
            options.firstStage(),
            Dice.of(seed, portals.isEmpty() ? "portal" : "portal " + portalId),
            this::tell);
    portals.put(portalId, portal);
    return portal;
  }

  /** Gives a token; with one of the webhooks' app that app is installed. */
  void grant(String token, Grant grant) {
    grants.put(token, grant);
    if (grant.appId() == options.appId()) {
      installed.add(grant.portal().id());
    }
  }

  void revoke(String token) {
    grants.remove(token);
  }

  Optional<Grant> grant(String token) {
    return Optional.ofNullable(grants.get(token));
  }

  boolean isInstalled(Portal portal) {
    return installed.contains(portal.id());
  }

  /** Takes the webhooks' app out of an account: its tokens open nothing, its webhooks cease. */
  void uninstall(Portal portal) {
    installed.remove(portal.id());
    grants.values().removeIf(grant -> grant.portal() == portal && grant.appId() == options.appId());
  }

  /** Lets every token that an installation gave expire. */
  void expireOauth() {
    grants.replaceAll((token, grant) -> grant.oauth() ? grant.expired() : grant);
  }

  private void tell(Change change) {
    if (installed.contains(change.subject().portalId())) {
      listener.accept(change);
    }
  }
}
