package io.leadgauge.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.Recall.Held;
import io.leadgauge.store.StoreReader;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a backfill has come. Kept in the store after every page, so that it goes on after a
 * restart where it was.
 *
 * @param phase what is done at the moment
 * @param since when it began, by our clock
 * @param sequence the last entry before it began
 * @param total how many contacts the CRM said that it has; 0 where it did not say
 * @param done how many were read
 * @param next where the next page of the list begins, in the CRM's words
 * @param row the number in the store of the last contact of the pass over the known ones
 * @param gone how many known contacts turned out to be deleted
 * @param contacts how many contacts there were when they were counted
 * @param moves how many of them would be moved, by the CRM's stage; unmodifiable
 * @param endedAt when it ended; 0 for not yet
 * @param reach which contacts it reads, and why
 */
record BackfillRun(
    Phase phase,
    long since,
    long sequence,
    long total,
    long done,
    String next,
    long row,
    long gone,
    long contacts,
    SortedMap<String, Long> moves,
    long endedAt,
    Reach reach) {
  /** The name of the cursor that keeps it. */
  static final String CURSOR = "backfill";

  /** What a connection has that was never backfilled. */
  static final BackfillRun NONE =
      new BackfillRun(
          Phase.NONE, 0, 0, 0, 0, "", 0, 0, 0, Collections.emptySortedMap(), 0, Reach.ALL);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  BackfillRun {
    moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
  }

  /**
   * Which contacts are read.
   *
   * @param changedSince those that the CRM has changed since, by its clock; 0 for all
   * @param restoredFrom when the backup was taken that was restored; 0 where none was
   */
  record Reach(long changedSince, long restoredFrom) {
    static final Reach ALL = new Reach(0, 0);

    /**
     * An event may have been under way when the backup was taken, and the CRM's clock may be behind
     * ours.
     */
    static final Duration MARGIN = Duration.ofMinutes(15);

    /** Tells whether all contacts are read, and not only what has changed. */
    boolean isAll() {
      return changedSince == 0;
    }

    boolean isOfRestore() {
      return restoredFrom > 0;
    }

    /** Returns from when on, by the CRM's clock, the backup may lack what has happened. */
    long lostSince() {
      return restoredFrom - MARGIN.toMillis();
    }
  }

  /** What is done. */
  enum Phase {
    /** Nothing was ever done. */
    NONE,
    /** All contacts of the CRM are read. */
    READING,
    /** Known contacts that the CRM did not list are looked for. */
    MISSING,
    /** What would be moved is counted. */
    COUNTING,
    /** Too many would be moved; it waits until somebody approves. */
    PAUSED,
    /** The CRM is written. */
    RELEASING,
    /** All is done. */
    DONE;

    /** Tells whether nothing will be done unless somebody says so. */
    boolean isIdle() {
      return this == NONE || this == PAUSED || this == DONE;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static BackfillRun beginning(long now, long lastSequence, Reach reach) {
    return new BackfillRun(
        Phase.READING,
        now,
        lastSequence,
        0,
        0,
        "",
        0,
        0,
        0,
        Collections.emptySortedMap(),
        0,
        reach);
  }

  /** Returns the same of so many contacts. */
  BackfillRun ofAll(long all) {
    return new BackfillRun(
        phase, since, sequence, all, done, next, row, gone, contacts, moves, endedAt, reach);
  }

  /** Returns when it began, and whether what it brought is held back. */
  Recall recall() {
    return switch (phase) {
      case NONE -> Recall.NONE;
      case READING, MISSING, COUNTING -> recall(reach.isOfRestore() ? Held.ALL : Held.UNTOUCHED);
      case PAUSED -> recall(Held.UNTOUCHED);
      case RELEASING, DONE -> recall(Held.NOTHING);
    };
  }

  private Recall recall(Held held) {
    return new Recall(since, held, reach.isOfRestore() ? reach.lostSince() : 0, Set.of());
  }

  /** Returns how many contacts would be moved. */
  long moved() {
    return moves.values().stream().mapToLong(Long::longValue).sum();
  }

  BackfillRun read(int more, String then) {
    return new BackfillRun(
        phase,
        since,
        sequence,
        total,
        done + more,
        then,
        row,
        gone,
        contacts,
        moves,
        endedAt,
        reach);
  }

  BackfillRun passed(long last, long moreGone) {
    return new BackfillRun(
        phase,
        since,
        sequence,
        total,
        done,
        next,
        last,
        gone + moreGone,
        contacts,
        moves,
        endedAt,
        reach);
  }

  BackfillRun counted(long all, SortedMap<String, Long> moved) {
    return new BackfillRun(
        phase, since, sequence, total, done, next, row, gone, all, moved, endedAt, reach);
  }

  /** Returns the same in another phase, at the first of the known contacts. */
  BackfillRun in(Phase other) {
    return new BackfillRun(
        other, since, sequence, total, done, next, 0, gone, contacts, moves, endedAt, reach);
  }

  /** The instants of the intake, one of which it began at, may be ahead of the clock. */
  BackfillRun ended(long now) {
    long end = Math.max(since, now);
    return new BackfillRun(
        Phase.DONE, since, sequence, total, done, next, row, gone, contacts, moves, end, reach);
  }

  static BackfillRun kept(StoreReader reader, ConnectionId id) {
    return reader.cursor(id, CURSOR).map(BackfillRun::of).orElse(NONE);
  }

  /** Returns it as JSON. */
  String text() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("phase", phase.word()).put("since", since).put("sequence", sequence);
    json.put("total", total).put("done", done).put("next", next);
    json.put("row", row).put("gone", gone).put("contacts", contacts).put("endedAt", endedAt);
    json.put("changedSince", reach.changedSince()).put("restoredFrom", reach.restoredFrom());
    ObjectNode moved = json.putObject("moves");
    moves.forEach(moved::put);
    return json.toString();
  }

  private static BackfillRun of(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      SortedMap<String, Long> moves = new TreeMap<>();
      json.path("moves").properties().forEach(m -> moves.put(m.getKey(), m.getValue().asLong()));
      return new BackfillRun(
          Phase.valueOf(json.path("phase").asText().toUpperCase(Locale.ROOT)),
          json.path("since").asLong(),
          json.path("sequence").asLong(),
          json.path("total").asLong(),
          json.path("done").asLong(),
          json.path("next").asText(),
          json.path("row").asLong(),
          json.path("gone").asLong(),
          json.path("contacts").asLong(),
          moves,
          json.path("endedAt").asLong(),
          new Reach(json.path("changedSince").asLong(), json.path("restoredFrom").asLong()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds an unreadable backfill", e);
    }
  }
}
