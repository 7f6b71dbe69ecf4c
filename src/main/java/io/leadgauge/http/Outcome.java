package io.leadgauge.http;

import io.leadgauge.crm.signature.Verification.Reason;
import java.time.Duration;
import java.util.Locale;

/** What became of one request at the public port; each request has exactly one. */
sealed interface Outcome {
  /**
   * It is durable.
   *
   * @param sequence its number in the journal
   */
  record Kept(long sequence) implements Outcome {}

  /**
   * The sender did something wrong.
   *
   * @param refusal what
   * @param reason the same in one word for a counter: the refusal, or why the signature failed
   * @param hint what was found and what was expected; holds no secret
   */
  record Refused(Refusal refusal, String reason, String hint) implements Outcome {
    static Refused of(Refusal refusal, String hint) {
      return new Refused(refusal, Outcome.word(refusal), hint);
    }

    static Refused signature(Reason reason, String hint) {
      return new Refused(Refusal.SIGNATURE, Outcome.word(reason), hint);
    }
  }

  /**
   * We cannot take it now.
   *
   * @param lack why
   * @param retryAfter when to try again
   */
  record Unavailable(Lack lack, Duration retryAfter) implements Outcome {}

  /** The sender went away before it was complete; there is nobody to answer. */
  record BrokenOff() implements Outcome {}

  /** What a sender can do wrong. */
  enum Refusal {
    /** It is not HTTP as we read it. */
    MALFORMED,
    /** The request line is too long. */
    LONG_LINE,
    /** The headers are too long. */
    LONG_HEADERS,
    /** There is no such connection, or the token is not its own. */
    UNKNOWN,
    /** It is no POST. */
    METHOD,
    /** The body is said to be something that the connection does not take. */
    MEDIA_TYPE,
    /** The body is compressed. */
    ENCODING,
    /** The body is too large. */
    TOO_LARGE,
    /** The body came too slowly. */
    TOO_SLOW,
    /** The signature is missing or wrong. */
    SIGNATURE,
    /** A token or a certificate is missing or wrong. */
    CREDENTIALS
  }

  /** What we can lack. */
  enum Lack {
    /** No memory is left for requests in flight. */
    BUSY,
    /** The intake's queue is full. */
    FULL,
    /** The configuration by which it can be read is not in force yet. */
    EARLY,
    /** The delivery could not be made durable. */
    DOWN,
    /** We stop, and it had not come to its end in time. */
    STOPPING
  }

  /** Returns the outcome in one word, for a counter. */
  default String word() {
    return switch (this) {
      case Kept kept -> "kept";
      case Refused refused -> word(refused.refusal());
      case Unavailable unavailable -> word(unavailable.lack());
      case BrokenOff brokenOff -> "broken_off";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
