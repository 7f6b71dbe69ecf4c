package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sends the events that changes cause, until each is acknowledged or given up.
 *
 * <p>An event that was not acknowledged waits by itself, by the schedule and by chance, and then
 * travels with whatever else is there: attempts regroup. Belongs to one event loop.
 */
final class WebhookOutbox {
  /** The most events that wait; above it new ones count as failed at once. */
  private static final int MOST_PENDING = 2_000_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final WebhookPace pace;
  private final EventComposer composer;
  private final EventPool pool;
  private final EventPool heldBack;
  private final WebhookPost post;
  private final Timers timers;
  private final Clockwork clock;
  private final Dice dice;
  private final WebhookCounts counts = new WebhookCounts();
  private final PriorityQueue<Due> later =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private Optional<WebhookTarget> target;
  private Faults faults;
  private long numbers;
  private long nextPumpAt = NEVER;

  private record Due(long at, long number, EventPool into, List<WebhookEvent> events) {}

  WebhookOutbox(
      WebhookPace pace,
      Optional<WebhookTarget> target,
      Faults faults,
      long seed,
      WebhookPost post,
      Timers timers,
      Clockwork clock) {
    this.pace = pace;
    this.target = target;
    this.faults = faults;
    this.composer = new EventComposer(Dice.of(seed, "events"));
    this.pool = new EventPool(Dice.of(seed, "mixing"));
    this.heldBack = new EventPool(Dice.of(seed, "holding"));
    this.dice = Dice.of(seed, "sending");
    this.post = post;
    this.timers = timers;
    this.clock = clock;
  }

  /** Takes in what a change has to tell; nothing where there is no target. */
  void accept(Change change) {
    if (target.isEmpty()) {
      return;
    }
    for (List<WebhookEvent> line : composer.compose(change, target.get().subscriptions())) {
      counts.made(line.size());
      if (pool.size() >= MOST_PENDING) {
        counts.failed(line.size());
      } else {
        pool.add(line);
      }
    }
    pumpAt(clock.now() + pace.linger().toMillis());
  }

  /** Sends what follows to another target, and what waits too. */
  void retarget(WebhookTarget newTarget) {
    target = Optional.of(newTarget);
    pumpAt(clock.now());
  }

  /** Sends nothing more. */
  void close() {
    target = Optional.empty();
  }

  Optional<WebhookTarget> target() {
    return target;
  }

  void faults(Faults newFaults) {
    faults = newFaults;
  }

  void describe(ObjectNode state) {
    counts.describe(state);
  }

  private void pumpAt(long at) {
    if (at < nextPumpAt) {
      nextPumpAt = at;
      timers.at(at, this::pump);
    }
  }

  private void pump() {
    long now = clock.now();
    if (nextPumpAt <= now) {
      nextPumpAt = NEVER;
    }
    while (!later.isEmpty() && later.element().at() <= now) {
      Due due = later.remove();
      due.into().add(due.events());
    }
    boolean more = target.isPresent();
    while (more && counts.inFlight() < pace.inFlight()) {
      more = sendSome(target.orElseThrow());
    }
    if (!later.isEmpty()) {
      pumpAt(later.element().at());
    }
  }

  /** Sends a request, or holds its events back once; false where nothing waits. */
  private boolean sendSome(WebhookTarget to) {
    int most = 1 + dice.below(pace.batch());
    if (!heldBack.isEmpty()) {
      send(to, heldBack.take(most));
    } else if (pool.isEmpty()) {
      return false;
    } else if (dice.happens(faults.webhookReorder())) {
      counts.held();
      postpone(pool.take(most), heldBack, aWhile());
    } else {
      send(to, pool.take(most));
    }
    return true;
  }

  private void send(WebhookTarget to, List<WebhookEvent> events) {
    counts.sending(events.size());
    post.send(to, events)
        .onComplete(
            answered -> {
              int status = answered.succeeded() ? answered.result() : 0;
              counts.ended(status == 0 ? "no answer" : Integer.toString(status));
              if (status >= 200 && status < 300) {
                acknowledged(events);
              } else {
                events.forEach(this::retry);
              }
              pump();
            });
  }

  private void acknowledged(List<WebhookEvent> events) {
    events.stream().filter(event -> !event.repeat()).forEach(event -> counts.acknowledged());
    List<WebhookEvent> again =
        events.stream().filter(event -> !event.repeat()).map(WebhookEvent::repeated).toList();
    if (!again.isEmpty() && dice.happens(faults.webhookDuplicate())) {
      counts.repeated(again.size());
      postpone(again, pool, aWhile());
    }
  }

  private void retry(WebhookEvent event) {
    if (event.repeat()) {
      return;
    }
    if (event.attempt() >= pace.retries().size()) {
      counts.failed(1);
      return;
    }
    long wait = pace.retries().get(event.attempt()).toMillis();
    long varied = wait / 2 + dice.between(0, wait + 1);
    postpone(List.of(event.nextAttempt()), pool, clock.now() + varied);
  }

  /** Long enough for others to go first. */
  private long aWhile() {
    long linger = pace.linger().toMillis();
    return clock.now() + linger + dice.between(1, 2 + 20 * linger);
  }

  private void postpone(List<WebhookEvent> events, EventPool into, long at) {
    later.add(new Due(at, numbers++, into, events));
    pumpAt(at);
  }
}
