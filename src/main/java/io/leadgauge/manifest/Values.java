package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Kind;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values, and says where one is not what it should be. Every reader returns null for a
 * value that it has complained about.
 */
final class Values {
  /** The most points that one rule, limit or threshold may name: a million, either way. */
  static final long MOST_POINTS = 1_000_000 * Millionths.ONE;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

  /** At most four decimals: what a share in millionths can tell apart. */
  private static final Pattern PERCENT =
      Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,4})?|100(?:\\.0{1,4})?)%");

  private static final long PERCENTS_A_WHOLE = 100;

  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  @Nullable Mapping mapping(Node node) {
    return node instanceof Mapping mapping ? mapping : refuse(node, "a mapping of keys to values");
  }

  /** Reads a mapping from names to values of one kind; one that is wrong is left out. */
  <T> @Nullable SortedMap<String, T> byName(Node node, Reader<T> value) {
    Mapping mapping = mapping(node);
    if (mapping == null) {
      return null;
    }
    SortedMap<String, T> all = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      String name = name(entry.key());
      T read = value.read(entry.value());
      if (name != null && read != null) {
        all.put(name, read);
      }
    }
    return all;
  }

  /** Reads a list, each item by itself; items that mean nothing are left out. */
  <T> @Nullable List<T> list(Node node, Reader<T> item) {
    if (!(node instanceof Sequence sequence)) {
      return refuse(node, "a list");
    }
    if (sequence.items().isEmpty()) {
      return refuse(node, "at least one item");
    }
    return items(sequence, item);
  }

  private <T> List<T> items(Sequence sequence, Reader<T> item) {
    List<T> read = new ArrayList<>();
    for (Node one : sequence.items()) {
      T value = item.read(one);
      if (value != null) {
        read.add(value);
      }
    }
    return read;
  }

  /** Reads one value or a list of them. */
  <T> @Nullable List<T> oneOrMore(Node node, Reader<T> item) {
    if (node instanceof Sequence) {
      return list(node, item);
    }
    T value = item.read(node);
    return value == null ? null : List.of(value);
  }

  /** Reads a text that is not blank. */
  @Nullable String text(Node node) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.TEXT && !scalar.text().isBlank()) {
      return scalar.text();
    }
    return refuse(node, "a text");
  }

  /** Reads any single value as the text that it is written as. */
  @Nullable String anyText(Node node) {
    if (node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
      return scalar.text();
    }
    return refuse(node, "a single value");
  }

  /** Reads one item of a list that semicolons divide. */
  @Nullable String item(Node node) {
    String item = anyText(node);
    return item == null || (!item.isBlank() && item.indexOf(';') < 0)
        ? item
        : refuse(node, "one text of the list, without semicolons");
  }

  /** Reads a name: a letter, then letters, digits and {@code _ . -}, 63 characters at most. */
  @Nullable String name(Node node) {
    if (node instanceof Scalar scalar && NAME.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    return refuse(node, "a name: a letter, then letters, digits, \"_\", \".\" or \"-\"");
  }

  @Nullable Boolean truth(Node node) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.TRUTH) {
      return Boolean.valueOf(scalar.text());
    }
    return refuse(node, "true or false");
  }

  /** Reads a decimal number with at most six digits after the point. */
  @Nullable Long decimal(Node node) {
    if (!(node instanceof Scalar scalar) || scalar.kind() != Kind.NUMBER) {
      return refuse(node, "a number");
    }
    OptionalLong millionths = Millionths.parse(scalar.text());
    if (millionths.isEmpty()) {
      return refuse(node, "a decimal number of at most 12 digits and 6 after the point");
    }
    return millionths.getAsLong();
  }

  /** Reads points, as millionths. */
  @Nullable Long points(Node node) {
    Long points = decimal(node);
    if (points != null && Math.abs(points) > MOST_POINTS) {
      return refuse(node, "points between -1000000 and 1000000");
    }
    return points;
  }

  /** Reads a whole number of points, as millionths. */
  @Nullable Long wholePoints(Node node) {
    Long points = points(node);
    if (points != null && points % Millionths.ONE != 0) {
      return refuse(node, "a whole number, since the shown total is one");
    }
    return points;
  }

  /** Reads a percentage such as {@code 50%}, as a share in millionths. */
  @Nullable Long percent(Node node) {
    Matcher matcher = PERCENT.matcher(node instanceof Scalar scalar ? scalar.text() : "");
    if (matcher.matches()) {
      return Millionths.parse(matcher.group(1)).orElseThrow() / PERCENTS_A_WHOLE;
    }
    return refuse(node, "a percentage from 0% to 100%, of at most 4 decimals");
  }

  /** Returns a share as manifests write it, such as {@code 12.5%}. */
  static String percentText(long share) {
    return Millionths.text(share * PERCENTS_A_WHOLE) + "%";
  }

  /** Returns a reader of whole numbers within bounds. */
  Reader<Integer> count(int least, int most) {
    return node -> {
      Long millionths = decimal(node);
      if (millionths == null) {
        return null;
      }
      boolean whole = millionths % Millionths.ONE == 0;
      long number = millionths / Millionths.ONE;
      return whole && number >= least && number <= most
          ? Integer.valueOf((int) number)
          : this.<Integer>refuse(node, "a whole number from " + least + " to " + most);
    };
  }

  /** Returns a reader of spans of time within bounds, all in milliseconds. */
  Reader<Long> span(long least, long most) {
    return node -> {
      OptionalLong span =
          node instanceof Scalar scalar ? Spans.parse(scalar.text()) : OptionalLong.empty();
      if (span.isEmpty()) {
        return refuse(node, "a span of time such as 30d, 12h, 90m or 10s");
      }
      long millis = span.getAsLong();
      return millis >= least && millis <= most
          ? Long.valueOf(millis)
          : this.<Long>refuse(
              node, "a span of time from " + Spans.text(least) + " to " + Spans.text(most));
    };
  }

  /** Reads an instant, as milliseconds: ISO 8601 with an offset, or a date for its start in UTC. */
  @Nullable Long instant(Node node) {
    if (node instanceof Scalar scalar) {
      Optional<Instant> instant = Instants.parse(scalar.text());
      if (instant.isPresent()) {
        return instant.get().toEpochMilli();
      }
    }
    return refuse(node, "an instant such as 2026-11-01T10:00:00Z");
  }

  /** Returns a reader of words of a closed set. */
  <T> Reader<T> word(Function<String, Optional<T>> ofWord, Collection<String> words) {
    return node -> {
      String word = node instanceof Scalar scalar ? scalar.text() : null;
      Optional<T> meant = word == null ? Optional.empty() : ofWord.apply(word);
      if (meant.isPresent()) {
        return meant.get();
      }
      return word == null || word.isEmpty()
          ? this.<T>refuse(node, "one of " + String.join(", ", words))
          : this.<T>fail(node, found(node) + Spelling.hint(word, words));
    };
  }

  /** Returns the words by which keys are called, in the order they stand. */
  static List<String> keys(Mapping mapping) {
    return mapping.entries().stream().map(Entry::key).map(Scalar::text).toList();
  }

  /** Complains that a value is not what was expected; returns null, as whatever is wanted. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  <T> @Nullable T refuse(Node node, String expected) {
    return fail(node, found(node) + ", expected " + expected);
  }

  /** Complains about a value; returns null, as whatever is wanted. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  <T> @Nullable T fail(Node node, String message) {
    problems.error(node.at(), message);
    return null;
  }

  /** Returns what a node is, in words. */
  static String found(Node node) {
    return switch (node) {
      case Mapping mapping -> mapping.entries().isEmpty() ? "an empty mapping" : "a mapping";
      case Sequence sequence -> sequence.items().isEmpty() ? "an empty list" : "a list";
      case Scalar scalar ->
          switch (scalar.kind()) {
            case NOTHING -> "nothing";
            case TRUTH -> scalar.text();
            case NUMBER -> "the number " + shortened(scalar.text());
            case TEXT -> "\"" + shortened(scalar.text()) + "\"";
          };
    };
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }
}
