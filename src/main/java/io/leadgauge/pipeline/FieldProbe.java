package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RefusedField;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries the properties that a CRM refuses, until they are taken again. A try writes one property of
 * one contact, so it costs one call; tries become rarer, and one follows at once when the CRM
 * defines the property otherwise, or a manifest is applied. The definitions are looked at every
 * minute, in one call for all, while anything is refused.
 *
 * <p>One virtual thread.
 */
final class FieldProbe implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FieldProbe.class.getName());
  private static final long LOOK_EVERY_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int PAGE = 200;

  /** In so many pages of contacts one is looked for that waits. */
  private static final int MOST_PAGES = 250;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final ContactWrites writes;
  private final RefusedFields fields;
  private final Intake intake;
  private final FieldResumption resumption;
  private final States states;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Map<String, Long> tried = new HashMap<>();
  private final Setbacks setbacks = new Setbacks(LOG);
  private final Thread thread;
  private Map<String, CrmProperty> definitions = Map.of();
  private long lookedAt;
  private volatile boolean hurried = true;
  private volatile boolean closed;

  FieldProbe(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      ContactWrites writes,
      RefusedFields fields,
      Intake intake,
      States states,
      StoreReader reader,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client;
    this.writes = writes;
    this.fields = fields;
    this.intake = intake;
    this.resumption = new FieldResumption(id, scopes, intake, states, reader, clock);
    this.states = states;
    this.reader = reader;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("fields-" + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Tells that a manifest was applied: what is refused is tried at once. */
  void wake() {
    hurried = true;
    fields.changed().ring();
  }

  private void run() {
    try {
      while (!closed) {
        fields.changed().sleep(clock, pass());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long pass() {
    try {
      long next = resumption.step();
      if (fields.all().isEmpty()) {
        hurried = false;
      } else {
        next = Math.min(next, tryFields());
      }
      setbacks.over();
      return next;
    } catch (RuntimeException e) {
      setbacks.tell("refused fields of " + id, e);
      return clock.now() + RetrySchedule.CRM.afterFailure(5);
    }
  }

  /** Tries what is due; returns when to look again. */
  private long tryFields() {
    ConnectionScope scope = scopes.require(id);
    if (scope.connection().mode() == Mode.SHADOW || scope.isHeld()) {
      return clock.now() + LOOK_EVERY_MILLIS;
    }
    boolean all = hurried;
    hurried = false;
    if (all || clock.now() >= lookedAt + LOOK_EVERY_MILLIS || isAnyNew()) {
      look();
    }
    long next = lookedAt + LOOK_EVERY_MILLIS;
    for (RefusedField field : List.copyOf(fields.all().values())) {
      if (!scope.written().contains(field.property())) {
        fields.accepted(field.property());
      } else if (all || field.nextTryAt() <= clock.now()) {
        attempt(scope, field);
      }
    }
    for (RefusedField field : fields.all().values()) {
      next = Math.min(next, field.nextTryAt());
    }
    return resumption.isDue() ? clock.now() : next;
  }

  // Definitions

  private boolean isAnyNew() {
    return fields.all().values().stream().anyMatch(field -> field.since() > lookedAt);
  }

  /** A property that is defined otherwise than when it was refused is due at once. */
  private void look() {
    PropertiesAnswer answer = client.properties();
    lookedAt = clock.now();
    if (answer.trouble() != null) {
      return;
    }
    definitions = answer.thereFor(scopes.require(id).neededOfAll());
    for (RefusedField field : List.copyOf(fields.all().values())) {
      String defined = text(definitions.get(field.property()));
      if (field.definition().isEmpty()) {
        fields.note(field.defined(defined));
      } else if (!field.definition().equals(defined)) {
        fields.note(field.defined(defined).triedAt(clock.now()));
      }
    }
  }

  private static String text(@Nullable CrmProperty property) {
    return property == null
        ? "not there"
        : (property.writable() ? "writable " : "read-only ") + new TreeSet<>(property.options());
  }

  // Tries

  private void attempt(ConnectionScope scope, RefusedField field) {
    CrmProperty definition = definitions.get(field.property());
    if (!definitions.isEmpty() && (definition == null || !definition.writable())) {
      fields.refusedAgain(field, field.message());
      return;
    }
    Set<String> others = new HashSet<>(fields.all().keySet());
    others.remove(field.property());
    ConnectionScope lifted = scope.refusing(others);
    long askedAt = intake.instant();
    RecordWrite one = waiting(lifted, field.property());
    if (one == null) {
      resume(field);
      return;
    }
    WriteAnswer answer = writes.send(lifted, askedAt, List.of(one));
    String message = answer.refused().get(field.property());
    RecordOutcome outcome = answer.outcomes().get(one.record());
    if (message != null) {
      fields.refusedAgain(field, message);
    } else if (outcome instanceof RecordOutcome.Rejected rejected) {
      fields.refusedAgain(field, rejected.reason());
    } else if (outcome instanceof RecordOutcome.Observed) {
      resume(field);
    } else {
      fields.note(field.triedAt(clock.now() + LOOK_EVERY_MILLIS));
    }
  }

  private void resume(RefusedField field) {
    resumption.begin(field.property());
    fields.accepted(field.property());
  }

  /**
   * Returns the one field of a contact that waits for it, another contact than last time where
   * there is one; null if none waits.
   */
  private @Nullable RecordWrite waiting(ConnectionScope lifted, String property) {
    long after = tried.getOrDefault(property, 0L);
    RecordWrite found = waiting(lifted, property, after);
    return found != null || after == 0 ? found : waiting(lifted, property, 0);
  }

  private @Nullable RecordWrite waiting(ConnectionScope lifted, String property, long from) {
    long after = from;
    for (int page = 0; page < MOST_PAGES; page++) {
      List<StoredContact> contacts = reader.contacts(id, after, PAGE);
      for (StoredContact contact : contacts) {
        RecordWrite write = write(lifted, property, contact);
        if (write != null) {
          tried.put(property, contact.rowId());
          return write;
        }
        after = contact.rowId();
      }
      if (contacts.size() < PAGE) {
        return null;
      }
    }
    return null;
  }

  private @Nullable RecordWrite write(
      ConnectionScope lifted, String property, StoredContact contact) {
    return states
        .current(contact.ref())
        .map(state -> WritePlan.of(lifted, state, clock.now()))
        .filter(plan -> !plan.clearFirst().containsKey(property))
        .map(plan -> plan.properties().get(property))
        .map(value -> new RecordWrite(contact.ref(), new TreeMap<>(Map.of(property, value))))
        .orElse(null);
  }

  /** Gives the call that is under way a moment to end. */
  @Override
  public void close() {
    closed = true;
    fields.changed().ring();
    try {
      if (!thread.join(GRACE)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
