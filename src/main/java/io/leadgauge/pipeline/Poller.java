package io.leadgauge.pipeline;

import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for contacts that changed without an event, while a date property that is an activity, or
 * one that a change of configuration has added, has never sent one. What it finds is a hint that
 * may lag behind: a contact that seems to differ from what is known is flagged for reading, nothing
 * more.
 *
 * <p>The window begins well before the last one ended, because a search may show a change late. A
 * comparison with what is known makes the overlap harmless.
 */
final class Poller implements AutoCloseable {
  /**
   * The name of the cursor: the end of the last window, by the CRM's clock as far as we know it.
   */
  static final String CURSOR = "poll";

  private static final Logger LOG = System.getLogger(Poller.class.getName());
  private static final Duration OVERLAP = Duration.ofMinutes(2);
  private static final long RETRY_MILLIS = 60_000;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Setbacks setbacks = new Setbacks(LOG);
  private final Thread thread;
  private volatile boolean closed;

  Poller(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      StoreReader reader,
      PipelineMetrics metrics,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("poll-" + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Looks at once, for what it looks for has changed. */
  void wake() {
    wakeup.ring();
  }

  private void run() {
    try {
      while (!closed) {
        wakeup.sleep(clock, turn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Polls, if there is a need; returns when to look again. */
  private long turn() {
    try {
      pollIfNeeded();
      setbacks.over();
      return clock.now() + scopes.require(id).connection().poll().toMillis();
    } catch (RuntimeException e) {
      setbacks.tell("poll of " + id, e);
      return clock.now() + RETRY_MILLIS;
    }
  }

  private void pollIfNeeded() {
    if (!states.seen(id).containsAll(scopes.require(id).activityDates())
        || !Unheard.of(reader, states, id).isEmpty()) {
      poll(clock.now());
    }
  }

  private void poll(long now) {
    long from = reader.cursor(id, CURSOR).map(Long::parseLong).orElse(now) - OVERLAP.toMillis();
    Set<String> needed = scopes.require(id).needed();
    String after = "";
    while (!closed) {
      ChangedPage page = client.changed(from, now, after, needed);
      if (page.trouble() != null) {
        metrics.call(id, "poll", "trouble");
        LOG.log(Level.WARNING, "{0}: poll: {1}", id, page.trouble().reason());
        return;
      }
      metrics.call(id, "poll", "done");
      flag(differing(page.contacts(), needed), page.last() ? Long.toString(now) : null);
      if (page.last()) {
        return;
      }
      after = page.contacts().getLast().record().id();
    }
  }

  private void flag(List<RecordRef> contacts, @Nullable String end) {
    if (!contacts.isEmpty() || end != null) {
      String cursor = end == null ? null : CURSOR;
      intake.submit(new Work.Flag(id, contacts, cursor, end == null ? "" : end)).join();
    }
  }

  private List<RecordRef> differing(List<ChangedContact> contacts, Set<String> needed) {
    List<RecordRef> differing = new ArrayList<>();
    for (ChangedContact contact : contacts) {
      boolean same =
          states
              .current(contact.record())
              .filter(state -> !state.facts().isDeleted())
              .map(state -> isSame(state.facts(), contact.values(), needed))
              .orElse(false);
      if (!same) {
        differing.add(contact.record());
      }
    }
    return differing;
  }

  private static boolean isSame(RecordFacts facts, Map<String, String> values, Set<String> needed) {
    for (String property : needed) {
      if (!SameValue.isSame(facts.value(property), values.get(property))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
