package io.leadgauge.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * How long {@code serve} takes from the start of its process to being ready, and what memory it has
 * then; with the cache of what a start loads and links, and without.
 */
final class Start {
  private static final String CACHE = "-XX:AOTCache=";

  private static final double MOST_SECONDS = 1;
  private static final double MOST_SECONDS_WITH_CACHE = 0.5;
  private static final double MOST_MEGABYTES = 200;

  private Start() {}

  /** Notes both, of so many starts by turns; with the cache only if we were started with it. */
  static void measure(LargeStore store, int starts, Report report)
      throws IOException, InterruptedException {
    report.tell("starts over " + store.contacts() + " contacts");
    List<String> with = Program.ownOptions();
    List<String> without =
        with.stream().filter(Predicate.not(option -> option.startsWith(CACHE))).toList();
    for (int start = 0; start < starts; start++) {
      start(store, without, "", report);
      if (with.size() > without.size()) {
        start(store, with, " with the cache", report);
      }
    }
  }

  private static void start(LargeStore store, List<String> options, String how, Report report)
      throws IOException, InterruptedException {
    String over = " over " + store.contacts() + " contacts" + how;
    String ready = "start to ready" + over + ", s";
    String resident = "resident at rest" + over + ", MB";
    try (Program serve = store.begin(options)) {
      report.note(ready, serve.awaitReady(store.ready()).toNanos() / 1e9);
      report.note(resident, serve.residentBytes() / 1e6);
      serve.stop();
    }
    report.aim(ready, Aim.atMost(how.isEmpty() ? MOST_SECONDS : MOST_SECONDS_WITH_CACHE));
    report.aim(resident, Aim.atMost(MOST_MEGABYTES));
  }
}
