package io.leadgauge.pipeline;

import io.leadgauge.crm.ReadAnswer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Finds those records of one type that keep all others of a batch from being read: by halves, and
 * halves of what is not answered. Used once, by one thread.
 */
final class Halving {
  /** How often in a row calls fail before it is looked for whom they fail. */
  static final int MOST_TRIES = 8;

  private final int atOnce;
  private final Function<List<String>, ReadAnswer> read;
  private final BooleanSupplier stopped;
  private final Set<String> silent = new TreeSet<>();

  /**
   * Begins a search.
   *
   * @param atOnce the most records of one call
   * @param read reads records by their ids, and keeps what is told of them
   * @param stopped tells that no more calls are to be made
   */
  Halving(int atOnce, Function<List<String>, ReadAnswer> read, BooleanSupplier stopped) {
    this.atOnce = atOnce;
    this.read = read;
    this.stopped = stopped;
  }

  /** Reads records; returns those for which alone the CRM fails, more than so many for too many. */
  Set<String> silent(List<String> ids) {
    look(ids);
    return silent;
  }

  private void look(List<String> ids) {
    if (silent.size() > Unread.MOST || stopped.getAsBoolean()) {
      return;
    }
    if (ids.size() <= atOnce && read.apply(ids).trouble() == null) {
      return;
    }
    if (ids.size() == 1) {
      silent.add(ids.getFirst());
      return;
    }
    int half = ids.size() / 2;
    look(ids.subList(0, half));
    look(ids.subList(half, ids.size()));
  }
}
