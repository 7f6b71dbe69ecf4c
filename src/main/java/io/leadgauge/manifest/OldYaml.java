package io.leadgauge.manifest;

import java.util.Optional;
import java.util.regex.Pattern;

/** Plain words that YAML 1.1 and YAML 1.2 read differently. We read 1.2; other tools may not. */
final class OldYaml {
  private static final Pattern TRUTH = Pattern.compile("(?i)y|yes|on|n|no|off");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
  private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9]+(:[0-5]?[0-9])+");
  private static final Pattern UNDERSCORES = Pattern.compile("[-+]?[0-9][0-9,]*_[0-9_]*");

  private OldYaml() {}

  /** Returns the warning for a plain scalar; empty where both versions agree. */
  static Optional<String> difference(String text) {
    if (TRUTH.matcher(text).matches()) {
      return warn(text, "text here, true or false to a YAML 1.1 reader", quoted(text));
    }
    if (LEADING_ZERO.matcher(text).matches()) {
      return warn(text, "decimal here, octal to a YAML 1.1 reader", "it without the leading zero");
    }
    if (OCTAL.matcher(text).matches()) {
      return warn(text, "octal here, text to a YAML 1.1 reader", "a decimal number");
    }
    if (SEXAGESIMAL.matcher(text).matches()) {
      return warn(text, "text here, a number in base 60 to a YAML 1.1 reader", quoted(text));
    }
    if (BINARY.matcher(text).matches() || UNDERSCORES.matcher(text).matches()) {
      return warn(text, "text here, a number to a YAML 1.1 reader", quoted(text));
    }
    return Optional.empty();
  }

  private static Optional<String> warn(String text, String readings, String cure) {
    return Optional.of(text + " is " + readings + "; write " + cure);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
