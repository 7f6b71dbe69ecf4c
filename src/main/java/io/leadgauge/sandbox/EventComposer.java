package io.leadgauge.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a change into the events that an app's subscriptions ask for.
 *
 * <p>Events come in lines: those of one line are sent in their order, lines are mixed. A creation
 * is one line with the creation event in the middle of its own property changes, all of one
 * instant, as a captured request has it.
 */
final class EventComposer {
  /** One event in so many gets the number of the one before: HubSpot's are not unique. */
  private static final int SAME_NUMBER = 50;

  private static final long FIRST_SUBSCRIPTION = 3_849_700L;
  private static final long LARGEST_EVENT_ID = 4_294_967_296L;

  private final Dice dice;
  private final Map<String, Long> subscriptionIds = new HashMap<>();
  private long lastEventId = 1;

  EventComposer(Dice dice) {
    this.dice = dice;
  }

  /** The lines of events that a change causes; none where nobody asked. */
  List<List<WebhookEvent>> compose(Change change, WebhookSubscriptions subscriptions) {
    List<List<WebhookEvent>> lines = new ArrayList<>();
    switch (change) {
      case Change.Created created -> lines.add(creation(created, subscriptions));
      case Change.Updated(long id, List<Change.NewValue> values, long at, ChangeSource source) ->
          properties(id, values, change, subscriptions).forEach(event -> lines.add(List.of(event)));
      case Change.Archived(long id, long at, ChangeSource source) ->
          lines.add(deletion(id, change, subscriptions));
      case Change.Restored(long id, long at, ChangeSource source) ->
          lines.add(
              one(EventKind.RESTORE, id, new WebhookEvent.Detail.None(), change, subscriptions));
      case Change.Erased(long id, long at, ChangeSource source) -> {
        WebhookEvent.Detail none = new WebhookEvent.Detail.None();
        lines.add(one(EventKind.PRIVACY_DELETION, id, none, change, subscriptions));
        lines.add(deletion(id, change, subscriptions));
      }
      case Change.Merged merged -> lines.add(merge(merged, subscriptions));
    }
    lines.removeIf(List::isEmpty);
    return lines;
  }

  private List<WebhookEvent> creation(Change.Created created, WebhookSubscriptions subscriptions) {
    List<WebhookEvent> line = properties(created.id(), created.values(), created, subscriptions);
    WebhookEvent.Detail flag = new WebhookEvent.Detail.Flag("CREATED");
    line.addAll(
        line.size() / 2, one(EventKind.CREATION, created.id(), flag, created, subscriptions));
    return line;
  }

  private List<WebhookEvent> deletion(long id, Change change, WebhookSubscriptions subscriptions) {
    WebhookEvent.Detail flag = new WebhookEvent.Detail.Flag("DELETED");
    return one(EventKind.DELETION, id, flag, change, subscriptions);
  }

  private List<WebhookEvent> merge(Change.Merged merged, WebhookSubscriptions subscriptions) {
    WebhookEvent.Detail detail =
        new WebhookEvent.Detail.Merge(
            merged.primaryId(), merged.mergedId(), merged.survivorId(), merged.moved());
    return one(EventKind.MERGE, merged.primaryId(), detail, merged, subscriptions);
  }

  private List<WebhookEvent> properties(
      long id, List<Change.NewValue> values, Change change, WebhookSubscriptions subscriptions) {
    List<WebhookEvent> events = new ArrayList<>();
    for (Change.NewValue value : values) {
      if (subscriptions.tells(value.property())) {
        String name = value.property().name();
        WebhookEvent.Detail detail = new WebhookEvent.Detail.Property(name, value.value());
        String type = subscriptions.type(EventKind.PROPERTY_CHANGE);
        events.add(event(type, type + ":" + name, id, detail, change));
      }
    }
    dice.shuffle(events);
    return events;
  }

  private List<WebhookEvent> one(
      EventKind kind,
      long id,
      WebhookEvent.Detail detail,
      Change change,
      WebhookSubscriptions subscriptions) {
    if (!subscriptions.tells(kind)) {
      return List.of();
    }
    String type = subscriptions.type(kind);
    return List.of(event(type, type, id, detail, change));
  }

  private WebhookEvent event(
      String type, String subscription, long id, WebhookEvent.Detail detail, Change change) {
    long subscriptionId =
        subscriptionIds.computeIfAbsent(
            subscription, key -> FIRST_SUBSCRIPTION + subscriptionIds.size());
    return new WebhookEvent(
        type, eventId(), subscriptionId, change.at(), id, detail, change.source(), 0, false);
  }

  private long eventId() {
    if (dice.below(SAME_NUMBER) > 0) {
      lastEventId = dice.between(1, LARGEST_EVENT_ID);
    }
    return lastEventId;
  }
}
