package io.leadgauge.model;

/**
 * How much a source knows about the instant of a value; the later constant wins a tie.
 *
 * <p>Stored by {@link #code()}, so constants may be added but never renumbered.
 */
public enum SourceRank {
  /**
   * The value stood in a record that was read or written as a whole, and carries the record's own
   * modification time: true at that instant, perhaps since long before.
   */
  READ(1),
  /** An event or a history entry names the instant at which this very value was set. */
  EVENT(2);

  private final int code;

  SourceRank(int code) {
    this.code = code;
  }

  /** Returns the number under which the rank is stored. */
  public int code() {
    return code;
  }

  /**
   * Returns the rank stored as {@code code}.
   *
   * @throws IllegalArgumentException if no rank has this code
   */
  public static SourceRank ofCode(int code) {
    return switch (code) {
      case 1 -> READ;
      case 2 -> EVENT;
      default -> throw new IllegalArgumentException("unknown source rank: " + code);
    };
  }
}
