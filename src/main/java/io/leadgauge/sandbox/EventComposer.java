package io.leadgauge.sandbox;

import io.leadgauge.sandbox.WebhookEvent.Detail;
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
    Subject subject = change.subject();
    Detail none = new Detail.None();
    switch (change) {
      case Change.Created created -> lines.add(creation(created, subscriptions));
      case Change.Updated updated ->
          properties(subject, updated.values(), change, subscriptions)
              .forEach(event -> lines.add(List.of(event)));
      case Change.Archived archived -> lines.add(deletion(subject, change, subscriptions));
      case Change.Restored restored ->
          lines.add(one(EventKind.RESTORE, subject, none, change, subscriptions));
      case Change.Erased erased -> {
        lines.add(one(EventKind.PRIVACY_DELETION, subject, none, change, subscriptions));
        lines.add(deletion(subject, change, subscriptions));
      }
      case Change.Merged merged -> merge(merged, subscriptions, lines);
      case Change.Associated associated ->
          lines.add(
              one(
                  EventKind.ASSOCIATION_CHANGE,
                  subject,
                  new Detail.Associated(
                      associated.other(), associated.label(), associated.removed()),
                  change,
                  subscriptions));
    }
    lines.removeIf(List::isEmpty);
    return lines;
  }

  private List<WebhookEvent> creation(Change.Created created, WebhookSubscriptions subscriptions) {
    List<WebhookEvent> line =
        properties(created.subject(), created.values(), created, subscriptions);
    Detail flag = new Detail.Flag("CREATED");
    line.addAll(
        line.size() / 2, one(EventKind.CREATION, created.subject(), flag, created, subscriptions));
    return line;
  }

  private List<WebhookEvent> deletion(
      Subject subject, Change change, WebhookSubscriptions subscriptions) {
    Detail flag = new Detail.Flag("DELETED");
    return one(EventKind.DELETION, subject, flag, change, subscriptions);
  }

  /** The merge, and a deletion of each loser in a line of its own: any may be told first. */
  private void merge(
      Change.Merged merged, WebhookSubscriptions subscriptions, List<List<WebhookEvent>> lines) {
    Subject survivor = merged.subject();
    Detail detail =
        new Detail.Merge(merged.primaryId(), merged.mergedId(), survivor.id(), merged.moved());
    Subject primary = new Subject(survivor.portalId(), survivor.type(), merged.primaryId());
    lines.add(one(EventKind.MERGE, primary, detail, merged, subscriptions));
    for (long loser : merged.losers()) {
      Subject lost = new Subject(survivor.portalId(), survivor.type(), loser);
      lines.add(deletion(lost, merged, subscriptions));
    }
  }

  private List<WebhookEvent> properties(
      Subject subject,
      List<Change.NewValue> values,
      Change change,
      WebhookSubscriptions subscriptions) {
    List<WebhookEvent> events = new ArrayList<>();
    for (Change.NewValue value : values) {
      if (subscriptions.tells(subject.type(), value.property())) {
        String name = value.property().name();
        Detail detail = new Detail.Property(name, value.value());
        String type = subscriptions.type(subject.type(), EventKind.PROPERTY_CHANGE);
        events.add(event(type, type + ":" + name, subject, detail, change));
      }
    }
    dice.shuffle(events);
    return events;
  }

  private List<WebhookEvent> one(
      EventKind kind,
      Subject subject,
      Detail detail,
      Change change,
      WebhookSubscriptions subscriptions) {
    if (!subscriptions.tells(subject.type(), kind)
        || (detail instanceof Detail.Associated associated
            && !subscriptions.tells(subject.type(), associated.other().type()))) {
      return List.of();
    }
    String type = subscriptions.type(subject.type(), kind);
    return List.of(event(type, type, subject, detail, change));
  }

  private WebhookEvent event(
      String type, String subscription, Subject subject, Detail detail, Change change) {
    long subscriptionId =
        subscriptionIds.computeIfAbsent(
            subject.type().id() + " " + subscription,
            key -> FIRST_SUBSCRIPTION + subscriptionIds.size());
    return new WebhookEvent(
        type, eventId(), subscriptionId, change.at(), subject, detail, change.source(), 0, false);
  }

  private long eventId() {
    if (dice.below(SAME_NUMBER) > 0) {
      lastEventId = dice.between(1, LARGEST_EVENT_ID);
    }
    return lastEventId;
  }
}
