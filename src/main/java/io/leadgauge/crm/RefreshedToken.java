package io.leadgauge.crm;

import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
  private static final Logger LOG = System.getLogger(RefreshedToken.class.getName());

  /** The share of a token's span at whose end the next one is asked for. */
  private static final int SPARE_SHARE = 10;

  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_EARLY_ONES = Duration.ofMinutes(1);

  private final Function<Secret, GrantAnswer> refresh;
  private final Consumer<Secret> keep;
  private final Consumer<String> gone;
  private final Clockwork clock;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Held held;
  private volatile @Nullable Trouble trouble;
  private volatile boolean closed;

  // Touched by one flight at a time, each of which begins after the one before has landed.
  private volatile Secret refreshToken;
  private volatile @Nullable Held unkept;

  // Touched in turn.
  private @Nullable CompletableFuture<Answer> flight;
  private @Nullable Long refusedAt;

  /** An access token and when it ends, as monotonic readings. */
  private record Held(Granted granted, long freshUntil, long liveUntil) {
    Live live() {
      return new Live(granted.access(), granted.base());
    }

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
    turn.lock();
    try {
      refreshToken = granted.refresh();
      held = held(granted, askedAt);
      return this;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Answer ask() {
    Held now = held;
    if (now != null && now.isFresh(clock.nanos())) {
      return now.live();
    }
    try {
      return next().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new None(new CallTrouble.Wait(Duration.ZERO, "interrupted while waiting for a token"));
    } catch (ExecutionException e) {
      return new None(fault(e));
    }
  }

  /** No more is told than that, for what a fault says may quote anything. */
  private static CallTrouble fault(Exception e) {
    LOG.log(Level.ERROR, "a fault while a token was asked for", e);
    return new CallTrouble.Unknown("a fault of ours while a token was asked for; the log has it");
  }

  /** Returns what is known, or what the one flight that is under way will bring. */
  private CompletableFuture<Answer> next() {
    turn.lock();
    try {
      CompletableFuture<Answer> under = flight;
      if (under != null) {
        return under;
      }
      Held now = held;
      Trouble known = trouble;
      long nanos = clock.nanos();
      boolean settled = known != null && (known.forGood() || nanos - known.until() < 0);
      if (closed || settled || (now != null && now.isFresh(nanos))) {
        return CompletableFuture.completedFuture(answer());
      }
      return begun();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Begins a flight on a thread of its own: whoever waits for it may be interrupted, and what the
   * CRM gives must be kept all the same.
   */
  private CompletableFuture<Answer> begun() {
    CompletableFuture<Answer> begun = new CompletableFuture<>();
    flight = begun;
    Thread.ofVirtual()
        .name("token")
        .start(
            () -> {
              try {
                refreshed();
                begun.complete(landed());
              } catch (RuntimeException e) {
                note(fault(e));
                begun.complete(landed());
              }
            });
    return begun;
  }

  private Answer landed() {
    turn.lock();
    try {
      flight = null;
      return answer();
    } finally {
      turn.unlock();
    }
  }

  private Answer answer() {
    Held now = held;
    Trouble known = trouble;
    boolean forGood = known != null && known.forGood();
    if (now != null && now.isLive(clock.nanos()) && !forGood) {
      return now.live();
    }
    String otherwise = closed ? "stopping" : "the CRM gave a token that has ended already";
    return new None(
        known == null ? new CallTrouble.Wait(AFTER_TROUBLE, otherwise) : known.trouble());
  }

  /** Asks for no more tokens; returns when those that are under way are kept. */
  public void close() {
    CompletableFuture<Answer> under;
    turn.lock();
    try {
      closed = true;
      under = flight;
    } finally {
      turn.unlock();
    }
    if (under != null) {
      under.join();
    }
  }

  /** Asks for new tokens, or keeps those that could not be kept. */
  private void refreshed() {
    Held fresh = unkept;
    if (fresh == null) {
      long askedAt = clock.nanos();
      switch (refresh.apply(refreshToken)) {
        case Granted granted -> fresh = held(granted, askedAt);
        case GrantAnswer.Gone ended -> {
          gone.accept(ended.reason());
          trouble = new Trouble(new CallTrouble.Refused(ended.reason()), 0, true);
          return;
        }
        case GrantAnswer.Failed failed -> {
          note(failed.trouble());
          return;
        }
      }
    }
    take(fresh);
  }

  private void take(Held fresh) {
    unkept = fresh;
    try {
      if (!fresh.granted().refresh().isSame(refreshToken)) {
        keep.accept(fresh.granted().refresh());
      }
    } catch (RuntimeException e) {
      String why = "a new refresh token cannot be kept: " + e.getMessage();
      note(new CallTrouble.Wait(AFTER_TROUBLE, why));
      return;
    }
    unkept = null;
    refreshToken = fresh.granted().refresh();
    trouble = null;
    held = fresh;
  }

  private static Held held(Granted granted, long askedAt) {
    long span = granted.lasts().toNanos();
    return new Held(granted, askedAt + span - span / SPARE_SHARE, askedAt + span);
  }

  /** A failure is one for all who wait: nobody tries again until the pause is over. */
  private void note(CallTrouble found) {
    Duration pause =
        switch (found) {
          case CallTrouble.Wait wait when wait.pause().compareTo(AFTER_TROUBLE) > 0 -> wait.pause();
          case CallTrouble.Wait wait -> AFTER_TROUBLE;
          case CallTrouble.Unknown unknown -> AFTER_TROUBLE;
          case CallTrouble.Refused refused -> BETWEEN_EARLY_ONES;
        };
    trouble = new Trouble(found, clock.nanos() + pause.toNanos(), false);
  }

  @Override
  public boolean refused(Secret token) {
    turn.lock();
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
      turn.unlock();
    }
  }

  @Override
  public boolean isSame(TokenSource other) {
    return this == other;
  }
}
