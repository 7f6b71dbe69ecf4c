package io.leadgauge.model;

import java.util.regex.Pattern;

/**
 * The name of a connection: one portal or org that we serve.
 *
 * @param name 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit
 */
public record ConnectionId(String name) implements Comparable<ConnectionId> {
  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public ConnectionId {
    if (!isValid(name)) {
      throw new IllegalArgumentException("not a connection name: '" + name + "'");
    }
  }

  /** Tells whether {@code name} may name a connection. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  @Override
  public int compareTo(ConnectionId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
