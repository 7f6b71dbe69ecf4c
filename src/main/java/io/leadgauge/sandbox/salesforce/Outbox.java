package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.Dice;
import io.leadgauge.sandbox.Faults;
import io.leadgauge.sandbox.Timers;
import io.leadgauge.sandbox.WebhookCounts;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Tells what was saved to those who subscribed to it, until each notification is acknowledged or a
 * day old. Those of one subscription travel together, in no order; after a failure each waits for
 * itself, so that they regroup. Belongs to one event loop.
 */
final class Outbox {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int MOST_PENDING = 2_000_000;

  private final Org org;
  private final MessagePace pace;
  private final SoapMessage messages;
  private final ChangeEvents events;
  private final Post post;
  private final Timers timers;
  private final Clockwork clock;
  private final Dice dice;
  private final WebhookCounts counts = new WebhookCounts();
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<String, List<Parcel>> ready = new LinkedHashMap<>();
  private final PriorityQueue<Due> later =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private Faults faults = Faults.NONE;
  private boolean closed;
  private long numbers;
  private long nextPumpAt = NEVER;

  private record Due(long at, long number, Parcel parcel) {}

  Outbox(Org org, MessagePace pace, Post post, Timers timers, Clockwork clock, long seed) {
    this.org = org;
    this.pace = pace;
    this.messages = new SoapMessage(org, Dice.of(seed, "messages"));
    this.events = new ChangeEvents(org, Dice.of(seed, "events"));
    this.post = post;
    this.timers = timers;
    this.clock = clock;
    this.dice = Dice.of(seed, "sending");
  }

  void faults(Faults newFaults) {
    faults = newFaults;
  }

  /** Subscribes, in the place of the subscription of that name. */
  void subscribe(Subscription subscription) {
    subscriptions.put(subscription.name(), subscription);
    pumpAt(clock.now());
  }

  void unsubscribe(String name) {
    subscriptions.remove(name);
    Optional.ofNullable(ready.remove(name)).ifPresent(waiting -> counts.failed(waiting.size()));
  }

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  /** Takes in what a transaction has to tell. */
  void accept(Transaction transaction) {
    if (!transaction.told()) {
      return;
    }
    boolean reparenting = org.settings().tellsReparenting();
    for (Subscription subscription : subscriptions.values()) {
      switch (subscription.kind()) {
        case MESSAGE ->
            transaction.changes().stream()
                .filter(change -> subscription.fires(change, reparenting))
                .forEach(change -> notify(subscription, change.row().id()));
        case EVENT ->
            events
                .of(transaction, subscription.object())
                .forEach(event -> tell(subscription, event));
      }
    }
  }

  /** Tells an event that no save caused: a gap. */
  void tell(ObjectNode event) {
    subscriptions.values().stream()
        .filter(subscription -> subscription.kind() == Subscription.Kind.EVENT)
        .forEach(subscription -> tell(subscription, event));
  }

  ChangeEvents events() {
    return events;
  }

  void close() {
    closed = true;
  }

  void describe(ObjectNode state) {
    counts.describe(state);
  }

  private void notify(Subscription subscription, String recordId) {
    add(
        new Parcel(
            subscription.name(), org.nextId("04l"), recordId, Optional.empty(), 0, now(), false));
  }

  private void tell(Subscription subscription, ObjectNode event) {
    add(new Parcel(subscription.name(), "", "", Optional.of(event), 0, now(), false));
  }

  private void add(Parcel parcel) {
    counts.made(1);
    if (counts.pending() > MOST_PENDING) {
      counts.failed(1);
      return;
    }
    ready.computeIfAbsent(parcel.subscription(), name -> new ArrayList<>()).add(parcel);
    pumpAt(now() + pace.linger().toMillis());
  }

  private long now() {
    return clock.now();
  }

  private void pumpAt(long at) {
    if (at < nextPumpAt) {
      nextPumpAt = at;
      timers.at(at, this::pump);
    }
  }

  private void pump() {
    long now = now();
    if (nextPumpAt <= now) {
      nextPumpAt = NEVER;
    }
    while (!later.isEmpty() && later.element().at() <= now) {
      Parcel parcel = later.remove().parcel();
      ready.computeIfAbsent(parcel.subscription(), name -> new ArrayList<>()).add(parcel);
    }
    while (!closed && counts.inFlight() < pace.inFlight() && sendSome()) {
      // Each round sends one request.
    }
    if (!later.isEmpty()) {
      pumpAt(later.element().at());
    }
  }

  /** Sends a request of one subscription; false where nothing waits. */
  private boolean sendSome() {
    List<String> names =
        ready.entrySet().stream()
            .filter(waiting -> !waiting.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .filter(subscriptions::containsKey)
            .toList();
    if (names.isEmpty()) {
      return false;
    }
    String name = names.get(dice.below(names.size()));
    Subscription subscription = Optional.ofNullable(subscriptions.get(name)).orElseThrow();
    List<Parcel> parcels = take(subscription);
    if (dice.happens(faults.webhookReorder())) {
      counts.held();
      parcels.forEach(parcel -> postpone(parcel, aWhile()));
    } else {
      send(subscription, parcels);
    }
    return true;
  }

  /** Takes some that wait, in an order of chance; events travel alone. */
  private List<Parcel> take(Subscription subscription) {
    List<Parcel> waiting = ready.getOrDefault(subscription.name(), new ArrayList<>());
    boolean alone = subscription.kind() == Subscription.Kind.EVENT;
    int most = alone ? 1 : Math.max(1, pace.batch() - dice.below(pace.batch() / 2 + 1));
    List<Parcel> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty()) {
      int chosen = dice.below(waiting.size());
      int last = waiting.size() - 1;
      taken.add(waiting.get(chosen));
      waiting.set(chosen, waiting.get(last));
      waiting.remove(last);
    }
    return taken;
  }

  private void send(Subscription subscription, List<Parcel> parcels) {
    counts.sending(parcels.size());
    post.send(subscription, body(subscription, parcels))
        .onComplete(
            answered -> {
              Post.Outcome outcome = answered.result();
              counts.ended(outcome.outcome());
              for (Parcel parcel : parcels) {
                if (outcome.acknowledged()) {
                  acknowledged(parcel);
                } else {
                  failed(parcel.attempted(), outcome.hopeless());
                }
              }
              pump();
            });
  }

  private Buffer body(Subscription subscription, List<Parcel> parcels) {
    return switch (subscription.kind()) {
      case MESSAGE -> messages.of(subscription, parcels);
      case EVENT -> Json.bytes(parcels.getFirst().event().orElseThrow());
    };
  }

  private void acknowledged(Parcel parcel) {
    if (parcel.repeat()) {
      return;
    }
    counts.acknowledged();
    if (dice.happens(faults.webhookDuplicate())) {
      counts.repeated(1);
      postpone(parcel.repeated(), aWhile());
    }
  }

  private void failed(Parcel parcel, boolean hopeless) {
    if (parcel.repeat()) {
      return;
    }
    long wait = pace.wait(parcel.attempt()).toMillis();
    long at = now() + wait / 2 + dice.between(0, wait + 1);
    if (hopeless || at > parcel.madeAt() + pace.keep().toMillis()) {
      counts.failed(1);
    } else {
      postpone(parcel, at);
    }
  }

  /** Long enough for others to go first. */
  private long aWhile() {
    long linger = pace.linger().toMillis();
    return now() + linger + dice.between(1, 2 + 20 * linger);
  }

  private void postpone(Parcel parcel, long at) {
    later.add(new Due(at, numbers++, parcel));
    pumpAt(at);
  }
}
