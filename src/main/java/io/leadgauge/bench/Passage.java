package io.leadgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way from a delivery through a receiver to the field of the CRM, timed from outside: whoever
 * sends knows when each event was due, the stand-in CRM knows when a contact was written last, and
 * both look at the clock of one machine. An event has passed once its contact holds the score that
 * the event leads to, by the model and not by what the receiver says.
 */
final class Passage {
  private static final int CONNECTIONS = 64;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 50;
  private static final int QUIET_LOOKS = 5;
  private static final String SCORE = "leadgauge_score";
  private static final String WRITTEN_AT = "lastmodifieddate";
  private static final String LOOKED_AT = SCORE + "," + WRITTEN_AT;

  private final BenchPortal portal;
  private final Vertx vertx;
  private final Clockwork clock;
  private final BenchModel model;
  private final Map<Long, Map<String, String>> known;
  private final Map<Long, Integer> visits = new HashMap<>();
  private Count seen = new Count(0, 0);
  private int quietLooks;

  /**
   * What came of a wave.
   *
   * @param contacts how many were written
   * @param millis from the first delivery to the last contact that was written
   * @param calls how many calls of the CRM's API it took
   * @param lags how long after the first event of each contact was due it was written last, in
   *     milliseconds, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes it
  record Passed(int contacts, long millis, long calls, long[] lags) {
    /** Returns how many contacts were written in a second. */
    double contactsPerSecond() {
      return contacts * 1e3 / Math.max(1, millis);
    }

    /** Returns how many calls were made in a second. */
    double callsPerSecond() {
      return calls * 1e3 / Math.max(1, millis);
    }

    /** Returns the time within which a share of the contacts was written, such as 0.99. */
    double quantileMillis(double share) {
      return lags[Math.max(0, (int) Math.ceil(share * lags.length) - 1)];
    }
  }

  /** How much was written until now. */
  private record Count(long calls, long contacts) {}

  /** A flood that has ended, and when it began, in wall-clock milliseconds. */
  private record Sent(Flood.Outcome outcome, long began) {}

  /**
   * A way into a portal whose contacts have no visits yet.
   *
   * @param manifests hold the model by which they are scored
   */
  Passage(BenchPortal portal, Path manifests, Vertx vertx, Clockwork clock)
      throws IOException, InterruptedException {
    this.portal = portal;
    this.vertx = vertx;
    this.clock = clock;
    this.model = BenchModel.load(manifests);
    this.known = contacts("");
  }

  /**
   * Sends events that move the scores of contacts, and waits until all have passed.
   *
   * @param times how many events each contact has
   * @param each how many events a delivery has
   * @param eventsPerSecond the rate; 0 for as fast as deliveries are acknowledged
   */
  Passed send(Receiver receiver, List<Long> contacts, int times, int each, double eventsPerSecond)
      throws IOException, InterruptedException {
    Wave wave = Wave.of(portal, contacts, visits, times, each, clock.now());
    visits.putAll(wave.visits());
    Map<Long, String> wanted = scores(wave);
    // What events tell is so in the CRM, or whoever looks there would take it back.
    portal.set("bench_visits", wave.visits());
    Count before = count();
    Sent sent = flood(wave, receiver, eventsPerSecond / wave.each());
    Map<Long, Long> written = await(wanted, before);
    Count after = count();
    long last = written.values().stream().mapToLong(Long::longValue).max().orElse(sent.began());
    double millisApart = eventsPerSecond == 0 ? 0 : wave.each() * 1e3 / eventsPerSecond;
    return new Passed(
        contacts.size(),
        last - sent.began(),
        after.calls() - before.calls(),
        lags(wave, written, sent.began(), millisApart));
  }

  private Sent flood(Wave wave, Receiver receiver, double deliveriesPerSecond) {
    Requests requests =
        Requests.of(receiver.target(), BenchPortal.SIGNER, wave.bodies(), wave.each(), clock.now());
    AtomicLong ended = new AtomicLong();
    int port = receiver.target().port();
    Flood.Outcome outcome =
        Flood.send(vertx, clock, requests, port, CONNECTIONS, deliveriesPerSecond)
            .whenComplete((done, fault) -> ended.set(clock.now()))
            .join();
    return new Sent(outcome, ended.get() - outcome.elapsedNanos() / 1_000_000);
  }

  /** Returns what each contact's score must come to. */
  private Map<Long, String> scores(Wave wave) throws IOException {
    Map<Long, String> wanted = new LinkedHashMap<>();
    for (Map.Entry<Long, Integer> one : wave.visits().entrySet()) {
      Map<String, String> properties = new HashMap<>(known.getOrDefault(one.getKey(), Map.of()));
      properties.put("bench_visits", one.getValue().toString());
      long total = model.evaluate(properties, clock.now()).score().total();
      wanted.put(one.getKey(), Long.toString(total));
    }
    return wanted;
  }

  /** Returns when each contact was written last, once all hold what they should. */
  private Map<Long, Long> await(Map<Long, String> wanted, Count before)
      throws IOException, InterruptedException {
    long least = before.contacts() + wanted.size();
    new Patience(clock, LONGEST, PAUSE_MILLIS)
        .await(
            () ->
                isQuiet()
                    && seen.contacts() >= least
                    && missing(wanted, contacts(LOOKED_AT)).isEmpty());
    Map<Long, Map<String, String>> held = contacts(LOOKED_AT);
    String missing = missing(wanted, held);
    if (!missing.isEmpty()) {
      throw new IllegalStateException(missing);
    }
    return instants(wanted, held);
  }

  /** Waits until the CRM is called no more. */
  void awaitQuiet() throws IOException, InterruptedException {
    if (!new Patience(clock, LONGEST, PAUSE_MILLIS).await(this::isQuiet)) {
      throw new IllegalStateException(
          "the CRM is still called after " + LONGEST.toMinutes() + " minutes");
    }
  }

  /** Looks once more; tells whether the CRM was not called for several looks in a row. */
  private boolean isQuiet() throws IOException, InterruptedException {
    Count now = count();
    quietLooks = now.equals(seen) ? quietLooks + 1 : 0;
    seen = now;
    return quietLooks >= QUIET_LOOKS;
  }

  /** Returns which contacts do not hold what they should; empty for none. */
  private static String missing(Map<Long, String> wanted, Map<Long, Map<String, String>> held) {
    List<Long> others =
        wanted.entrySet().stream()
            .filter(each -> !each.getValue().equals(score(held, each.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    return others.isEmpty()
        ? ""
        : "%d of %d contacts do not hold their score: contact %d holds '%s' and should hold '%s'"
            .formatted(
                others.size(),
                wanted.size(),
                others.getFirst(),
                score(held, others.getFirst()),
                wanted.get(others.getFirst()));
  }

  private static String score(Map<Long, Map<String, String>> held, long contact) {
    return held.getOrDefault(contact, Map.of()).getOrDefault(SCORE, "");
  }

  private static Map<Long, Long> instants(
      Map<Long, String> wanted, Map<Long, Map<String, String>> held) {
    Map<Long, Long> instants = new HashMap<>();
    for (long contact : wanted.keySet()) {
      String at = held.getOrDefault(contact, Map.of()).getOrDefault(WRITTEN_AT, "");
      instants.put(contact, Instant.parse(at).toEpochMilli());
    }
    return instants;
  }

  private static long[] lags(Wave wave, Map<Long, Long> written, long began, double millisApart) {
    long[] lags = new long[wave.visits().size()];
    int event = 0;
    for (long contact : wave.visits().keySet()) {
      int delivery = event / wave.each();
      double due = began + delivery * millisApart;
      lags[event++] = Math.max(0, Math.round(written.getOrDefault(contact, 0L) - due));
    }
    Arrays.sort(lags);
    return lags;
  }

  private Count count() throws IOException, InterruptedException {
    JsonNode told = portal.get("/_sandbox/calls");
    long written = 0;
    for (JsonNode writer : told.path("contactWrites")) {
      boolean isReceiver = writer.path("appId").asLong() == SandboxOptions.APP_ID;
      written += isReceiver ? writer.path("contacts").asLong() : 0;
    }
    return new Count(told.path("total").asLong(), written);
  }

  /** Returns what all contacts hold, in some properties or in all. */
  Map<Long, Map<String, String>> contacts(String names) throws IOException, InterruptedException {
    String some = names.isEmpty() ? "" : "?properties=" + names;
    Map<Long, Map<String, String>> contacts = new HashMap<>();
    for (JsonNode contact : portal.get("/_sandbox/contacts" + some).path("contacts")) {
      Map<String, String> values = new HashMap<>();
      contact
          .path("properties")
          .properties()
          .forEach(property -> values.put(property.getKey(), property.getValue().asText()));
      contacts.put(contact.path("id").asLong(), values);
    }
    return contacts;
  }
}
