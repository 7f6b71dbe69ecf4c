package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.RegexException;
import org.jspecify.annotations.Nullable;

/** Reads regular expressions. */
final class RegexReader {
  private final Values values;

  RegexReader(Values values) {
    this.values = values;
  }

  /** Reads what a value must match; null if it is none, and a problem says why and where. */
  @Nullable Condition matches(String name, Node node) {
    String regex = values.text(node);
    if (regex == null) {
      return null;
    }
    try {
      return new Condition.Matches(name, regex);
    } catch (RegexException e) {
      values
          .problems()
          .error(((Scalar) node).at(e.index()), "the regular expression: " + e.description());
      return null;
    }
  }
}
