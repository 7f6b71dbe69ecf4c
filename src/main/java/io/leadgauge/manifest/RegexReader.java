package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads regular expressions. */
final class RegexReader {
  private static final int LONGEST = 1_000;

  /**
   * How often something may be repeated by count, and a group within a group all together: such
   * repetitions go on where there is nothing to look at, so that no count of looks ends them.
   */
  private static final long MOST_REPEATED = 1_000;

  /** A counted repetition, of a group or not; codes and classes in braces have a letter before. */
  private static final Pattern COUNTED =
      Pattern.compile("(\\))?(?<!\\\\[A-Za-z])\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  private final Values values;

  RegexReader(Values values) {
    this.values = values;
  }

  /** Reads a regular expression; null if it is none, and a problem says why. */
  @Nullable String regex(Node node) {
    String regex = values.text(node);
    if (regex == null) {
      return null;
    }
    if (regex.length() > LONGEST) {
      return values.refuse(node, "a regular expression of at most " + LONGEST + " characters");
    }
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      return broken((Scalar) node, e);
    }
    return isBounded(regex)
        ? regex
        : values.refuse(node, "repetitions by count of at most " + MOST_REPEATED + " all together");
  }

  private @Nullable String broken(Scalar scalar, PatternSyntaxException trouble) {
    int index = Math.clamp(trouble.getIndex(), 0, scalar.text().length());
    values
        .problems()
        .error(scalar.at(index), "not a regular expression: " + trouble.getDescription());
    return null;
  }

  private static boolean isBounded(String regex) {
    long groups = 1;
    Matcher counted = COUNTED.matcher(regex);
    while (counted.find()) {
      String most = counted.group(3);
      long count = Long.parseLong(most == null || most.isEmpty() ? counted.group(2) : most);
      groups *= counted.group(1) == null ? 1 : Math.max(1, count);
      if (count > MOST_REPEATED || groups > MOST_REPEATED) {
        return false;
      }
    }
    return true;
  }
}
