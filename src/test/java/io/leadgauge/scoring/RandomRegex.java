package io.leadgauge.scoring;

import java.util.SplittableRandom;

/**
 * Regular expressions of the kind that is understood, and texts for them, made from a seed: of few
 * letters, so that they meet.
 */
final class RandomRegex {
  private static final String[] LETTERS = {
    "a", "b", "B", "1", "-", "_", " ", "ä", "Ä", "ß", "ſ", "K", "σ", "\\.", "\\t", "\\u00e4", "😀"
  };
  private static final String[] KINDS = {"\\d", "\\D", "\\w", "\\W", "\\s", "\\S"};
  private static final String[] PLACES = {"^", "$", "\\b", "\\B"};
  private static final String[] FIRST_IN_BRACKETS = {"b", "-", "1-3", "\\d", "\\W", "\\s"};
  private static final String[] IN_BRACKETS = {
    "a", "A-B", "a-z", "0-9", "_", "é-ï", "Ä", "S", "k", "ς", "\\]", "^", "😀"
  };
  private static final String[] GROUP_QUANTIFIERS = {"*", "+", "?", "{0}", "{1,}", "{0,1}"};
  private static final String[] QUANTIFIERS = {
    "*", "+", "?", "{0}", "{2}", "{1,}", "{0,2}", "{2,3}", "{0,}"
  };
  private static final String[] TEXT = {
    "a", "A", "b", "B", "z", "1", "-", "_", " ", "ä", "Ä", "ß", "s", "S", "ſ", "k", "K", "ς", "Σ",
    ".", "\t", "\n", "]", "^", "😀", "İ", "ı"
  };

  private final SplittableRandom random;

  RandomRegex(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * An expression written twice.
   *
   * @param regex as one would write it
   * @param plain the same without counted repetitions of groups, of which the platform loses
   *     matches if the group can be empty, and with the end alone for {@code $}
   */
  record Sample(String regex, String plain) {
    static Sample of(String same) {
      return new Sample(same, same);
    }

    Sample then(Sample next) {
      return new Sample(regex + next.regex, plain + next.plain);
    }

    Sample then(String next) {
      return then(of(next));
    }

    Sample in(String begin, String end) {
      return of(begin).then(this).then(end);
    }
  }

  Sample next() {
    return choice(2);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int letters = random.nextInt(2) == 0 ? 4 : TEXT.length;
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(TEXT[random.nextInt(letters)]);
    }
    return text.toString();
  }

  private Sample choice(int depth) {
    Sample choice = row(depth);
    while (random.nextInt(4) == 0) {
      choice = choice.then("|").then(row(depth));
    }
    return choice;
  }

  private Sample row(int depth) {
    Sample row = Sample.of("");
    for (int i = random.nextInt(4); i > 0; i--) {
      row = row.then(random.nextInt(8) == 0 ? place() : part(depth));
    }
    return row;
  }

  private Sample place() {
    String place = one(PLACES);
    return place.equals("$") ? new Sample(place, "\\z") : Sample.of(place);
  }

  private Sample part(int depth) {
    return depth > 0 && random.nextInt(8) < 3
        ? group(depth)
        : Sample.of(letter() + quantifier(QUANTIFIERS));
  }

  private Sample group(int depth) {
    Sample group = choice(depth - 1).in(random.nextBoolean() ? "(" : "(?:", ")");
    return random.nextInt(4) == 0 ? counted(group) : group.then(quantifier(GROUP_QUANTIFIERS));
  }

  private Sample counted(Sample group) {
    int least = random.nextInt(3);
    int most = least + random.nextInt(3);
    String lazy = random.nextBoolean() ? "?" : "";
    String plain = group.plain.repeat(least) + (group.plain + "?" + lazy).repeat(most - least);
    return new Sample(group.regex + "{" + least + "," + most + "}" + lazy, plain);
  }

  private String quantifier(String[] quantifiers) {
    return switch (random.nextInt(5)) {
      case 0 -> one(quantifiers);
      case 1 -> one(quantifiers) + "?";
      default -> "";
    };
  }

  private String letter() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> LETTERS[random.nextInt(3)];
      case 2 -> one(LETTERS);
      case 3 -> random.nextBoolean() ? "." : one(KINDS);
      default -> bracketed();
    };
  }

  private String bracketed() {
    StringBuilder bracketed = new StringBuilder(random.nextBoolean() ? "[^" : "[");
    bracketed.append(one(FIRST_IN_BRACKETS));
    for (int i = random.nextInt(3); i > 0; i--) {
      bracketed.append(one(IN_BRACKETS));
    }
    return bracketed + (random.nextInt(4) == 0 ? "-]" : "]");
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
