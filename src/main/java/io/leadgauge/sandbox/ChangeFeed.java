package io.leadgauge.sandbox;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes changes on, except while something is done in silence. */
final class ChangeFeed implements Consumer<Change> {
  private Consumer<Change> listener = change -> {};
  private boolean silent;

  void listener(Consumer<Change> newListener) {
    listener = newListener;
  }

  @Override
  public void accept(Change change) {
    if (!silent) {
      listener.accept(change);
    }
  }

  /** Does something, whose changes are passed on or not. */
  <T> T telling(boolean told, Supplier<T> action) {
    silent = !told;
    try {
      return action.get();
    } finally {
      silent = false;
    }
  }
}
