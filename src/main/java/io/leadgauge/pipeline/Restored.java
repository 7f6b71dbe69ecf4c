package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.BackfillRun.Reach;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoreWriter;
import java.util.Collection;

/**
 * Tells a store that it was restored, for each connection: at its next start it reads what the CRM
 * has changed since the backup, and writes nothing before that is through.
 */
public final class Restored {
  private Restored() {}

  /**
   * Marks connections, and doubts whatever they were about to send.
   *
   * @param store open for writing, by nobody else
   * @param takenAt when the backup was taken
   * @param now our clock
   */
  public static void mark(
      Store store, Collection<ConnectionId> connections, long takenAt, long now) {
    StoreWriter writer = store.writer();
    try (StoreReader reader = store.reader()) {
      long last = reader.counts().lastSequence();
      for (ConnectionId id : connections) {
        Reach reach = new Reach(changedSince(reader, id, takenAt), lacksSince(reader, id, takenAt));
        BackfillRun run = BackfillRun.beginning(now, last, reach);
        writer.moveCursor(id, BackfillRun.CURSOR, run.text());
      }
    }
    writer.doubtIntents(now);
    writer.commit();
  }

  /** What was being read when the backup was taken is read now, from its beginning. */
  private static long changedSince(StoreReader reader, ConnectionId id, long takenAt) {
    long looked = reader.cursor(id, LookBack.CURSOR).map(Long::parseLong).orElse(takenAt);
    long since = Math.max(1, Math.min(looked, takenAt) - Reach.MARGIN.toMillis());
    BackfillRun run = BackfillRun.kept(reader, id);
    return switch (run.phase()) {
      case READING, MISSING -> Math.min(since, run.reach().changedSince());
      case NONE, COUNTING, PAUSED, RELEASING, DONE -> since;
    };
  }

  /** What an earlier restore had not read yet when the backup was taken is lacking still. */
  private static long lacksSince(StoreReader reader, ConnectionId id, long takenAt) {
    BackfillRun run = BackfillRun.kept(reader, id);
    boolean isReading =
        switch (run.phase()) {
          case READING, MISSING -> run.reach().isOfRestore();
          case NONE, COUNTING, PAUSED, RELEASING, DONE -> false;
        };
    return isReading ? Math.min(takenAt, run.reach().restoredFrom()) : takenAt;
  }
}
