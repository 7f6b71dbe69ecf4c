package io.leadgauge.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that wait to be sent. They leave mixed: each next one comes from a line that chance picks
 * among the oldest {@value #WINDOW}, in order within its line.
 */
final class EventPool {
  private static final int WINDOW = 400;

  private final Dice dice;
  private final ArrayDeque<ArrayDeque<WebhookEvent>> waiting = new ArrayDeque<>();
  private final ArrayList<ArrayDeque<WebhookEvent>> window = new ArrayList<>(WINDOW);
  private int size;

  EventPool(Dice dice) {
    this.dice = dice;
  }

  void add(List<WebhookEvent> line) {
    if (!line.isEmpty()) {
      waiting.add(new ArrayDeque<>(line));
      size += line.size();
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Takes so many events, or all where there are fewer. */
  List<WebhookEvent> take(int most) {
    List<WebhookEvent> taken = new ArrayList<>(Math.min(most, size));
    while (taken.size() < most && size > 0) {
      taken.add(next());
    }
    return taken;
  }

  private WebhookEvent next() {
    while (window.size() < WINDOW && !waiting.isEmpty()) {
      window.add(waiting.remove());
    }
    int pick = dice.below(window.size());
    ArrayDeque<WebhookEvent> line = window.get(pick);
    WebhookEvent event = line.remove();
    if (line.isEmpty()) {
      ArrayDeque<WebhookEvent> last = window.removeLast();
      if (pick < window.size()) {
        window.set(pick, last);
      }
    }
    size--;
    return event;
  }
}
