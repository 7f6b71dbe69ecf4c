package io.leadgauge.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;

/**
 * Every way by which time and chance come into a program uncalled for, called or referred to.
 *
 * <p>Not among them: waits that only bound how long something that ends by itself is waited for,
 * such as {@code awaitTermination} and {@code Future.get} with a timeout.
 */
final class ClockAndChance extends DescribedPredicate<JavaAccess<?>> {
  private static final Members METHODS =
      new Members(
          Map.ofEntries(
              entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
              entry("java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone")),
              entry("java.time.InstantSource", Set.of("system")),
              entry("java.util.Calendar", Set.of("getInstance")),
              entry("java.lang.Math", Set.of("random")),
              entry("java.lang.StrictMath", Set.of("random")),
              entry("java.util.UUID", Set.of("randomUUID")),
              entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
              entry("java.util.random.RandomGenerator", Set.of("of", "getDefault")),
              entry("java.lang.Thread", Set.of("sleep")),
              entry("java.util.concurrent.TimeUnit", Set.of("sleep", "timedWait", "timedJoin")),
              entry("java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil")),
              entry("java.util.concurrent.locks.Condition", Set.of("awaitNanos", "awaitUntil")),
              entry(
                  "java.util.concurrent.CompletableFuture",
                  Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")),
              entry(
                  "java.util.concurrent.Executors",
                  Set.of("newScheduledThreadPool", "newSingleThreadScheduledExecutor"))));

  /** Types of which every use counts. */
  private static final Set<String> TYPES =
      Set.of(
          "java.util.Timer",
          "java.util.concurrent.ScheduledExecutorService",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.random.RandomGeneratorFactory",
          "java.security.SecureRandom");

  /** Types that start from the clock or a random seed when they are given nothing. */
  private static final Set<String> MADE_OF_NOTHING =
      Set.of(
          "java.util.Date",
          "java.util.GregorianCalendar",
          "java.util.Random",
          "java.util.SplittableRandom");

  /** Methods whose forms with a duration are timers. */
  private static final Map<String, String> WITH_DURATION =
      Map.of(
          "java.lang.Object", "wait",
          "java.util.concurrent.locks.Condition", "await");

  ClockAndChance() {
    super("a source of time or chance");
  }

  @Override
  public boolean test(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return false;
    }
    String owner = target.getOwner().getFullName();
    String name = target.getName();
    boolean given = !target.getRawParameterTypes().isEmpty();
    return TYPES.contains(owner)
        || METHODS.include(access)
        || readsClockOfJavaTime(owner, name)
        || (!given && name.equals("<init>") && MADE_OF_NOTHING.contains(owner))
        || (given && name.equals(WITH_DURATION.get(owner)));
  }

  private static boolean readsClockOfJavaTime(String owner, String name) {
    return owner.startsWith("java.time.")
        && (name.equals("now") || name.equals("dateNow") || name.startsWith("tick"));
  }
}
