package io.leadgauge.pipeline;

import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for contacts that changed without an event, while a date property that is an activity, or
 * one that a change of configuration has added, has never sent one. What it finds is a hint that
 * may lag behind: a contact that seems to differ from what is known is flagged for reading, nothing
 * more.
 *
 * <p>The window begins well before the last one ended, because a search may show a change late. A
 * comparison with what is known makes the overlap harmless. {@link LookBack} is its slow brother,
 * which always looks.
 */
final class Poller implements AutoCloseable {
  /**
   * The name of the cursor: the end of the last window, by the CRM's clock as far as we know it.
   */
  static final String CURSOR = "poll";

  private static final Logger LOG = System.getLogger(Poller.class.getName());
  private static final Duration OVERLAP = Duration.ofMinutes(2);
  private static final long A_MOMENT_MILLIS = 1_000;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final Comparison comparison;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Rounds rounds;

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
    this.comparison = new Comparison(states);
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.rounds = new Rounds("poll of " + id, LOG, clock, this::turn);
  }

  void start() {
    rounds.start();
  }

  /** Looks at once, for what it looks for has changed. */
  void wake() {
    rounds.wake();
  }

  /** Polls, if there is a need; returns when to look again. */
  private long turn() {
    if (scopes.require(id).recall().holdsAll()) {
      // What a restore has lost is read by a pass of its own, all of it.
      return clock.now() + A_MOMENT_MILLIS;
    }
    if (!states.seen(id).containsAll(scopes.require(id).activityDates())
        || !Unheard.of(reader, states, id).isEmpty()) {
      poll(clock.now());
    }
    return clock.now() + scopes.require(id).connection().poll().dates().toMillis();
  }

  private void poll(long now) {
    long from = reader.cursor(id, CURSOR).map(Long::parseLong).orElse(now) - OVERLAP.toMillis();
    ConnectionScope scope = scopes.require(id);
    String after = "";
    while (!rounds.isClosed()) {
      ChangedPage page = client.changed(from, now, after, scope.looked());
      if (page.trouble() != null && rounds.isClosed()) {
        return;
      }
      if (page.trouble() != null) {
        metrics.call(id, "poll", "trouble");
        LOG.log(Level.WARNING, "{0}: poll: {1}", id, page.trouble().reason());
        return;
      }
      metrics.call(id, "poll", "done");
      List<RecordRef> differing = comparison.differing(scope, page.contacts(), 0);
      flag(differing, page.last() ? Long.toString(now) : null);
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

  @Override
  public void close() {
    rounds.close();
  }
}
