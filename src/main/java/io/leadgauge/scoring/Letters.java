package io.leadgauge.scoring;

import java.util.List;

/** A set of characters in a regular expression; upper and lower case alike. Immutable. */
sealed interface Letters {
  /** Tells whether a character is among these. */
  default boolean contains(Letter letter) {
    return switch (this) {
      case Same(int code, int folded) -> letter.folded == folded;
      case Range range ->
          range.includes(letter.code)
              || range.includes(letter.upper)
              || range.includes(letter.folded);
      case Kind kind -> kind.includes(letter.code);
      case AnyOf(List<Letters> sets) -> isInOne(sets, letter);
      case Except(Letters set) -> !set.contains(letter);
    };
  }

  private static boolean isInOne(List<Letters> sets, Letter letter) {
    for (Letters set : sets) {
      if (set.contains(letter)) {
        return true;
      }
    }
    return false;
  }

  /** Returns a character as it is compared with another. */
  private static int fold(int code) {
    return Character.toLowerCase(Character.toUpperCase(code));
  }

  /** A character of a text, in its cases. */
  record Letter(int code, int upper, int folded) {
    static Letter of(int code) {
      return new Letter(code, Character.toUpperCase(code), fold(code));
    }
  }

  /**
   * One character.
   *
   * @param code as written
   */
  record Same(int code, int folded) implements Letters {
    static Same of(int code) {
      return new Same(code, fold(code));
    }
  }

  /** The characters from one to another, both inclusive. */
  record Range(int from, int to) implements Letters {
    private boolean includes(int code) {
      return from <= code && code <= to;
    }
  }

  /** The characters of at least one of these sets; copied. */
  record AnyOf(List<Letters> sets) implements Letters {
    public AnyOf {
      sets = List.copyOf(sets);
    }
  }

  /** All characters but these. */
  record Except(Letters set) implements Letters {}

  /** Characters of a kind; but for {@link #LINE_END} those of ASCII. */
  enum Kind implements Letters {
    DIGIT,
    WORD,
    SPACE,
    LINE_END;

    boolean includes(int code) {
      return switch (this) {
        case DIGIT -> '0' <= code && code <= '9';
        case WORD ->
            ('a' <= code && code <= 'z')
                || ('A' <= code && code <= 'Z')
                || ('0' <= code && code <= '9')
                || code == '_';
        case SPACE -> code == ' ' || ('\t' <= code && code <= '\r');
        case LINE_END ->
            code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
      };
    }
  }
}
