package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The moments at which serve is killed: any of its start, right after it, any of its work, and
 * within checkpoints. There are two kinds of these, and chance alone would hit neither: the one of
 * a start, which puts into the main file what the killed one has left in the log, and the one
 * beside commits, for which the log is made long by large deliveries.
 */
final class KillMoments {
  private static final long SHORTEST_LOAD = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_LOAD =
      Duration.ofMillis(Figures.isLong() ? 3_000 : 300).toNanos();
  private static final long RIGHT_AFTER = Duration.ofMillis(300).toNanos();

  /** Less than what a checkpoint begins at, so that it is still to come. */
  private static final int FRAMES_BEFORE_A_CHECKPOINT = 1_000;

  private static final int LITTLE_BALLAST = 20_000;
  private static final int MUCH_BALLAST = 1_000_000;
  private static final long LOOK_EVERY = Duration.ofMillis(1).toNanos();
  private static final long CHECKPOINT_WITHIN = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_WITHIN = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_WITHIN_OF_START = Duration.ofMillis(3).toNanos();

  private final Path data;
  private final SplittableRandom random;
  private volatile int mostBallast = LITTLE_BALLAST;
  private int kills;
  private int beforeReady;
  private int withinCheckpoints;
  private int withinCheckpointsOfStarts;

  KillMoments(Path data, SplittableRandom random) {
    this.data = data;
    this.random = random;
  }

  /** Returns how many bytes that nobody reads deliveries have at most; of senders' threads. */
  int mostBallast() {
    return mostBallast;
  }

  /** Kills one that works, after any time. */
  void whileWorking(ServeProcess serve) {
    pass(SHORTEST_LOAD, LONGEST_LOAD);
    kill(serve);
  }

  /** Kills one that works within a checkpoint. */
  void withinCheckpoint(ServeProcess serve) {
    CheckpointWatch checkpoint = new CheckpointWatch(data);
    mostBallast = MUCH_BALLAST;
    Await.until("the log is long", () -> checkpoint.unmovedFrames() > FRAMES_BEFORE_A_CHECKPOINT);
    mostBallast = LITTLE_BALLAST;
    if (begins(checkpoint, CHECKPOINT_WITHIN)) {
      pass(0, LONGEST_WITHIN);
    }
    kill(serve);
    withinCheckpoints += checkpoint.isUnderWay() ? 1 : 0;
  }

  /**
   * Starts one and kills it soon, mostly before it is ready.
   *
   * @param start about how long a start takes
   */
  void whileStarting(ServeProcess.Launch launch, Duration start) {
    CheckpointWatch checkpoint = new CheckpointWatch(data);
    try (ServeProcess serve = launch.start()) {
      boolean isAimed = random.nextBoolean() && begins(checkpoint, start.toNanos());
      if (isAimed) {
        pass(0, LONGEST_WITHIN_OF_START);
      } else {
        pass(0, random.nextBoolean() ? start.toNanos() : RIGHT_AFTER);
      }
      beforeReady += isAimed || serve.status("/health/ready") != 200 ? 1 : 0;
      kill(serve);
      withinCheckpointsOfStarts += checkpoint.isUnderWay() ? 1 : 0;
    }
  }

  private void kill(ServeProcess serve) {
    serve.kill();
    kills++;
  }

  private static boolean begins(CheckpointWatch checkpoint, long withinNanos) {
    long end = System.nanoTime() + withinNanos;
    while (!checkpoint.isUnderWay()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
    return true;
  }

  /** Lets as much time pass as chance wants. */
  private void pass(long least, long most) {
    LockSupport.parkNanos(random.nextLong(least, most));
  }

  /** Notes what was hit; fails where it was too little. */
  void note(Figures figures) {
    figures.note("kills", kills + ", " + beforeReady + " of them before it was ready");
    figures.note(
        "kills within a checkpoint",
        withinCheckpoints + " beside commits, " + withinCheckpointsOfStarts + " of a start");
    assertThat(withinCheckpoints + withinCheckpointsOfStarts)
        .as("kills within a checkpoint")
        .isGreaterThanOrEqualTo(kills / (Figures.isLong() ? 20 : 200));
  }
}
