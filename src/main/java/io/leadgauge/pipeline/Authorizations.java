package io.leadgauge.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The links by which apps can be let in: each good once, for ten minutes, and not after a restart.
 * Thread-safe.
 */
final class Authorizations {
  static final Duration GOOD_FOR = Duration.ofMinutes(10);

  /** So many wait at most. */
  static final int MOST = 100;

  private static final int WORD_BYTES = 32;

  private final Clockwork clock;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, Begun> begun = new ConcurrentHashMap<>();

  private record Begun(ConnectionId app, Secret verifier, long until) {}

  Authorizations(Clockwork clock) {
    this.clock = clock;
  }

  /** Begins one; empty while too many wait. */
  Optional<InstallLink> begin(ConnectionId app) {
    turn.lock();
    try {
      return begun(app, clock.now());
    } finally {
      turn.unlock();
    }
  }

  private Optional<InstallLink> begun(ConnectionId app, long now) {
    begun.values().removeIf(one -> one.until() <= now);
    if (begun.size() >= MOST) {
      return Optional.empty();
    }
    String state = word();
    String verifier = word();
    long until = now + GOOD_FOR.toMillis();
    begun.put(state, new Begun(app, Secret.of(verifier), until));
    return Optional.of(new InstallLink(state, challenge(verifier), until));
  }

  /** Ends one and returns its verifier; empty if there is none for this app, or no longer. */
  Optional<Secret> end(ConnectionId app, String state) {
    Begun one = begun.remove(state);
    return one == null || !one.app().equals(app) || one.until() <= clock.now()
        ? Optional.empty()
        : Optional.of(one.verifier());
  }

  private String word() {
    byte[] bytes = new byte[WORD_BYTES];
    clock.unguessable(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
