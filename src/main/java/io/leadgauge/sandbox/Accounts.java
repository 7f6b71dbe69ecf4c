package io.leadgauge.sandbox;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The accounts of a sandbox and the tokens that open them. Belongs to one event loop. */
final class Accounts {
  private static final long FIRST_ID = 541_000_000_000L;

  private final SandboxOptions options;
  private final long seed;
  private final Consumer<Change> listener;
  private final Map<Long, Portal> portals = new LinkedHashMap<>();
  private final Map<String, Grant> grants = new HashMap<>();

  /** One account, of the options, with their tokens. */
  Accounts(SandboxOptions options, long seed, Consumer<Change> listener) {
    this.options = options;
    this.seed = seed;
    this.listener = listener;
    Portal first = open(options.portalId());
    options
        .tokens()
        .forEach((token, appId) -> grant(token, new Grant(first, appId, false, Grant.NEVER)));
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
    return portals.computeIfAbsent(
        portalId,
        id ->
            new Portal(
                id,
                FIRST_ID + portals.size() * 1_000_000_000L,
                options.firstStage(),
                Dice.of(seed, portals.isEmpty() ? "portal" : "portal " + id),
                listener));
  }

  void grant(String token, Grant grant) {
    grants.put(token, grant);
  }

  void revoke(String token) {
    grants.remove(token);
  }

  Optional<Grant> grant(String token) {
    return Optional.ofNullable(grants.get(token));
  }
}
