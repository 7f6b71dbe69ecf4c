package io.leadgauge.sandbox.salesforce;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Queries that have more pages. A cursor knows which records a query found; what these hold is read
 * when their page is asked for. Belongs to one event loop.
 */
final class Cursors {
  /** The most that one user can have open; the oldest goes. */
  private static final int MOST = 10;

  private static final long LIFE = 15 * 60_000L;

  private final Map<String, Cursor> open = new HashMap<>();
  private final Org org;

  /**
   * What a query found.
   *
   * @param all whether records that are deleted meanwhile stay in it
   */
  record Cursor(
      String id, String userId, List<Column> columns, List<Row> rows, boolean all, long usedAt) {
    Cursor used(long now) {
      return new Cursor(id, userId, columns, rows, all, now);
    }
  }

  Cursors(Org org) {
    this.org = org;
  }

  /** What a query found, which nobody keeps yet. */
  Cursor of(Call call, List<Column> columns, List<Row> rows, boolean all) {
    String user = call.session().userId();
    return new Cursor(org.nextId("01g"), user, columns, rows, all, call.now());
  }

  /** Keeps a cursor whose query has more pages. */
  void keep(Cursor cursor) {
    open.put(cursor.id(), cursor);
    List<Cursor> ofUser =
        open.values().stream().filter(one -> one.userId().equals(cursor.userId())).toList();
    if (ofUser.size() > MOST) {
      ofUser.stream()
          .min(Comparator.comparingLong(Cursor::usedAt).thenComparing(Cursor::id))
          .ifPresent(oldest -> open.remove(oldest.id()));
    }
  }

  /** The cursor of a locator, if it is still there. */
  Optional<Cursor> find(String id, long now) {
    Optional<Cursor> found =
        Optional.ofNullable(open.get(id)).filter(cursor -> now - cursor.usedAt() < LIFE);
    found.ifPresent(cursor -> open.put(id, cursor.used(now)));
    return found;
  }

  void closeAll() {
    open.clear();
  }
}
