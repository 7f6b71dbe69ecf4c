package io.leadgauge.pipeline;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a backfill is, for people and programs.
 *
 * @param phase what is done at the moment: nothing was ever asked for, reading, looking for known
 *     contacts that the CRM did not list (missing), counting what would be moved, paused until
 *     somebody approves, releasing what is written to the CRM, or all is done
 * @param startedAt when it began; 0 for never
 * @param endedAt when it ended; 0 for not yet
 * @param total how many contacts the CRM said that it has; 0 where it did not say
 * @param done how many were read
 * @param perSecond how many are read a second
 * @param secondsLeft how long reading takes yet; -1 where nobody can say
 * @param gone how many known contacts turned out to be deleted
 * @param moves how many contacts would be moved, by the CRM's stage; copied
 * @param trouble what the last call met; empty if it was well
 * @param restoredFrom when the backup was taken after whose restore it reads what the CRM has
 *     changed; 0 where it reads all contacts because somebody asked for that
 */
public record BackfillProgress(
    String phase,
    long startedAt,
    long endedAt,
    long total,
    long done,
    long perSecond,
    long secondsLeft,
    long gone,
    SortedMap<String, Long> moves,
    String trouble,
    long restoredFrom) {
  private static final long SECOND = 1_000;

  public BackfillProgress {
    moves = new TreeMap<>(moves);
  }

  /**
   * Describes a run.
   *
   * @param doneBefore how many contacts were read before the last start
   * @param runningFor for how long it has run since, in milliseconds
   */
  static BackfillProgress of(BackfillRun run, long doneBefore, long runningFor, String trouble) {
    boolean reading = run.phase() == BackfillRun.Phase.READING;
    long perSecond =
        reading ? (run.done() - doneBefore) * SECOND / Math.max(SECOND, runningFor) : 0;
    long total = Math.max(run.total(), run.done());
    boolean foreseeable = reading && run.total() > 0 && perSecond > 0;
    return new BackfillProgress(
        run.phase().word(),
        run.phase() == BackfillRun.Phase.NONE ? 0 : run.since(),
        run.endedAt(),
        run.total() == 0 ? 0 : total,
        run.done(),
        perSecond,
        foreseeable ? (total - run.done()) / perSecond : -1,
        run.gone(),
        run.moves(),
        trouble,
        run.reach().restoredFrom());
  }

  /** Tells whether a restore is not caught up with yet. */
  public boolean isCatchingUp() {
    return restoredFrom > 0 && !phase.equals("done");
  }

  /** Returns how far catching up with a restore is, in words. */
  public String catchingUp() {
    String restored = "restored from " + Instant.ofEpochMilli(restoredFrom) + ", ";
    return switch (phase) {
      case "reading" ->
          restored
              + "reading what changed since: "
              + done
              + (total == 0 ? "" : " of " + total)
              + "; nothing is written until then"
              + (trouble.isEmpty() ? "" : "; waits: " + trouble);
      case "missing", "counting" -> restored + "counting what would be moved; nothing is written";
      case "paused" -> restored + heldBack();
      default -> restored + "what changed since was read; the CRM is written";
    };
  }

  /** Tells whether contacts wait to be moved until somebody approves. */
  public boolean isPaused() {
    return phase.equals("paused");
  }

  /** Returns what waits for an approval, in words. */
  public String heldBack() {
    return "paused: "
        + moves.values().stream().mapToLong(Long::longValue).sum()
        + " contacts would be moved to another stage, more than the guard lets by; approve lets"
        + " them";
  }

  /** Tells whether something is done at the moment. */
  public boolean isRunning() {
    return !phase.equals("none") && !isPaused() && !phase.equals("done");
  }
}
