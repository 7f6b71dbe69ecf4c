package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of webhook events and requests.
 *
 * <p>Every event that was made is, at any moment, acknowledged, failed or pending: {@code made =
 * acknowledged + failed + pending}. {@code sent} counts events as requests carried them, further
 * attempts and repetitions included; {@code repeated} those that were sent again although they had
 * been acknowledged.
 */
public final class WebhookCounts {
  private final SortedMap<String, Long> outcomes = new TreeMap<>();
  private long made;
  private long acknowledged;
  private long failed;
  private long sent;
  private long repeated;
  private long held;
  private long requests;
  private int inFlight;
  private int mostInFlight;

  /** So many are to be told. */
  public void made(int events) {
    made += events;
  }

  /** A request with so many leaves. */
  public void sending(int events) {
    sent += events;
    requests++;
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
  }

  /** A request ended, with a status or the name of a trouble. */
  public void ended(String outcome) {
    inFlight--;
    outcomes.merge(outcome, 1L, Long::sum);
  }

  /** One is acknowledged. */
  public void acknowledged() {
    acknowledged++;
  }

  /** So many are given up. */
  public void failed(int events) {
    failed += events;
  }

  /** So many are sent again although they were acknowledged. */
  public void repeated(int events) {
    repeated += events;
  }

  /** A request was held back. */
  public void held() {
    held++;
  }

  /** How many requests wait for their answer. */
  public int inFlight() {
    return inFlight;
  }

  /** How many are neither acknowledged nor given up. */
  public long pending() {
    return made - acknowledged - failed;
  }

  /** Writes all figures down. */
  public void describe(ObjectNode state) {
    state.put("made", made);
    state.put("sent", sent);
    state.put("acknowledged", acknowledged);
    state.put("pending", pending());
    state.put("failed", failed);
    state.put("repeated", repeated);
    ObjectNode node = state.putObject("requests");
    node.put("sent", requests);
    node.put("heldBack", held);
    node.put("inFlight", inFlight);
    node.put("mostInFlight", mostInFlight);
    ObjectNode byOutcome = node.putObject("byOutcome");
    outcomes.forEach(byOutcome::put);
  }
}
