package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.Rule.Band;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads points by range, by count or by value. */
final class PointsReader {
  /** What a missing value gives. */
  static final String MISSING = "missing";

  /** What every value gives that is not named. */
  static final String OTHER = "other";

  private static final Pattern RANGE_LIKE = Pattern.compile("[-+.0-9]*\\.\\..*");
  private static final Pattern COUNT = Pattern.compile("([1-9][0-9]{0,8})(\\.\\.(<[0-9]{1,9})?)?");

  private final Values values;

  PointsReader(Values values) {
    this.values = values;
  }

  /** Tells whether points go by range, and not by value. */
  static boolean isByRange(Mapping mapping) {
    List<String> keys = Values.keys(mapping);
    return keys.stream().anyMatch(key -> RANGE_LIKE.matcher(key).matches())
        || keys.equals(List.of(MISSING));
  }

  /** Reads points by range, {@code missing} left out. */
  List<Band> ranges(Mapping mapping) {
    return bands(mapping, Set.of(MISSING), key -> Range.read(key, values));
  }

  /** Reads points by how many times. */
  List<Band> counts(Mapping mapping) {
    return bands(mapping, Set.of(), this::count);
  }

  /** A range, its points, and where it stands. */
  private record Placed(Range range, long points, Position at) {}

  private List<Band> bands(Mapping mapping, Set<String> others, Reader<Range> reader) {
    List<Placed> placed = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      if (!others.contains(entry.key().text())) {
        Range range = reader.read(entry.key());
        Long points = values.points(entry.value());
        if (range != null && points != null) {
          placed.add(new Placed(range, points, entry.key().at()));
        }
      }
    }
    placed.sort(Comparator.comparing(Placed::range, Range.BY_START));
    checkNeighbours(placed);
    return placed.stream()
        .map(one -> new Band(one.range().from(), one.range().to(), one.points()))
        .toList();
  }

  private void checkNeighbours(List<Placed> placed) {
    for (int i = 1; i < placed.size(); i++) {
      Placed lower = placed.get(i - 1);
      Placed upper = placed.get(i);
      if (lower.range().reachesInto(upper.range())) {
        String message = "the range " + upper.range() + " overlaps " + lower.range();
        values.problems().error(upper.at(), message + ", expected ranges that do not");
      } else if (lower.range().leavesGapTo(upper.range())) {
        String message = "no range between " + lower.range() + " and " + upper.range();
        values.problems().warning(upper.at(), message + ": such values give no points");
      }
    }
  }

  /** Reads a range of whole numbers from 1 on; a number alone is exactly that one. */
  private @Nullable Range count(Node key) {
    Matcher matcher = COUNT.matcher(key instanceof Scalar scalar ? scalar.text() : "");
    if (!matcher.matches()) {
      String counts = "counts from 1 on such as 2, 1..<3 or 3..";
      return values.refuse(key, counts + ": what never happened gives nothing");
    }
    if (matcher.group(2) != null) {
      return Range.read(key, values);
    }
    long number = Long.parseLong(matcher.group(1)) * Millionths.ONE;
    return new Range(number, number + Millionths.ONE);
  }

  /** Reads points by value, {@code other} and {@code missing} left out. */
  SequencedMap<String, Long> texts(Mapping mapping) {
    SequencedMap<String, Long> texts = new LinkedHashMap<>();
    Map<String, String> taken = new HashMap<>();
    for (Entry entry : mapping.entries()) {
      Scalar key = entry.key();
      if (key.text().equals(OTHER) || key.text().equals(MISSING)) {
        continue;
      }
      Long points = values.points(entry.value());
      String same = taken.putIfAbsent(key.text().strip().toLowerCase(Locale.ROOT), key.text());
      if (key.text().isBlank()) {
        values.refuse(key, "a text; what a missing value gives is told by " + MISSING);
      } else if (same != null) {
        String message = "\"" + key.text() + "\" is the same as \"" + same + "\"";
        values.fail(key, message + ", expected it once: upper and lower case are alike");
      } else if (points != null) {
        texts.put(key.text(), points);
      }
    }
    return texts;
  }

  /** Reads what a word such as {@code missing} gives: nothing if it does not stand there. */
  @Nullable Long of(Mapping mapping, String word) {
    Node node = mapping.value(word);
    return node == null ? Long.valueOf(0) : values.points(node);
  }
}
