package io.leadgauge.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is to be found; manifests hold references and never secrets.
 *
 * @param kind what holds it
 * @param target the name of the variable, or the path of the file
 */
public record SecretReference(Kind kind, String target) {
  private static final Pattern SHAPE =
      Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:([^}\\s]+))\\}");

  /** What holds a secret. */
  public enum Kind {
    /** An environment variable. */
    ENV,
    /** A file; white space around its text does not count. */
    FILE
  }

  /** Reads {@code ${env:NAME}} or {@code ${file:path}}; empty if the text is neither. */
  public static Optional<SecretReference> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        matcher.group(1) != null
            ? new SecretReference(Kind.ENV, matcher.group(1))
            : new SecretReference(Kind.FILE, matcher.group(2)));
  }

  /** Returns the reference as manifests write it. */
  @Override
  public String toString() {
    return switch (kind) {
      case ENV -> "${env:" + target + "}";
      case FILE -> "${file:" + target + "}";
    };
  }
}
