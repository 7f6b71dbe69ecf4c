package io.leadgauge.manifest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value in a file, and where it stands. Immutable. */
sealed interface Node {
  /** Returns where it begins. */
  Position at();

  /**
   * Keys and values.
   *
   * @param entries in the order they stand, no key twice; copied
   */
  record Mapping(Position at, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** Returns the value of a key; null where there is none. */
    @Nullable Node value(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, Node value) {}

  /**
   * A list.
   *
   * @param items in the order they stand; copied
   */
  record Sequence(Position at, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A single value.
   *
   * @param text without quotes
   * @param plain whether it stands without quotes, and so may be a number, a truth value or nothing
   * @param verbatim whether {@code text} stands in the file on one line as it is, so that a place
   *     in it is known
   */
  record Scalar(Position at, String text, boolean plain, boolean verbatim) implements Node {
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    /** Returns what it is by the core schema of YAML 1.2. */
    Kind kind() {
      if (!plain) {
        return Kind.TEXT;
      }
      return switch (text) {
        case "", "~", "null", "Null", "NULL" -> Kind.NOTHING;
        case "true", "True", "TRUE", "false", "False", "FALSE" -> Kind.TRUTH;
        default -> NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
      };
    }

    /** Returns where a character of the text stands, or where the scalar begins if unknown. */
    Position at(int index) {
      return verbatim ? at.plus(index + (plain ? 0 : 1)) : at;
    }
  }

  /** What a scalar is. */
  enum Kind {
    NOTHING,
    TRUTH,
    NUMBER,
    TEXT
  }

  /** Returns what keys lead to from here, or what is as near to it as there is. */
  default Node nearest(String... path) {
    Node node = this;
    for (String key : path) {
      Node next = node instanceof Mapping mapping ? mapping.value(key) : null;
      if (next == null) {
        return node;
      }
      node = next;
    }
    return node;
  }

  /** Tells whether this has a key. */
  default boolean has(String key) {
    return this instanceof Mapping mapping && mapping.value(key) != null;
  }

  /** Returns the item of a list that has an id; the list, or what this is, if there is none. */
  default Node item(String id) {
    if (this instanceof Sequence list) {
      for (Node item : list.items()) {
        if (item.nearest("id") instanceof Scalar scalar && scalar.text().equals(id)) {
          return item;
        }
      }
    }
    return this;
  }

  /** Returns where a key stands, or where this begins if there is no such key. */
  default Position key(String name) {
    if (this instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        if (entry.key().text().equals(name)) {
          return entry.key().at();
        }
      }
    }
    return at();
  }

  /** Tells whether this is {@code null}, or nothing at all. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }
}
