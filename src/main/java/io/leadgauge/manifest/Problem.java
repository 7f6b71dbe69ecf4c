package io.leadgauge.manifest;

import java.util.Comparator;

/**
 * Something that is wrong, or worth knowing, at a place in a manifest.
 *
 * @param at where
 * @param severity how bad it is
 * @param message what is wrong and what was expected; never a secret
 */
public record Problem(Position at, Severity severity, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::at)
          .thenComparing(Problem::severity)
          .thenComparing(Problem::message);

  /** How bad a problem is. */
  public enum Severity {
    /** The manifest cannot be used. */
    ERROR,
    /** It can be used, and probably does not do what was meant. */
    WARNING,
    /** It is in order, but something outside of it is not yet. */
    NOTE
  }

  /** Tells whether the manifest cannot be used. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code file:line:column: message}, with the severity before it unless an error. */
  @Override
  public String toString() {
    String kind =
        switch (severity) {
          case ERROR -> "";
          case WARNING -> "warning: ";
          case NOTE -> "note: ";
        };
    return at + ": " + kind + message;
  }
}
