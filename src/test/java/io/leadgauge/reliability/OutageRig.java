package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.cli.OwnInstallation;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.reliability.OutagePortal.Expected;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.KeptInTests;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A serve on a clock of the test's, over a portal behind a proxy, and somebody who changes contacts
 * there and tells of it: each delivery must be acknowledged, whatever the CRM does. For one thread.
 */
final class OutageRig implements AutoCloseable {
  static final ConnectionId ACME = new ConnectionId("acme");
  private static final int EVENTS_AT_ONCE = 100;
  private static final int MANY = 100;

  final OutagePortal portal;
  final House house;
  final Clockwork clock;
  final Random random;
  final List<Long> ids = new ArrayList<>();
  private final OwnInstallation serve;
  private final Runnable creep;
  private long events;
  private long deliveries;
  private long changedAt;

  /**
   * Starts it; all is well at first.
   *
   * @param creep lets time go on a little, where it does not by itself
   * @param calls how many the portal allows in ten seconds; 0 for any number
   */
  OutageRig(Path folder, Clockwork clock, Runnable creep, int calls, Duration timeout, long seed) {
    this.clock = clock;
    this.creep = creep;
    this.random = new Random(seed);
    Limits limits = calls == 0 ? Limits.OFF : new Limits(calls, 0, 0);
    this.portal = OutagePortal.open(limits, clock, seed);
    this.house = portal.house(folder, calls == 0 ? 10_000 : calls, timeout);
    this.serve = OwnInstallation.start(house.manifests(), house.data(), House.SECRETS, clock);
    await(
        "the configuration is in force",
        () ->
            serve.pipeline().configuration(ACME).orElseThrow().state()
                == Configuration.State.IN_FORCE);
  }

  /** Returns the seed of a run, {@code -Dseed=N} or a new one, and notes it. */
  static long seed(Figures figures) {
    long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
    figures.note("seed", seed);
    return seed;
  }

  StoreReader reader() {
    return serve.reader();
  }

  OwnInstallation serve() {
    return serve;
  }

  /** Puts contacts into the portal, tells of each, and waits until they are written. */
  void begin(int count) {
    tellOf(count);
    awaitDone();
    assertHeld();
  }

  /** Puts contacts into the portal, and tells of each. */
  void tellOf(int count) {
    ids.addAll(portal.contacts(count, i -> values()));
    tell("country", "India");
  }

  private Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    values.put("occupation", random.nextBoolean() ? "Working Professional" : "Student");
    values.put("country", "India");
    values.put("visits", "0");
    return values;
  }

  private void tell(String property, String value) {
    List<String> told = new ArrayList<>();
    for (long id : ids) {
      told.add(event(id, property, value, clock.now()));
      if (told.size() == EVENTS_AT_ONCE) {
        deliver(told);
        told.clear();
      }
    }
    deliver(told);
  }

  /** Returns an event of an instant. */
  String event(long id, String property, String value, long at) {
    return House.change(++events, id, property, value, at);
  }

  /**
   * Changes a contact in the portal; returns the event that tells of it, of the same instant. Each
   * change has one of its own: of two in one millisecond the CRM keeps the later, and we cannot
   * know which that was.
   */
  String changed(long id, String property, String value) {
    await("time goes on", () -> clock.now() > changedAt);
    changedAt = portal.set(id, property, value);
    return event(id, property, value, changedAt);
  }

  /** Changes so many contacts, or some of them more than once, and tells of it. */
  void changeSome(int changes) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < changes; i++) {
      long id = ids.get(random.nextInt(ids.size()));
      told.add(changed(id, "visits", Integer.toString(random.nextInt(9))));
    }
    deliver(told);
  }

  /** Changes a contact and tells of it. */
  void change(long id, String property, String value) {
    deliver(List.of(changed(id, property, value)));
  }

  /** Sends a delivery until it is acknowledged; on a fast clock it may be told to come again. */
  void deliver(List<String> told) {
    if (told.isEmpty()) {
      return;
    }
    byte[] body = House.body(told);
    await("a delivery is kept", () -> isKept(body));
    deliveries++;
  }

  private boolean isKept(byte[] body) {
    // A line for each: after a minute of silence one is closed.
    try (Line line = Line.to(serve.port())) {
      Line.Reply reply =
          line.post(House.path("acme"), house.signed("acme", body, clock.now()), body);
      assertThat(reply.status()).as("%s", reply).isIn(204, 503);
      return reply.isKept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many contacts wait to be read, or to be written, whichever are more. */
  long backlog() {
    return Math.max(
        reader().countDue(ACME, DueWork.FETCH, Due.NEVER),
        reader().countDue(ACME, DueWork.WRITE, Due.NEVER));
  }

  /** Returns until when the CRM is left alone. */
  long pausedUntil() {
    return serve.pipeline().health(ACME, clock.now()).orElseThrow().pausedUntil();
  }

  /** Returns what the last call met. */
  String trouble() {
    return serve.pipeline().health(ACME, clock.now()).orElseThrow().trouble();
  }

  void await(String what, java.util.function.BooleanSupplier condition) {
    await(what, Duration.ofSeconds(60), condition);
  }

  void await(String what, Duration patience, java.util.function.BooleanSupplier condition) {
    Await.until(
        what,
        patience,
        () -> {
          creep.run();
          return condition.getAsBoolean();
        });
  }

  /** Waits until nothing is due: no read, no write, no task. */
  void awaitDone() {
    awaitDone(Duration.ofSeconds(60));
  }

  void awaitDone(Duration patience) {
    try {
      await("all is read, written and handed over", patience, this::isDone);
    } catch (AssertionError e) {
      throw new AssertionError(backlog() + " wait; " + trouble(), e);
    }
  }

  /** Looks twice, for one kind of work may turn into another between two looks. */
  private boolean isDone() {
    for (int look = 0; look < 2; look++) {
      if (!isQuiet()) {
        return false;
      }
    }
    return true;
  }

  private boolean isQuiet() {
    return backlog() == 0 && reader().unwritten().countOpenIntents(ACME) == 0;
  }

  /** Every contact holds in the CRM what follows from the CRM's own values. */
  void assertHeld() {
    portal
        .held()
        .forEach(
            (id, held) ->
                assertThat(Expected.of(held).isHeldBy(held))
                    .as(
                        "%d holds %s, expected %s; known: %s",
                        id, held, Expected.of(held), known(id))
                    .isTrue());
  }

  private String known(long id) {
    return serve
        .pipeline()
        .states()
        .current(RecordRef.contact(ACME, Long.toString(id)))
        .map(state -> state.facts().history("visits") + " " + state.due())
        .orElse("nothing");
  }

  /** Each hand-off that was made has one task, and each task is one of those. */
  long assertTasksOnce() {
    List<String> notes = portal.tasks();
    List<String> done = new ArrayList<>();
    for (long id : ids) {
      for (Intent intent : intents(id)) {
        if (intent.step().state() == Intent.State.DONE) {
          done.add(intent.key());
        }
      }
    }
    for (String key : done) {
      assertThat(notes.stream().filter(note -> note.contains(key)))
          .as("tasks of %s", key)
          .hasSize(1);
    }
    assertThat(notes).hasSameSizeAs(done);
    return done.size();
  }

  List<Intent> intents(long id) {
    return reader().unwritten().intentsOf(RecordRef.contact(ACME, Long.toString(id)), MANY);
  }

  /** Returns how many deliveries were acknowledged; the journal has as many. */
  long assertKept() {
    assertThat(KeptInTests.newest(reader(), ACME)).hasSize(Math.toIntExact(deliveries));
    return deliveries;
  }

  @Override
  public void close() {
    serve.close();
    portal.close();
  }
}
