package io.leadgauge.model;

/**
 * Something that was so, as the CRM told it. Facts are neutral: nothing that a model or a
 * connection's maps say is applied to them.
 *
 * <p>A set of facts is a join: adding facts is commutative, associative and idempotent.
 */
public sealed interface Fact {
  /** Returns the key under which the fact is stored for ever. */
  RecordRef of();

  /** Returns the instant by the CRM's clock. */
  long at();

  /**
   * A property had a value.
   *
   * @param of the record
   * @param property the platform's own name of the property, or {@link #PRESENCE}
   * @param stamp the value and when it was so
   */
  record Assigned(RecordRef of, String property, Stamp stamp) implements Fact {
    /**
     * The reserved name under which a record's being there is a property like any other: {@code
     * true} once created or restored, {@code false} once deleted.
     */
    public static final String PRESENCE = "~present";

    /** Begins every reserved name; no property of a CRM begins like this. */
    public static final String RESERVED = "~";

    /**
     * Begins the reserved name under which our own writes of a property are kept: the values that
     * the CRM confirmed, with the stamps of its answers; empty, just after the value that was held,
     * for one that we are about to clear.
     */
    public static final String WROTE = "~wrote:";

    /**
     * Begins the reserved name under which it is kept who else set a property that we write, in the
     * CRM's words, each with the instant of the value.
     */
    public static final String BY = "~by:";

    /**
     * Begins the reserved name under which it is kept that we put right a property that somebody
     * else had written over, each with the instant of our value; the value says who.
     */
    public static final String PUT_RIGHT = "~put right:";

    /**
     * Begins the reserved name under which it is kept that all associations of the record with
     * records of a type were read: what is linked by an older stamp and was not read with them is
     * linked no more. Its value is always empty; what counts is the instant.
     */
    public static final String ASSOCIATED = "~associated:";

    /**
     * Returns the fact that this value, read back in the answer to a write, was put there by us.
     */
    public Assigned asWritten() {
      return new Assigned(of, WROTE + property, stamp);
    }

    /** Returns the fact that all associations with records of a type were read. */
    public static Assigned associated(RecordRef of, String type, long at) {
      return new Assigned(of, ASSOCIATED + type, new Stamp(at, SourceRank.READ, ""));
    }

    /** Returns the fact that the record was, or was not, there. */
    public static Assigned presence(RecordRef of, long at, SourceRank rank, boolean present) {
      return new Assigned(of, PRESENCE, new Stamp(at, rank, Boolean.toString(present)));
    }

    @Override
    public long at() {
      return stamp.at();
    }
  }

  /**
   * The contact did something.
   *
   * @param of who
   * @param activity what, when, and what describes it; its type is the source's own word
   */
  record Happened(RecordRef of, Activity activity) implements Fact {
    @Override
    public long at() {
      return activity.at();
    }
  }

  /**
   * A key led, or ceased to lead, to another.
   *
   * @param of the record that the link starts from
   * @param kind what the link means
   * @param to where it leads
   * @param stamp when; the value is {@code true}, or {@code false} for a link undone
   */
  record Linked(RecordRef of, LinkKind kind, RecordRef to, Stamp stamp) implements Fact {
    @Override
    public long at() {
      return stamp.at();
    }
  }
}
