package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sentences of rules, and checks what they leave to be filled in. */
final class ReasonReader {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*\\}?|\\}");
  private static final int LONGEST = 200;

  private final Values values;

  ReasonReader(Values values) {
    this.values = values;
  }

  /** Returns a reader of sentences that may hold these placeholders. */
  Reader<String> reason(List<String> placeholders) {
    return node -> {
      String reason = values.text(node);
      if (reason == null) {
        return null;
      }
      if (reason.length() > LONGEST || reason.indexOf('\n') >= 0) {
        return values.refuse(node, "a sentence of one line, of at most " + LONGEST + " characters");
      }
      checkPlaceholders((Scalar) node, placeholders);
      return reason;
    };
  }

  private void checkPlaceholders(Scalar reason, List<String> placeholders) {
    Matcher matcher = PLACEHOLDER.matcher(reason.text());
    while (matcher.find()) {
      if (!placeholders.contains(matcher.group())) {
        String unknown = "nothing to fill in for \"" + matcher.group() + "\"";
        String hint =
            placeholders.isEmpty()
                ? ", expected no braces in the reason of this kind of rule"
                : Spelling.hint(matcher.group(), placeholders);
        values.problems().error(reason.at(matcher.start()), unknown + hint);
      }
    }
  }
}
