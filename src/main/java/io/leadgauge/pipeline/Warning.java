package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it usually is, or that will not go on for long as it is.
 *
 * @param kind what of
 * @param connection whose; null for the installation's
 * @param subject what it is about, in a word or two
 * @param finding what was found, and what is usual
 * @param cure what to do, for an operator
 */
public record Warning(
    Kind kind, @Nullable ConnectionId connection, String subject, String finding, String cure) {
  /** What there is a warning of. */
  public enum Kind {
    /** No deliveries come, though at these hours there always were. */
    NO_DELIVERIES,
    /** An activity has stopped coming. */
    ACTIVITY_STOPPED,
    /** Far fewer, or far more, contacts come to a stage than usual. */
    STAGE_ENTRIES,
    /** Far more deliveries cannot be applied than usual. */
    QUARANTINE,
    /** A contact should have been written long ago. */
    UNWRITTEN,
    /** A secret, or the version of the CRM's API, will not be good much longer. */
    RUNNING_OUT,
    /** The disk will be full soon. */
    DISK;

    /** Returns it in a word, for a label. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns what was found and what to do. */
  public String detail() {
    return finding + "; " + cure;
  }

  /** Tells whether another is of the same thing, whatever was found of it by now. */
  boolean isOfSame(Warning other) {
    return kind == other.kind
        && subject.equals(other.subject)
        && (connection == null ? other.connection == null : connection.equals(other.connection));
  }
}
