package io.leadgauge.pipeline;

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
    String trouble) {
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
        trouble);
  }

  /** Tells whether something is done at the moment. */
  public boolean isRunning() {
    return !phase.equals("none") && !phase.equals("paused") && !phase.equals("done");
  }
}
