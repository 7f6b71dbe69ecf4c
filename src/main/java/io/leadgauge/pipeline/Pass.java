package io.leadgauge.pipeline;

import io.leadgauge.pipeline.Configuration.Progress;
import io.leadgauge.store.StoredContact;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A pass over all contacts of a connection. One thread moves it on; others look at it. */
final class Pass {
  private static final long SECOND = 1_000;

  private final Kind kind;
  private final String configuration;
  private final long beganAt;
  private final long total;
  private final SortedMap<String, Long> moves = new TreeMap<>();
  private final AtomicLong done = new AtomicLong();
  private long lastRow;
  private long present;

  /** What a pass is for. */
  enum Kind {
    /** Reads properties that the next version needs. */
    FETCH,
    /** Scores and counts what would be moved. */
    COUNT,
    /** Scores and lets the CRM be written. */
    SETTLE
  }

  Pass(Kind kind, String configuration, long total, long now) {
    this.kind = kind;
    this.configuration = configuration;
    this.total = total;
    this.beganAt = now;
  }

  boolean is(Kind other, String version) {
    return kind == other && configuration.equals(version);
  }

  /** Returns the number in the store of the last contact that is done. */
  long lastRow() {
    return lastRow;
  }

  /** Moves on behind a page that is done; it has at least one contact. */
  void passed(List<StoredContact> page) {
    lastRow = page.getLast().rowId();
    done.addAndGet(page.size());
  }

  void present() {
    present++;
  }

  void moved(String stage) {
    moves.merge(stage, 1L, Long::sum);
  }

  /** Returns how many contacts were found that are not gone. */
  long contacts() {
    return present;
  }

  SortedMap<String, Long> moves() {
    return moves;
  }

  Progress progress(long now) {
    long passed = done.get();
    long perSecond = passed * SECOND / Math.max(1, now - beganAt);
    return new Progress(passed, Math.max(passed, total), perSecond);
  }
}
