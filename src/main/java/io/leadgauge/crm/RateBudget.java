package io.leadgauge.crm;

import io.leadgauge.model.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a portal's API takes: one budget for all calls of the portal, whoever makes them.
 *
 * <p>A call asks for a {@link Turn} before it is sent, and closes its permit when the answer is
 * there or given up. Each {@link Lane} has a window of its own, so that looking for changes never
 * takes a call away from reading and writing contacts.
 *
 * <p>A call counts from the moment it is sent until one whole window after its answer. The CRM
 * counts it somewhere between the two, so no rolling window of the CRM ever holds more calls than
 * the limit, however long the wire takes. What the CRM says in its answers corrects the limit, and
 * calls that somebody else made with the same token are counted as ours.
 *
 * <p>Calls of one {@link Priority} take turns in the order in which they asked. Background calls
 * use what live ones leave: they go only while no live call waits, evenly over the window, so that
 * a live call that comes finds room within one {@code limit}th of it, and leave a few calls of the
 * window, and a tenth of the day's, to live ones. They never starve: where live calls would take
 * everything, one call of {@value #LIVE_IN_A_ROW_AND_ONE} is the background's.
 *
 * <p>A lane that the CRM has closed (a limit was hit) lets nobody through until its pause is over.
 * Short waits block; a pause longer than {@link #LONGEST_WAIT} is handed back instead, so that no
 * thread sleeps for hours. Thread-safe.
 */
public final class RateBudget {
  /** The longest closure that a call sits out; longer ones are handed back to the caller. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /**
   * How long the lanes stay closed when the day's calls are used up and nobody knows when the
   * portal's day ends.
   */
  public static final Duration DAY_USED_UP = Duration.ofMinutes(15);

  private static final int LIVE_IN_A_ROW_AND_ONE = 20;

  /** The share of a window that background calls leave to live ones: one of so many calls. */
  private static final int KEPT_FREE = 50;

  /** The share of a day that background calls leave to live ones: one of so many calls. */
  private static final int KEPT_OF_THE_DAY = 10;

  /** How far the portal's clock may be behind ours when its day ends. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(30);

  private static final Duration ASK_AGAIN = Duration.ofHours(1);
  private static final long UNKNOWN = -1;

  /** Calls that are limited apart from each other. */
  public enum Lane {
    /** Reads and writes of records. */
    RECORDS,
    /** Searches. */
    SEARCH,
    /** Associations: they have a limit of their own, and count as {@link #RECORDS} as well. */
    ASSOCIATIONS
  }

  /** Who goes first. */
  public enum Priority {
    /** What something that has just happened leads to. */
    LIVE,
    /** What can wait: a backfill, looking back, samples. */
    BACKGROUND
  }

  /**
   * A limit.
   *
   * @param calls the most calls in a window, at least 1
   * @param window how long the window is, more than zero
   */
  public record Limit(int calls, Duration window) {
    /** The most calls that a window is believed to take. */
    public static final int MOST_CALLS = 10_000;

    /** The longest window that is believed. */
    public static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);

    public Limit {
      boolean countable = calls >= 1 && calls <= MOST_CALLS;
      if (!countable || !window.isPositive() || window.compareTo(LONGEST_WINDOW) > 0) {
        throw new IllegalArgumentException("not a rate limit: " + calls + " calls in " + window);
      }
    }

    /** Returns how many calls the background leaves free. */
    int keptFree() {
      return calls / KEPT_FREE;
    }

    /** Returns how long background calls keep apart, in nanoseconds. */
    long apart() {
      return window.toNanos() / calls;
    }
  }

  /** What a call that asks for its turn gets. */
  public sealed interface Turn {}

  /** The call may be made. Must be closed, once, when the call is over; may be closed again. */
  public final class Permit implements Turn, AutoCloseable {
    private final List<RateWindow> taken;
    private boolean over;

    private Permit(List<RateWindow> taken) {
      this.taken = taken;
    }

    @Override
    public void close() {
      locked(
          () -> {
            if (!over) {
              over = true;
              taken.forEach(window -> window.answered(clockwork.nanos()));
            }
          });
    }
  }

  /**
   * The lane is closed for longer than a call sits out.
   *
   * @param pause for how long, at least
   * @param reason why, in the words with which it was closed
   */
  public record Closed(Duration pause, String reason) implements Turn {}

  /** A call that waits for its turn, in the order of its priority. */
  private static final class Waiting {}

  /** Those who wait for a lane. */
  private static final class Queue {
    private final Map<Priority, ArrayDeque<Waiting>> waiting =
        new EnumMap<>(
            Map.of(Priority.LIVE, new ArrayDeque<>(), Priority.BACKGROUND, new ArrayDeque<>()));
    private int liveInARow;
    private long lastBackground = Long.MIN_VALUE / 2;

    ArrayDeque<Waiting> of(Priority priority) {
      return waiting.getOrDefault(priority, new ArrayDeque<>());
    }

    /** Tells whether live calls have had enough turns in a row, and somebody else waits. */
    boolean owesBackground() {
      return liveInARow >= LIVE_IN_A_ROW_AND_ONE - 1 && !of(Priority.BACKGROUND).isEmpty();
    }

    boolean isNext(Waiting one, Priority priority) {
      boolean mayGo =
          switch (priority) {
            case LIVE -> !owesBackground();
            case BACKGROUND -> owesBackground() || of(Priority.LIVE).isEmpty();
          };
      return mayGo && of(priority).peekFirst() == one;
    }

    void went(Priority priority, long now) {
      switch (priority) {
        case LIVE -> liveInARow++;
        case BACKGROUND -> {
          liveInARow = 0;
          lastBackground = now;
        }
      }
    }
  }

  private final Clockwork clockwork;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Lane, RateWindow> windows = new EnumMap<>(Lane.class);
  private final Map<Lane, Queue> queues = new EnumMap<>(Lane.class);
  private final RateWindow background;
  private @Nullable ZoneId zone;
  private long zoneAskedAt = UNKNOWN;
  private long dayLimit = UNKNOWN;
  private long dayLeft = UNKNOWN;

  /**
   * Makes a budget with nothing used.
   *
   * @param clockwork tells and waits the time
   * @param records the limit of reads and writes to start from
   * @param search the limit of searches
   * @param associations the limit of associations
   */
  public RateBudget(Clockwork clockwork, Limit records, Limit search, Limit associations) {
    this.clockwork = clockwork;
    windows.put(Lane.RECORDS, new RateWindow(records));
    windows.put(Lane.SEARCH, new RateWindow(search));
    windows.put(Lane.ASSOCIATIONS, new RateWindow(associations));
    for (Lane lane : Lane.values()) {
      queues.put(lane, new Queue());
    }
    this.background = new RateWindow(new Limit(Limit.MOST_CALLS, Duration.ofSeconds(1)));
  }

  /** Waits until a live call may be made; as {@link #acquire(Lane, Priority)}. */
  public Turn acquire(Lane lane) throws InterruptedException {
    return acquire(lane, Priority.LIVE);
  }

  /**
   * Waits until a call may be made.
   *
   * @return a permit; or that the lane is closed for longer than {@link #LONGEST_WAIT}
   * @throws InterruptedException if the thread is interrupted; nothing is used up then
   */
  public Turn acquire(Lane lane, Priority priority) throws InterruptedException {
    Queue queue = queue(lane);
    Waiting self = new Waiting();
    lock.lockInterruptibly();
    try {
      queue.of(priority).addLast(self);
      while (true) {
        long now = clockwork.nanos();
        Closed closed = closed(lane, priority, now);
        if (closed != null) {
          return closed;
        }
        long pause =
            queue.isNext(self, priority)
                ? pause(lane, priority, now)
                : RateWindow.UNTIL_SOMETHING_CHANGES;
        if (pause <= 0) {
          List<RateWindow> taken = taken(lane);
          taken.forEach(RateWindow::sent);
          queue.went(priority, now);
          return new Permit(taken);
        }
        clockwork.awaitUntil(changed, wakeAt(pause));
      }
    } finally {
      queue.of(priority).remove(self);
      changed.signalAll();
      lock.unlock();
    }
  }

  private long wakeAt(long pause) {
    return pause == RateWindow.UNTIL_SOMETHING_CHANGES
        ? Long.MAX_VALUE
        : clockwork.now() + TimeUnit.NANOSECONDS.toMillis(pause) + 1;
  }

  private @Nullable Closed closed(Lane lane, Priority priority, long now) {
    for (RateWindow window : closing(lane, priority)) {
      if (window.closedFor(now) > LONGEST_WAIT.toNanos()) {
        return new Closed(Duration.ofNanos(window.closedFor(now)), window.closedBecause());
      }
    }
    return null;
  }

  /** Returns for how long a call that is next has to wait, in nanoseconds; 0 for not at all. */
  private long pause(Lane lane, Priority priority, long now) {
    boolean yields = priority == Priority.BACKGROUND && !queue(lane).owesBackground();
    long pause = yields ? background.closedFor(now) : 0;
    for (RateWindow window : taken(lane)) {
      pause = Math.max(pause, window.pause(now, yields ? window.limit().keptFree() : 0));
    }
    if (yields) {
      long since = now - queue(lane).lastBackground;
      pause = Math.max(pause, window(lane).limit().apart() - since);
    }
    return pause;
  }

  /**
   * Returns for how long a call would have to wait now if nobody else did, in nanoseconds; 0 or
   * less for not at all.
   */
  long pause(Lane lane, Priority priority) {
    lock.lock();
    try {
      return pause(lane, priority, clockwork.nanos());
    } finally {
      lock.unlock();
    }
  }

  private List<RateWindow> taken(Lane lane) {
    return lane == Lane.ASSOCIATIONS
        ? List.of(window(lane), window(Lane.RECORDS))
        : List.of(window(lane));
  }

  private List<RateWindow> closing(Lane lane, Priority priority) {
    return switch (priority) {
      case LIVE -> taken(lane);
      case BACKGROUND -> {
        List<RateWindow> all = new ArrayList<>(taken(lane));
        all.add(background);
        yield all;
      }
    };
  }

  /**
   * Learns a lane's limit from an answer, while the permit of its call is still open.
   *
   * @param remaining how many more calls the CRM would take now; what is missing beyond our own
   *     calls was used by somebody else
   */
  public void learn(Lane lane, Limit limit, int remaining) {
    locked(() -> window(lane).learn(limit, remaining, clockwork.nanos()));
  }

  /**
   * Learns how many calls are left for the day. With none left all lanes close until the portal's
   * day ends; with less than a tenth left the background waits until then. Where nobody knows when
   * that is, they close for {@link #DAY_USED_UP}, again and again.
   *
   * @param limit how many calls a day has; 0 for not known
   */
  public void learnDaily(long limit, long remaining) {
    locked(
        () -> {
          dayLimit = limit;
          dayLeft = remaining;
        });
    if (remaining <= 0) {
      endDay("the portal's calls of this day are used up");
    } else if (isScarce()) {
      String reason = "the last calls of this day are kept for live work";
      locked(() -> background.close(clockwork.nanos(), untilDayEnds().toNanos(), reason));
    }
  }

  /** Closes all lanes until the portal's day ends. */
  public void endDay(String reason) {
    closeAll(untilDayEnds(), reason);
  }

  /** Returns how long the portal's day lasts yet, or for how long to wait where nobody knows. */
  public Duration untilDayEnds() {
    lock.lock();
    try {
      if (zone == null) {
        return DAY_USED_UP;
      }
      Instant now = Instant.ofEpochMilli(clockwork.now());
      Instant midnight = now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
      return Duration.between(now, midnight).plus(CLOCKS_APART);
    } finally {
      lock.unlock();
    }
  }

  private boolean isScarce() {
    return dayLeft != UNKNOWN && dayLimit > 0 && dayLeft < dayLimit / KEPT_OF_THE_DAY;
  }

  /**
   * Tells whether it is worth a call to ask in which time zone the portal's day ends, and notes
   * that it is asked: the calls of the day run out, and nobody has said. Not again within an hour.
   */
  public boolean asksForZone() {
    lock.lock();
    try {
      long now = clockwork.now();
      boolean asked = zoneAskedAt != UNKNOWN && now - zoneAskedAt < ASK_AGAIN.toMillis();
      if (zone != null || asked || dayLeft <= 0 || !isScarce()) {
        return false;
      }
      zoneAskedAt = now;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Learns in which time zone the portal's day begins and ends. */
  public void learnZone(ZoneId portals) {
    locked(() -> zone = portals);
  }

  /** Closes a lane for at least {@code pause}; a closure that lasts longer stays. */
  public void close(Lane lane, Duration pause, String reason) {
    locked(() -> window(lane).close(clockwork.nanos(), pause.toNanos(), reason));
  }

  /** Closes all lanes for at least {@code pause}. */
  public void closeAll(Duration pause, String reason) {
    for (Lane lane : Lane.values()) {
      close(lane, pause, reason);
    }
  }

  /** Returns how much of the budget for reads and writes is used. */
  public Allowance look() {
    lock.lock();
    try {
      long now = clockwork.nanos();
      RateWindow records = window(Lane.RECORDS);
      return new Allowance(
          records.limit().calls(),
          records.limit().window(),
          records.used(now),
          queues.values().stream().mapToInt(queue -> queue.of(Priority.LIVE).size()).sum(),
          queues.values().stream().mapToInt(queue -> queue.of(Priority.BACKGROUND).size()).sum(),
          dayLeft == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(dayLeft),
          Duration.ofNanos(records.closedFor(now)),
          records.closedFor(now) > 0 ? records.closedBecause() : "");
    } finally {
      lock.unlock();
    }
  }

  private RateWindow window(Lane lane) {
    RateWindow window = windows.get(lane);
    if (window == null) {
      throw new IllegalStateException("no window for " + lane);
    }
    return window;
  }

  private Queue queue(Lane lane) {
    Queue queue = queues.get(lane);
    if (queue == null) {
      throw new IllegalStateException("nobody can wait for " + lane);
    }
    return queue;
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
