package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RefusedField;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Which properties a connection's CRM refuses to be written. One that is refused is left out of all
 * writes before anything else is settled, so that no contact waits for it by a schedule of its own.
 * Thread-safe.
 */
final class RefusedFields {
  private static final Logger LOG = System.getLogger(RefusedFields.class.getName());

  private static final long RELAPSE_MILLIS = Duration.ofHours(1).toMillis();

  private final ConnectionId id;
  private final Scopes scopes;
  private final Intake intake;
  private final Clockwork clock;
  private final ReentrantLock changing = new ReentrantLock();
  private final Map<String, Recovery> recoveries = new HashMap<>();
  private final Wakeup changed = new Wakeup();

  /**
   * A property that was taken again.
   *
   * @param tries how often it was refused before
   * @param at when it was taken
   */
  private record Recovery(int tries, long at) {}

  RefusedFields(ConnectionId id, Scopes scopes, Intake intake, Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.intake = intake;
    this.clock = clock;
  }

  /** Returns the properties that are refused, by name. */
  SortedMap<String, RefusedField> all() {
    return scopes.refused(id);
  }

  /** Rings when a property is newly refused. */
  Wakeup changed() {
    return changed;
  }

  /**
   * Leaves properties out from now on.
   *
   * @param messages what the CRM said of each; those that are left out already stay as they are
   */
  void refused(Map<String, String> messages) {
    if (!all().keySet().containsAll(messages.keySet())) {
      change(fields -> messages.forEach((name, said) -> add(fields, name, said)));
      changed.ring();
    }
  }

  private void add(SortedMap<String, RefusedField> fields, String property, String message) {
    if (!fields.containsKey(property)) {
      long now = clock.now();
      int tries = 1 + triesBefore(property, now);
      long tryAt = now + RetrySchedule.FIELD.afterFailure(tries);
      fields.put(property, new RefusedField(property, message, now, tries, tryAt, ""));
      LOG.log(
          Level.WARNING,
          "{0}: {1} is refused, so it is left out for all contacts until a try is taken: {2}",
          id,
          property,
          message);
    }
  }

  /** What is taken of some contacts and refused of others would come and go every minute. */
  private int triesBefore(String property, long now) {
    Recovery recovery = recoveries.remove(property);
    return recovery != null && now - recovery.at() < RELAPSE_MILLIS ? recovery.tries() : 0;
  }

  /** Notes that a try was refused as well. */
  void refusedAgain(RefusedField field, String message) {
    long tryAt = clock.now() + RetrySchedule.FIELD.afterFailure(field.tries() + 1);
    note(field.refusedAgain(message, tryAt));
  }

  /** Notes when a property is tried again, or how it is defined. */
  void note(RefusedField field) {
    change(fields -> fields.replace(field.property(), field));
  }

  /** Writes a property again. */
  void accepted(String property) {
    change(
        fields -> {
          RefusedField field = fields.remove(property);
          if (field != null) {
            recoveries.put(property, new Recovery(field.tries(), clock.now()));
          }
        });
    LOG.log(Level.INFO, "{0}: {1} is written again", id, property);
  }

  private void change(Consumer<SortedMap<String, RefusedField>> how) {
    changing.lock();
    try {
      SortedMap<String, RefusedField> fields = new TreeMap<>(all());
      how.accept(fields);
      intake.submit(new Work.Refuse(id, fields)).join();
    } finally {
      changing.unlock();
    }
  }
}
