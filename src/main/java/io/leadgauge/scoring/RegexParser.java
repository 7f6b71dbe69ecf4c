package io.leadgauge.scoring;

import io.leadgauge.scoring.RegexPart.Choice;
import io.leadgauge.scoring.RegexPart.One;
import io.leadgauge.scoring.RegexPart.Place;
import io.leadgauge.scoring.RegexPart.Repeat;
import io.leadgauge.scoring.RegexPart.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression. What it understands it reads as {@link java.util.regex.Pattern} does,
 * but for {@code $}, which is the end of the text and not also the place before a line's last end;
 * whatever else that class understands is refused by name. Not thread-safe.
 */
final class RegexParser {
  /** How long an expression is at most, in characters. */
  static final int LONGEST = 1_000;

  /** How deep groups stand in one another at most: reading goes down with them. */
  static final int DEEPEST = 100;

  /** What is above any count that is of use. */
  private static final int MANY = 100_000;

  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private final String regex;
  private int at;
  private int depth;

  private RegexParser(String regex) {
    this.regex = regex;
  }

  /**
   * Reads an expression.
   *
   * @throws RegexException if it is none, or one that is not understood
   */
  static RegexPart parse(String regex) {
    if (regex.length() > LONGEST) {
      throw new RegexException(LONGEST, "longer than " + LONGEST + " characters");
    }
    RegexParser parser = new RegexParser(regex);
    RegexPart part = parser.choice();
    if (!parser.isAtEnd()) {
      throw parser.refused("a ) without its (, for the character write \\)");
    }
    return part;
  }

  private RegexPart choice() {
    List<RegexPart> ways = new ArrayList<>();
    ways.add(row());
    while (take('|')) {
      ways.add(row());
    }
    return new Choice(ways);
  }

  private RegexPart row() {
    List<RegexPart> parts = new ArrayList<>();
    while (!isAtEnd() && !isNext('|') && !isNext(')')) {
      parts.add(repeated(one()));
    }
    return new Row(parts);
  }

  private RegexPart repeated(RegexPart part) {
    int begin = at;
    if (isAtEnd() || !isRepetition(regex.charAt(at))) {
      return part;
    }
    RegexPart repeated =
        switch (regex.charAt(at++)) {
          case '*' -> new Repeat(part, 0, Repeat.UNBOUNDED);
          case '+' -> new Repeat(part, 1, Repeat.UNBOUNDED);
          case '?' -> new Repeat(part, 0, 1);
          default -> counted(part, begin);
        };
    endRepetition(begin);
    return repeated;
  }

  /** A {@code ?} asks for as little as possible; whether there is a match is the same. */
  private void endRepetition(int begin) {
    if (isNext('+')) {
      throw new RegexException(begin, "a possessive quantifier is not supported");
    }
    at += isNext('?') ? 1 : 0;
    if (!isAtEnd() && isRepetition(regex.charAt(at))) {
      throw refused("a repetition of a repetition, put the first in a group");
    }
  }

  private static boolean isRepetition(char next) {
    return next == '*' || next == '+' || next == '?' || next == '{';
  }

  private Repeat counted(RegexPart part, int begin) {
    int least = count(begin);
    int most = least;
    if (take(',')) {
      most = isNext('}') ? Repeat.UNBOUNDED : count(begin);
    }
    if (!take('}')) {
      throw notCounted(begin);
    }
    if (most < least) {
      throw new RegexException(begin, "a repetition of at least " + least + ", at most " + most);
    }
    return new Repeat(part, least, most);
  }

  private int count(int begin) {
    int first = at;
    int count = 0;
    while (!isAtEnd() && Letters.Kind.DIGIT.includes(regex.charAt(at))) {
      count = Math.min(MANY, 10 * count + regex.charAt(at++) - '0');
    }
    if (at == first) {
      throw notCounted(begin);
    }
    return count;
  }

  private static RegexException notCounted(int begin) {
    return new RegexException(
        begin, "no repetition such as {2}, {2,} or {2,5}, for the character write \\{");
  }

  private RegexPart one() {
    char next = regex.charAt(at);
    return switch (next) {
      case '(' -> group();
      case '[' -> new One(bracketed());
      case '\\' -> escaped();
      case '*', '+', '?', '{' ->
          throw refused("nothing to repeat before " + next + ", for the character write \\" + next);
      case '^' -> place(1, Place.BEGIN);
      case '$' -> place(1, Place.END);
      case '.' -> {
        at++;
        yield new One(new Letters.Except(Letters.Kind.LINE_END));
      }
      default -> new One(Letters.Same.of(take()));
    };
  }

  private RegexPart place(int length, Place place) {
    at += length;
    return place;
  }

  private RegexPart group() {
    int begin = at;
    if (++depth > DEEPEST) {
      throw refused("groups in groups, more than " + DEEPEST + " deep");
    }
    at++;
    if (isNext('?') && !take("?:")) {
      throw new RegexException(begin, special(regex.substring(at)) + " is not supported");
    }
    RegexPart group = choice();
    if (!take(')')) {
      throw new RegexException(begin, "a group without its ), for the character write \\(");
    }
    depth--;
    return group;
  }

  /** Returns the name of a group that begins with a question mark. */
  private static String special(String group) {
    if (group.startsWith("?=") || group.startsWith("?!")) {
      return "look-ahead";
    }
    if (group.startsWith("?<=") || group.startsWith("?<!")) {
      return "look-behind";
    }
    if (group.startsWith("?<")) {
      return "a named group";
    }
    return group.startsWith("?>") ? "an atomic group" : "an inline flag";
  }

  private RegexPart escaped() {
    if (regex.startsWith("\\b", at)) {
      return place(2, Place.WORD_EDGE);
    }
    return regex.startsWith("\\B", at) ? place(2, Place.NO_WORD_EDGE) : new One(escape());
  }

  private Letters bracketed() {
    int begin = at++;
    boolean isNegated = take('^');
    List<Letters> sets = new ArrayList<>();
    while (!isNext(']')) {
      sets.add(range(begin));
    }
    if (sets.isEmpty()) {
      throw new RegexException(begin, "an empty class, for the character write \\]");
    }
    at++;
    Letters all = new Letters.AnyOf(sets);
    return isNegated ? new Letters.Except(all) : all;
  }

  private Letters range(int begin) {
    int first = at;
    Letters from = inBrackets(begin);
    boolean isRange = isNext('-') && !regex.startsWith("-]", at);
    if (!isRange || !(from instanceof Letters.Same(int least, int folded))) {
      return from;
    }
    at++;
    if (inBrackets(begin) instanceof Letters.Same(int most, int alike) && least <= most) {
      return new Letters.Range(least, most);
    }
    throw new RegexException(first, "no range of characters: " + regex.substring(first, at));
  }

  private Letters inBrackets(int begin) {
    if (isAtEnd()) {
      throw new RegexException(begin, "a class without its ], for the character write \\[");
    }
    if (isNext('[')) {
      throw refused("a class in a class is not supported, for the character write \\[");
    }
    if (regex.startsWith("&&", at)) {
      throw refused("an intersection of classes is not supported, for the character write \\&");
    }
    return isNext('\\') ? escape() : Letters.Same.of(take());
  }

  private Letters escape() {
    int begin = at++;
    if (isAtEnd()) {
      throw new RegexException(begin, "nothing after \\, for the character write \\\\");
    }
    int escaped = take();
    return switch (escaped) {
      case 'd' -> Letters.Kind.DIGIT;
      case 'D' -> new Letters.Except(Letters.Kind.DIGIT);
      case 'w' -> Letters.Kind.WORD;
      case 'W' -> new Letters.Except(Letters.Kind.WORD);
      case 's' -> Letters.Kind.SPACE;
      case 'S' -> new Letters.Except(Letters.Kind.SPACE);
      case 't' -> Letters.Same.of('\t');
      case 'n' -> Letters.Same.of('\n');
      case 'r' -> Letters.Same.of('\r');
      case 'u' -> Letters.Same.of(hexadecimal(begin));
      default -> {
        if (Letters.Kind.WORD.includes(escaped) && escaped != '_') {
          throw new RegexException(begin, unknown(escaped) + " is not supported");
        }
        yield Letters.Same.of(escaped);
      }
    };
  }

  private static String unknown(int escaped) {
    return switch (escaped) {
      case '1', '2', '3', '4', '5', '6', '7', '8', '9', 'k' -> "a back reference";
      case 'p', 'P' -> "a Unicode property";
      default -> "the escape \\" + Character.toString(escaped);
    };
  }

  private int hexadecimal(int begin) {
    int code = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit = isAtEnd() ? -1 : Character.digit(regex.charAt(at++), HEX);
      if (digit < 0) {
        throw new RegexException(begin, "no code such as \\u00e4");
      }
      code = HEX * code + digit;
    }
    if (Character.isSurrogate((char) code)) {
      throw new RegexException(begin, "half a character, write the character itself");
    }
    return code;
  }

  private boolean isAtEnd() {
    return at == regex.length();
  }

  private boolean isNext(char expected) {
    return !isAtEnd() && regex.charAt(at) == expected;
  }

  private boolean take(char expected) {
    boolean isNext = isNext(expected);
    at += isNext ? 1 : 0;
    return isNext;
  }

  private boolean take(String expected) {
    boolean isNext = regex.startsWith(expected, at);
    at += isNext ? expected.length() : 0;
    return isNext;
  }

  private int take() {
    int code = regex.codePointAt(at);
    at += Character.charCount(code);
    return code;
  }

  private RegexException refused(String description) {
    return new RegexException(at, description);
  }
}
