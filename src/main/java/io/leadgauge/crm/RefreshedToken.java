package io.leadgauge.crm;

import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Secret;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A token that ends and is followed by another: of all threads that need one, exactly one asks for
 * it. It is asked for before the old one ends, by what the CRM said of its span; that a call was
 * refused is no reliable sign, and leads to one early refresh at most once a minute.
 *
 * <p>The refresh token that came with it is kept before anything is done with the new tokens, so
 * that a restart never begins with one that is worth nothing. Thread-safe.
 *
 * @see <a
 *     href="https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/working-with-oauth">HubSpot:
 *     OAuth, 30 March 2026</a>
 */
public final class RefreshedToken implements TokenSource {
  /** The share of a token's span at whose end the next one is asked for. */
  private static final int SPARE_SHARE = 10;

  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_EARLY_ONES = Duration.ofMinutes(1);

  private final Function<Secret, GrantAnswer> refresh;
  private final Consumer<Secret> keep;
  private final Consumer<String> gone;
  private final Clockwork clock;
  private final ReentrantLock flight = new ReentrantLock();
  private volatile @Nullable Held held;
  private Secret refreshToken;
  private @Nullable Held unkept;
  private @Nullable Trouble trouble;
  private @Nullable Long refusedAt;

  /** An access token and when it ends, as monotonic readings. */
  private record Held(Granted granted, long freshUntil, long liveUntil) {
    boolean isFresh(long nanos) {
      return nanos - freshUntil < 0;
    }

    boolean isLive(long nanos) {
      return nanos - liveUntil < 0;
    }
  }

  /** Why there is no new one, and until when it is not tried again. */
  private record Trouble(CallTrouble trouble, long until, boolean forGood) {}

  /**
   * Makes a source that has no access token yet.
   *
   * @param refreshToken the newest one that is kept
   * @param refresh asks the CRM; blocks
   * @param keep makes a refresh token durable, and fails where that cannot be done
   * @param gone is told once that the CRM refuses the refresh token for good; must not block
   */
  public RefreshedToken(
      Secret refreshToken,
      Function<Secret, GrantAnswer> refresh,
      Consumer<Secret> keep,
      Consumer<String> gone,
      Clockwork clock) {
    this.refreshToken = refreshToken;
    this.refresh = refresh;
    this.keep = keep;
    this.gone = gone;
    this.clock = clock;
  }

  /**
   * Begins with tokens that are kept already.
   *
   * @param askedAt when they were asked for, as a monotonic reading
   */
  public RefreshedToken startingWith(Granted granted, long askedAt) {
    flight.lock();
    try {
      refreshToken = granted.refresh();
      held = held(granted, askedAt);
      return this;
    } finally {
      flight.unlock();
    }
  }

  @Override
  public Answer ask() {
    Held now = held;
    if (now != null && now.isFresh(clock.nanos())) {
      return new Live(now.granted().access());
    }
    flight.lock();
    try {
      return next();
    } finally {
      flight.unlock();
    }
  }

  private Answer next() {
    Held now = held;
    long nanos = clock.nanos();
    if (now != null && now.isFresh(nanos)) {
      return new Live(now.granted().access());
    }
    Trouble known = trouble;
    if (known == null || (!known.forGood() && nanos - known.until() >= 0)) {
      known = refreshed();
    }
    now = held;
    boolean usable =
        now != null && now.isLive(clock.nanos()) && (known == null || !known.forGood());
    if (usable) {
      return new Live(now.granted().access());
    }
    return new None(
        known == null
            ? new CallTrouble.Wait(AFTER_TROUBLE, "the CRM gave a token that has ended already")
            : known.trouble());
  }

  /** Asks for new tokens, or keeps those that could not be kept; null if all went well. */
  private @Nullable Trouble refreshed() {
    Held fresh = unkept;
    if (fresh == null) {
      long askedAt = clock.nanos();
      switch (refresh.apply(refreshToken)) {
        case Granted granted -> fresh = held(granted, askedAt);
        case GrantAnswer.Gone ended -> {
          gone.accept(ended.reason());
          return note(new Trouble(new CallTrouble.Refused(ended.reason()), 0, true));
        }
        case GrantAnswer.Failed failed -> {
          return note(failed.trouble());
        }
      }
    }
    return kept(fresh);
  }

  private @Nullable Trouble kept(Held fresh) {
    unkept = fresh;
    try {
      if (!fresh.granted().refresh().isSame(refreshToken)) {
        keep.accept(fresh.granted().refresh());
      }
    } catch (RuntimeException e) {
      return note(
          new CallTrouble.Wait(
              AFTER_TROUBLE, "a new refresh token cannot be kept: " + e.getMessage()));
    }
    unkept = null;
    refreshToken = fresh.granted().refresh();
    held = fresh;
    trouble = null;
    return null;
  }

  private static Held held(Granted granted, long askedAt) {
    long span = granted.lasts().toNanos();
    return new Held(granted, askedAt + span - span / SPARE_SHARE, askedAt + span);
  }

  /** A failure is one for all who wait: nobody tries again until the pause is over. */
  private Trouble note(CallTrouble found) {
    Duration pause =
        switch (found) {
          case CallTrouble.Wait wait when wait.pause().compareTo(AFTER_TROUBLE) > 0 -> wait.pause();
          case CallTrouble.Wait wait -> AFTER_TROUBLE;
          case CallTrouble.Unknown unknown -> AFTER_TROUBLE;
          case CallTrouble.Refused refused -> BETWEEN_EARLY_ONES;
        };
    return note(new Trouble(found, clock.nanos() + pause.toNanos(), false));
  }

  private Trouble note(Trouble found) {
    trouble = found;
    return found;
  }

  @Override
  public boolean refused(Secret token) {
    flight.lock();
    try {
      Held now = held;
      if (now == null || !now.granted().access().isSame(token)) {
        return true;
      }
      long nanos = clock.nanos();
      Long before = refusedAt;
      if (before != null && nanos - before < BETWEEN_EARLY_ONES.toNanos()) {
        return false;
      }
      refusedAt = nanos;
      held = null;
      return true;
    } finally {
      flight.unlock();
    }
  }

  @Override
  public boolean isSame(TokenSource other) {
    return this == other;
  }
}
