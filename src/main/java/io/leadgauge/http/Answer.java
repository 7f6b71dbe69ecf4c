package io.leadgauge.http;

import io.leadgauge.crm.OutboundBody;
import io.leadgauge.http.Outcome.BrokenOff;
import io.leadgauge.http.Outcome.Kept;
import io.leadgauge.http.Outcome.Lack;
import io.leadgauge.http.Outcome.Refusal;
import io.leadgauge.http.Outcome.Refused;
import io.leadgauge.http.Outcome.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The answer to a webhook: the one place that decides on statuses.
 *
 * <p>Our own trouble is always 503 with a {@code Retry-After}, never a 4xx: some senders take a 4xx
 * for the last word and drop the delivery.
 *
 * @param status the HTTP status
 * @param error what is wrong, in a few words; empty where nothing is
 * @param hint what was found and what was expected
 * @param content what the sender wants to read where nothing is wrong; mostly nothing
 * @param headers further headers; copied
 * @param closes whether the socket must not be used again
 */
record Answer(
    int status,
    String error,
    String hint,
    String content,
    Map<String, String> headers,
    boolean closes) {
  /** That a delivery is kept. */
  private static final Answer KEPT = new Answer(204, "", "", "", Map.of(), false);

  /** The same to a sender that takes nothing for an answer but this. */
  private static final Answer ACKNOWLEDGED =
      new Answer(
          200,
          "",
          "",
          OutboundBody.ACKNOWLEDGEMENT,
          Map.of("Content-Type", OutboundBody.CONTENT_TYPE),
          false);

  Answer {
    headers = Map.copyOf(headers);
  }

  private Answer(
      int status, String error, String hint, Map<String, String> headers, boolean closes) {
    this(status, error, hint, "", headers, closes);
  }

  /** Returns the same answer as the last one on its socket. */
  Answer last() {
    return new Answer(status, error, hint, content, headers, true);
  }

  /** Returns the answer to an outcome; {@code random} spreads the retries. */
  static Answer to(Outcome outcome, RandomGenerator random) {
    return to(outcome, false, random);
  }

  /**
   * Returns the answer to an outcome.
   *
   * @param isMessage whether it is the outcome of an outbound message
   * @param random spreads the retries
   */
  static Answer to(Outcome outcome, boolean isMessage, RandomGenerator random) {
    return switch (outcome) {
      case Kept kept -> isMessage ? ACKNOWLEDGED : KEPT;
      case Refused refused -> to(refused);
      case Unavailable unavailable -> to(unavailable, random);
      case BrokenOff brokenOff -> new Answer(400, "broken off", "", Map.of(), true);
    };
  }

  private static Answer to(Refused refused) {
    Refusal refusal = refused.refusal();
    return new Answer(
        status(refusal), error(refusal), refused.hint(), headers(refusal), closes(refusal));
  }

  /** Returns the status of a refusal. */
  static int status(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED -> 400;
      case SIGNATURE, CREDENTIALS -> 401;
      case UNKNOWN -> 404;
      case METHOD -> 405;
      case TOO_SLOW -> 408;
      case TOO_LARGE -> 413;
      case LONG_LINE -> 414;
      case MEDIA_TYPE, ENCODING -> 415;
      case LONG_HEADERS -> 431;
    };
  }

  private static String error(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED -> "not a request we can read";
      case SIGNATURE -> "signature refused";
      case CREDENTIALS -> "credentials refused";
      case UNKNOWN -> "no such address";
      case METHOD -> "method not allowed";
      case TOO_SLOW -> "request too slow";
      case TOO_LARGE -> "body too large";
      case LONG_LINE -> "request line too long";
      case MEDIA_TYPE -> "content type not supported";
      case ENCODING -> "content encoding not supported";
      case LONG_HEADERS -> "headers too large";
    };
  }

  private static Map<String, String> headers(Refusal refusal) {
    return switch (refusal) {
      case METHOD -> Map.of("Allow", "POST");
      case SIGNATURE -> Map.of("WWW-Authenticate", "Signature");
      case CREDENTIALS -> Map.of("WWW-Authenticate", "Bearer");
      case ENCODING -> Map.of("Accept-Encoding", "identity");
      case MEDIA_TYPE -> Map.of("Accept", "application/json");
      case MALFORMED, UNKNOWN, TOO_SLOW, TOO_LARGE, LONG_LINE, LONG_HEADERS -> Map.of();
    };
  }

  private static boolean closes(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED, TOO_SLOW, TOO_LARGE, LONG_LINE, LONG_HEADERS -> true;
      case SIGNATURE, CREDENTIALS, UNKNOWN, METHOD, MEDIA_TYPE, ENCODING -> false;
    };
  }

  private static Answer to(Unavailable unavailable, RandomGenerator random) {
    long seconds = retryAfter(unavailable.retryAfter(), random);
    return new Answer(
        503,
        error(unavailable.lack()),
        "try again in " + seconds + " s",
        Map.of("Retry-After", Long.toString(seconds)),
        false);
  }

  private static String error(Lack lack) {
    return switch (lack) {
      case BUSY, FULL -> "too much at once";
      case EARLY -> "cannot be read yet";
      case DOWN -> "cannot be kept now";
      case STOPPING -> "stopping";
    };
  }

  /** Returns whole seconds, at least 1 and at most twice what was asked for. */
  private static long retryAfter(Duration wanted, RandomGenerator random) {
    long seconds = Math.max(1, wanted.plusMillis(999).toSeconds());
    return seconds + random.nextLong(seconds + 1);
  }
}
