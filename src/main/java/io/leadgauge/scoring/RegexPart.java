package io.leadgauge.scoring;

import java.util.List;

/** A regular expression, or a part of one, as it is written. Immutable. */
sealed interface RegexPart {
  /** One character out of a set. */
  record One(Letters letters) implements RegexPart {}

  /** A place between two characters. */
  enum Place implements RegexPart {
    BEGIN,
    END,
    WORD_EDGE,
    NO_WORD_EDGE;

    /** Stands for the character before the beginning and the one after the end. */
    static final int NOTHING = -1;

    /** Tells whether the place between these characters is such a one. */
    boolean isBetween(int before, int after) {
      return switch (this) {
        case BEGIN -> before == NOTHING;
        case END -> after == NOTHING;
        case WORD_EDGE -> isWord(before) != isWord(after);
        case NO_WORD_EDGE -> isWord(before) == isWord(after);
      };
    }

    private static boolean isWord(int code) {
      return Letters.Kind.WORD.includes(code);
    }
  }

  /** One after the other; copied. */
  record Row(List<RegexPart> parts) implements RegexPart {
    public Row {
      parts = List.copyOf(parts);
    }
  }

  /** One of these; copied, at least one. */
  record Choice(List<RegexPart> ways) implements RegexPart {
    public Choice {
      ways = List.copyOf(ways);
    }
  }

  /**
   * The same again and again.
   *
   * @param least how often at least
   * @param most how often at most, inclusive; {@link #UNBOUNDED} for no bound
   */
  record Repeat(RegexPart part, int least, int most) implements RegexPart {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }
}
