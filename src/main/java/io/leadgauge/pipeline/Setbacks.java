package io.leadgauge.pipeline;

import io.leadgauge.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/**
 * Tells of what makes a loop skip a turn, for a loop must not end by it. A store that cannot be
 * reached passes; anything else is a fault, told with its trace, once until it is over or another
 * one follows. For one thread.
 */
final class Setbacks {
  private final Logger log;
  private String last = "";

  Setbacks(Logger log) {
    this.log = log;
  }

  /** Does a part of a turn by itself: what goes wrong with it is told, and ends no other part. */
  void attempt(String what, Runnable part) {
    try {
      part.run();
      over();
    } catch (RuntimeException e) {
      tell(what, e);
    }
  }

  /** Tells that {@code what} was put off, for this. */
  void tell(String what, RuntimeException why) {
    if (why instanceof StoreException || why instanceof CompletionException) {
      log.log(Level.WARNING, "{0} put off: {1}", what, why.getMessage());
      return;
    }
    String told = what + why;
    if (!told.equals(last)) {
      log.log(Level.ERROR, what + " failed, and is tried again", why);
    }
    last = told;
  }

  /** Tells that a turn went well. */
  void over() {
    last = "";
  }
}
