package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets contacts be written that waited for properties which their CRM refused and takes again: a
 * walk over all contacts that goes on after a restart, behind live work. For one thread.
 */
final class FieldResumption {
  private static final String CURSOR = "resumed-fields";
  private static final String DONE = "";
  private static final int PAGE = 200;

  /** More writes than this are not put before those that live contacts cause. */
  private static final int MOST_WAITING_WRITES = 400;

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final long HELD_MILLIS = 5_000;

  private final ConnectionId id;
  private final Scopes scopes;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final Clockwork clock;
  private String cursor;

  FieldResumption(
      ConnectionId id,
      Scopes scopes,
      Intake intake,
      States states,
      StoreReader reader,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.clock = clock;
    this.cursor = reader.cursor(id, CURSOR).orElse(DONE);
  }

  /** Tells whether contacts are still to be looked at. */
  boolean isDue() {
    return !cursor.equals(DONE);
  }

  /** Begins to look for contacts that wait for a property, and anew for those of before. */
  void begin(String property) {
    Set<String> properties = new TreeSet<>(properties());
    properties.add(property);
    move(List.of(), "0 " + String.join(" ", properties));
  }

  private List<String> properties() {
    List<String> parts = List.of(cursor.split(" ", -1));
    return parts.subList(1, parts.size());
  }

  private long after() {
    return Long.parseLong(cursor.substring(0, cursor.indexOf(' ')));
  }

  private void move(List<RecordRef> contacts, String to) {
    intake.submit(new Work.Resume(id, contacts, CURSOR, to)).join();
    cursor = to;
  }

  /** Looks at a page of contacts; returns when to go on. */
  long step() {
    if (!isDue()) {
      return Due.NEVER;
    }
    ConnectionScope scope = scopes.require(id);
    if (scope.isHeld()) {
      return clock.now() + HELD_MILLIS;
    }
    if (reader.countDue(id, DueWork.WRITE, clock.now()) >= MOST_WAITING_WRITES) {
      return clock.now() + LOOK_AGAIN_MILLIS;
    }
    List<StoredContact> page = reader.contacts(id, after(), PAGE);
    if (page.isEmpty()) {
      move(List.of(), DONE);
      return Due.NEVER;
    }
    List<String> properties = properties();
    List<RecordRef> waiting = new ArrayList<>();
    for (StoredContact contact : page) {
      if (isWaiting(scope, contact, properties)) {
        waiting.add(contact.ref());
      }
    }
    move(waiting, page.getLast().rowId() + " " + String.join(" ", properties));
    return clock.now();
  }

  private boolean isWaiting(ConnectionScope scope, StoredContact contact, List<String> properties) {
    return states
        .current(contact.ref())
        .map(state -> WritePlan.of(scope, state, clock.now()).properties().keySet())
        .filter(differing -> differing.stream().anyMatch(properties::contains))
        .isPresent();
  }
}
