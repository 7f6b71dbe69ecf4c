package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Expiry;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.pipeline.Usual.Unusual;
import io.leadgauge.pipeline.Warning.Kind;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.HourlyCount;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * Warns by itself of what is not as it usually is, and of what will not go on for long. What is
 * usual is learned hour by hour of the week, by {@link Usual}; until it knows two weeks it is
 * silent about that.
 *
 * <p>Every five minutes it writes down what has come, and that it was there to see; a restart goes
 * on from that, and a downtime is neither learned from nor warned of. A warning is logged once when
 * it begins and once when it ends. Thread-safe.
 */
final class Warnings implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Warnings.class.getName());
  static final Duration BEAT = Duration.ofMinutes(5);
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** How far two looks may be apart so that nothing was missed between them. */
  private static final long MOST_APART = 2 * BEAT.toMillis();

  private static final String BEATS = "beats";
  private static final String UNWRITTEN = "unwritten-seconds";
  private static final String TAKEN = "disk-taken";
  private static final String INSTALLATION = "";
  private static final long MEBI = 1 << 20;

  private static final Duration LONG_UNWRITTEN = Duration.ofDays(1);
  private static final Duration BEFORE_THE_END = Duration.ofDays(90);
  private static final int DISK_HOURS_LEARNED = 14 * Usual.DAY;
  private static final int DISK_HOURS_LOOKED = 28 * Usual.DAY;
  private static final int DISK_DAYS = 14;

  private final Scopes scopes;
  private final Intake intake;
  private final Store store;
  private final StoreReader reader;
  private final HourTally tally;
  private final Function<Connection, List<Expiry>> expiries;
  private final Clockwork clock;
  private final Rounds rounds;
  private final Map<ConnectionId, List<Warning>> current = new ConcurrentSkipListMap<>();
  private final Map<ConnectionId, Long> seenAt = new TreeMap<>();
  private final Map<ConnectionId, Long> lookedIn = new TreeMap<>();
  private final Map<ConnectionId, Setbacks> setbacks = new TreeMap<>();
  private final Setbacks ofDisk = new Setbacks(LOG);
  private volatile List<Warning> ofInstallation = List.of();
  private long beatAt;

  /**
   * Makes one that does not look yet.
   *
   * @param tally what has come since the last look
   * @param expiries tells what of a connection is good for a limited time
   */
  Warnings(
      Scopes scopes,
      Intake intake,
      Store store,
      StoreReader reader,
      HourTally tally,
      Function<Connection, List<Expiry>> expiries,
      Clockwork clock) {
    this.scopes = scopes;
    this.intake = intake;
    this.store = store;
    this.reader = reader;
    this.tally = tally;
    this.expiries = expiries;
    this.clock = clock;
    this.rounds = new Rounds("warnings", LOG, clock, this::turn);
  }

  void start() {
    rounds.start();
  }

  /** Returns the warnings there are of a connection. */
  List<Warning> of(ConnectionId id) {
    return current.getOrDefault(id, List.of());
  }

  /** Returns the warnings there are of the installation. */
  List<Warning> ofInstallation() {
    return ofInstallation;
  }

  private long turn() {
    long now = clock.now();
    Set<ConnectionId> served = new HashSet<>();
    for (ConnectionScope scope : scopes.all()) {
      served.add(scope.id());
      setbacks
          .computeIfAbsent(scope.id(), first -> new Setbacks(LOG))
          .attempt("warnings of " + scope.id(), () -> noteAndLook(scope, now));
    }
    current.keySet().retainAll(served);
    seenAt.keySet().retainAll(served);
    lookedIn.keySet().retainAll(served);
    setbacks.keySet().retainAll(served);
    ofDisk.attempt(
        "the warning of the disk", () -> ofInstallation = replaced(ofInstallation, disk(now)));
    beatAt = now;
    return now + BEAT.toMillis();
  }

  private void noteAndLook(ConnectionScope scope, long now) {
    note(scope.id(), now);
    look(scope, now);
  }

  /** Writes down what has come, and that we were there to see. */
  private void note(ConnectionId id, long now) {
    long hour = now / HOUR;
    Map<String, Long> came = tally.take(id);
    List<HourlyCount> counts = new ArrayList<>();
    came.forEach((measure, count) -> counts.add(sum(id, measure, hour, count)));
    long before = seenAt.getOrDefault(id, Long.MIN_VALUE / 2);
    if (now - before <= MOST_APART && now >= before) {
      counts.add(sum(id, BEATS, hour, 1));
    }
    seenAt.put(id, now);
    long unwritten = unwritten(id, now).toSeconds();
    if (unwritten > 0) {
      counts.add(new HourlyCount(id.name(), UNWRITTEN, hour, unwritten, true));
    }
    if (now / HOUR != beatAt / HOUR) {
      long taken = store.takenBytes() / MEBI;
      counts.add(new HourlyCount(INSTALLATION, TAKEN, hour, taken, true));
    }
    if (counts.isEmpty()) {
      return;
    }
    try {
      intake.submit(new Work.Learn(id, counts, hour - Usual.KEPT)).join();
    } catch (RuntimeException e) {
      tally.giveBack(id, came);
      throw e;
    }
  }

  private static HourlyCount sum(ConnectionId id, String measure, long hour, long count) {
    return new HourlyCount(id.name(), measure, hour, count, false);
  }

  private Duration unwritten(ConnectionId id, long now) {
    long due = reader.nextDue(id, DueWork.WRITE, Long.MIN_VALUE).orElse(Due.NEVER);
    return Duration.ofMillis(Math.max(0, now - due));
  }

  /** Looks when an hour is over; and where there is a warning, whether it still holds. */
  private void look(ConnectionScope scope, long now) {
    long hour = now / HOUR;
    boolean again = !of(scope.id()).isEmpty();
    Long before = lookedIn.get(scope.id());
    if (again || before == null || before != hour) {
      current.put(scope.id(), replaced(of(scope.id()), found(scope, now)));
      lookedIn.put(scope.id(), hour);
    }
  }

  private List<Warning> found(ConnectionScope scope, long now) {
    ConnectionId id = scope.id();
    long hour = now / HOUR;
    SortedMap<String, NavigableMap<Long, Long>> hours = reader.hours(id.name());
    NavigableMap<Long, Long> beats = of(hours, BEATS);
    List<Warning> found = new ArrayList<>();
    hours.forEach(
        (measure, counts) -> {
          Usual usual = new Usual(counts, beats);
          if (isWatchedForSilence(scope, measure)) {
            usual.silence(hour).ifPresent(silence -> found.add(silent(id, measure, silence)));
          } else if (measure.startsWith(HourTally.STAGE)) {
            usual.day(hour).ifPresent(day -> found.add(stage(id, measure, day)));
          } else if (measure.equals(HourTally.QUARANTINED)) {
            usual
                .day(hour)
                .filter(day -> day.came() > day.most())
                .ifPresent(day -> found.add(quarantine(id, day)));
          }
        });
    unwritten(id, now, new Usual(of(hours, UNWRITTEN), beats)).ifPresent(found::add);
    found.addAll(runningOut(scope, now));
    return found;
  }

  private static NavigableMap<Long, Long> of(
      SortedMap<String, NavigableMap<Long, Long>> hours, String measure) {
    return hours.getOrDefault(measure, Collections.emptyNavigableMap());
  }

  /** What nobody reads any more, or sends, may stop. */
  private static boolean isWatchedForSilence(ConnectionScope scope, String measure) {
    if (measure.startsWith(HourTally.ACTIVITY)) {
      return scope.watches(measure.substring(HourTally.ACTIVITY.length()));
    }
    if (measure.startsWith(HourTally.SOURCE)) {
      String source = measure.substring(HourTally.SOURCE.length());
      return scope.connection().events().sources().containsKey(new ConnectionId(source));
    }
    return measure.equals(HourTally.DELIVERIES);
  }

  private static Warning silent(ConnectionId id, String measure, Unusual silence) {
    String since =
        "nothing since "
            + at(silence.since())
            + "; in the same hours of each of the last "
            + silence.weeks()
            + " weeks it was "
            + silence.least()
            + " to "
            + silence.most();
    if (measure.startsWith(HourTally.ACTIVITY)) {
      String type = measure.substring(HourTally.ACTIVITY.length());
      return new Warning(
          Kind.ACTIVITY_STOPPED,
          id,
          "activity " + type,
          since,
          "look whether it is still recorded where it happens, and subscribed");
    }
    String what =
        measure.startsWith(HourTally.SOURCE)
            ? "deliveries of the source " + measure.substring(HourTally.SOURCE.length())
            : "deliveries";
    return new Warning(
        Kind.NO_DELIVERIES, id, what, since, "./leadgauge doctor " + id + " says where it ends");
  }

  private static Warning stage(ConnectionId id, String measure, Unusual day) {
    String stage = measure.substring(HourTally.STAGE.length());
    return new Warning(
        Kind.STAGE_ENTRIES,
        id,
        "stage " + stage,
        compared(day, "contacts came to it"),
        "look at what they were scored by: ./leadgauge versions, and the fields that it reads");
  }

  private static Warning quarantine(ConnectionId id, Unusual day) {
    return new Warning(
        Kind.QUARANTINE,
        id,
        "quarantine",
        compared(day, "deliveries could not be applied"),
        "./leadgauge deliveries list --outcome quarantined says why");
  }

  private static String compared(Unusual day, String what) {
    return day.came()
        + " "
        + what
        + " in the 24 hours since "
        + at(day.since())
        + "; in those of each of the last "
        + day.weeks()
        + " weeks it was "
        + day.least()
        + " to "
        + day.most();
  }

  private static Instant at(long hour) {
    return Instant.ofEpochMilli(hour * HOUR);
  }

  /** An age is too high above twice what the same hour has seen, and an hour; a day always is. */
  private Optional<Warning> unwritten(ConnectionId id, long now, Usual usual) {
    long seconds = unwritten(id, now).toSeconds();
    long most =
        usual
            .most(now / HOUR)
            .map(usually -> 2 * usually + Duration.ofHours(1).toSeconds())
            .map(usually -> Math.min(usually, LONG_UNWRITTEN.toSeconds()))
            .orElse(LONG_UNWRITTEN.toSeconds());
    return seconds < most
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Kind.UNWRITTEN,
                id,
                "writes",
                "a contact should have been written "
                    + Duration.ofSeconds(seconds).toMinutes()
                    + " minutes ago; usually it is less than "
                    + Duration.ofSeconds(most).toMinutes(),
                "./leadgauge doctor " + id + " says what the CRM answers"));
  }

  private List<Warning> runningOut(ConnectionScope scope, long now) {
    List<Warning> found = new ArrayList<>();
    for (Expiry expiry : expiries.apply(scope.connection())) {
      if (expiry.at() - now < BEFORE_THE_END.toMillis()) {
        String finding =
            (expiry.at() < now ? "no longer good since " : "good until ")
                + Instant.ofEpochMilli(expiry.at());
        found.add(
            new Warning(Kind.RUNNING_OUT, scope.id(), expiry.subject(), finding, expiry.cure()));
      }
    }
    return found;
  }

  /** The disk fills as it did over the last two to four weeks, whoever fills it. */
  private List<Warning> disk(long now) {
    long hour = now / HOUR;
    NavigableMap<Long, Long> taken = of(reader.hours(INSTALLATION), TAKEN);
    Map.Entry<Long, Long> first = taken.ceilingEntry(hour - DISK_HOURS_LOOKED);
    if (first == null || first.getKey() > hour - DISK_HOURS_LEARNED) {
      return List.of();
    }
    long grown = store.takenBytes() / MEBI - first.getValue();
    long hours = hour - first.getKey();
    long free = store.freeBytes() / MEBI;
    if (grown <= 0 || free * hours >= grown * DISK_DAYS * Usual.DAY) {
      return List.of();
    }
    String finding =
        free
            + " MiB are left, and "
            + grown * Usual.DAY / hours
            + " MiB a day were taken since "
            + at(first.getKey())
            + ": full in "
            + free * hours / (grown * Usual.DAY)
            + " days";
    String cure = "make room, or keep bodies for less long (--keep-bodies-size)";
    return List.of(new Warning(Kind.DISK, null, "days of the disk", finding, cure));
  }

  /** Logs what begins and what ends; returns what there is now. */
  private static List<Warning> replaced(List<Warning> before, List<Warning> now) {
    for (Warning one : now) {
      if (before.stream().noneMatch(one::isOfSame)) {
        LOG.log(Level.WARNING, "{0}{1}: {2}", whose(one), one.subject(), one.detail());
      }
    }
    for (Warning one : before) {
      if (now.stream().noneMatch(one::isOfSame)) {
        LOG.log(Level.INFO, "{0}{1}: as usual again", whose(one), one.subject());
      }
    }
    return List.copyOf(now);
  }

  private static String whose(Warning one) {
    return one.connection() == null ? "" : one.connection() + ": ";
  }

  @Override
  public void close() {
    rounds.close();
  }
}
