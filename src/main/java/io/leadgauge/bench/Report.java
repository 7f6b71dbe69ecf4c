package io.leadgauge.bench;

import io.leadgauge.bench.Figure.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, by heading and name, in the order in which it was first found. Not
 * thread-safe.
 */
final class Report {
  private final SequencedMap<Key, List<Double>> found = new LinkedHashMap<>();
  private final Map<Key, List<Aim>> aims = new HashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Consumer<String> told;
  private String heading = "";

  /** Names are the figure's own below a heading. */
  private record Key(String heading, String name) {}

  /**
   * A report of nothing yet.
   *
   * @param told hears what is being done, for people who wait
   */
  Report(Consumer<String> told) {
    this.told = told;
  }

  /** Puts what is noted from here on below a heading. */
  void under(String title) {
    heading = title;
  }

  /** Notes a figure of one round; the unit ends its name, after a comma. */
  void note(String name, double figure) {
    found.computeIfAbsent(new Key(heading, name), added -> new ArrayList<>()).add(figure);
  }

  /** Says what a figure below this heading is held against; said again, that changes nothing. */
  void aim(String name, Aim aim) {
    List<Aim> own = aims.computeIfAbsent(new Key(heading, name), added -> new ArrayList<>());
    if (!own.contains(aim)) {
      own.add(aim);
    }
  }

  /**
   * Forgets the figures below this heading whose names contain a text, since they were of warming
   * up.
   */
  void forget(String part) {
    found.keySet().removeIf(key -> key.heading().equals(heading) && key.name().contains(part));
  }

  /** Returns the figures of a name below this heading, the newest last; empty for none. */
  List<Double> rounds(String name) {
    return List.copyOf(found.getOrDefault(new Key(heading, name), List.of()));
  }

  /** Notes that what is below this heading is not measured here, for want of something. */
  void leaveOut(String why) {
    gaps.add(new Gap(heading, why, false));
  }

  /** Notes that what is below this heading could not be measured to its end. */
  void fail(String why) {
    gaps.add(new Gap(heading, why, true));
  }

  /** Returns what was not measured, in its order. */
  List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  /** Says what is being done. */
  void tell(String text) {
    told.accept(text);
  }

  /** Returns everything, in the order in which it was first found. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    found.forEach((key, rounds) -> figures.add(figure(key, rounds)));
    return figures;
  }

  private Figure figure(Key key, List<Double> rounds) {
    int comma = key.name().lastIndexOf(", ");
    String name = comma < 0 ? key.name() : key.name().substring(0, comma);
    String unit = comma < 0 ? "" : key.name().substring(comma + 2);
    List<Comparison> comparisons = new ArrayList<>();
    for (Aim aim : aims.getOrDefault(key, List.of())) {
      compare(key, rounds, aim).ifPresent(comparisons::add);
    }
    return new Figure(key.heading(), name, unit, new Spread(rounds), comparisons);
  }

  /** Nothing is compared with a figure that was not measured. */
  private Optional<Comparison> compare(Key key, List<Double> rounds, Aim aim) {
    if (aim.of() == null) {
      return Optional.of(comparison(null, new Spread(rounds).median(), aim));
    }
    String of = aim.of();
    return of(key.heading(), of)
        .map(others -> comparison(of.replaceFirst(", [^,]*$", ""), ratio(rounds, others), aim));
  }

  /** What is below the same heading comes first. */
  private Optional<List<Double>> of(String title, String name) {
    List<Double> near = found.get(new Key(title, name));
    if (near != null) {
      return Optional.of(near);
    }
    return found.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Rounds are compared with the same round, since both saw the same machine. */
  private static double ratio(List<Double> rounds, List<Double> others) {
    if (rounds.size() != others.size()) {
      return new Spread(rounds).median() / new Spread(others).median();
    }
    return new Spread(
            IntStream.range(0, rounds.size())
                .mapToObj(round -> rounds.get(round) / others.get(round))
                .toList())
        .median();
  }

  private static Comparison comparison(@Nullable String of, double value, Aim aim) {
    String reach =
        aim.of() == null
            ? Figure.text(aim.reach())
            : String.format(Locale.ROOT, "%.2f", aim.reach());
    return switch (aim.side()) {
      case NONE -> new Comparison(of, value, null, true);
      case LEAST -> new Comparison(of, value, "at least " + reach, value >= aim.reach());
      case MOST -> new Comparison(of, value, "at most " + reach, value <= aim.reach());
    };
  }
}
