package io.leadgauge.naive;

import static io.leadgauge.naive.Amounts.points;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a model makes of points: docs/language.md, from Grade on.
 *
 * @param spec the model
 * @param dimensions millionths, limits applied, by dimension
 * @param total millionths, shown
 * @param disqualified whether the contact is
 */
record NaiveOutcome(Plain spec, Map<String, Long> dimensions, long total, boolean disqualified) {
  /** From zero thirds below D, which is two steps up. */
  private static final List<String> THIRDS =
      List.of("F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+");

  private static final int ZERO_THIRDS = 2;
  private static final Pattern TOKEN = Pattern.compile("[()]|[<>]=?|[^\\s()<>=]+");

  // Grade

  Optional<String> grade() {
    Plain grade = spec.childOrEmpty("grade");
    if (grade.has("thirds")) {
      return Optional.of(third(pointsOf(grade.text("thirds"))));
    }
    String cell = step(grade, "letters") + step(grade, "digits");
    return Optional.of(cell).filter(text -> !text.isEmpty());
  }

  private static String third(long points) {
    long step = Math.floorDiv(points, Amounts.ALL) + ZERO_THIRDS;
    return THIRDS.get((int) Math.max(0, Math.min(THIRDS.size() - 1, step)));
  }

  private String step(Plain grade, String side) {
    if (!grade.has(side)) {
      return "";
    }
    Plain steps = grade.child(side);
    List<String> names = bestFirst(steps);
    return names.stream()
        .filter(name -> pointsOf(steps.text("dimension")) >= points(steps.text(name)))
        .findFirst()
        .orElse(names.getLast());
  }

  private static List<String> bestFirst(Plain steps) {
    return steps.keys().stream().filter(key -> !key.equals("dimension")).toList();
  }

  /** Returns the steps of a grade that has one side only, worst first. */
  private List<String> ladder() {
    Plain grade = spec.child("grade");
    if (grade.has("thirds")) {
      return THIRDS;
    }
    return bestFirst(grade.child(grade.has("letters") ? "letters" : "digits")).reversed();
  }

  // Labels

  Optional<String> label(Optional<String> held) {
    Plain labels = spec.childOrEmpty("labels");
    List<String> names = List.copyOf(labels.keys());
    if (names.isEmpty()) {
      return Optional.empty();
    }
    int position = held.map(names::indexOf).orElse(names.size());
    for (int i = 0; i < names.size() - 1 && !disqualified; i++) {
      Plain label = labels.child(names.get(i));
      String threshold = i >= position && label.has("leave") ? "leave" : "enter";
      if (total >= points(label.text(threshold)) && when(label)) {
        return Optional.of(names.get(i));
      }
    }
    return Optional.of(names.getLast());
  }

  // Segments

  Optional<String> segment(Optional<String> label) {
    Plain segments = spec.childOrEmpty("segments");
    return segments.keys().stream()
        .filter(name -> !disqualified)
        .filter(name -> isFor(segments.child(name), label))
        .filter(name -> when(segments.child(name)))
        .findFirst();
  }

  private static boolean isFor(Plain segment, Optional<String> label) {
    return !segment.has("label") || segment.maybe("label").equals(label);
  }

  // Conditions on points

  private boolean when(Plain holder) {
    return holder.maybe("when").map(this::holds).orElse(true);
  }

  boolean holds(String condition) {
    Deque<String> tokens =
        new ArrayDeque<>(TOKEN.matcher(condition).results().map(MatchResult::group).toList());
    boolean holds = either(tokens);
    if (!tokens.isEmpty()) {
      throw new IllegalArgumentException(tokens + " is left of " + condition);
    }
    return holds;
  }

  private boolean either(Deque<String> tokens) {
    List<Boolean> parts = new ArrayList<>(List.of(both(tokens)));
    while ("or".equals(tokens.peek())) {
      tokens.remove();
      parts.add(both(tokens));
    }
    return parts.contains(true);
  }

  private boolean both(Deque<String> tokens) {
    List<Boolean> parts = new ArrayList<>(List.of(one(tokens)));
    while ("and".equals(tokens.peek())) {
      tokens.remove();
      parts.add(one(tokens));
    }
    return !parts.contains(false);
  }

  private boolean one(Deque<String> tokens) {
    String name = tokens.remove();
    if (name.equals("(")) {
      boolean inner = either(tokens);
      tokens.remove();
      return inner;
    }
    String sign = tokens.remove();
    String bound = tokens.remove();
    int difference =
        name.equals("grade")
            ? Integer.compare(ladder().indexOf(grade().orElseThrow()), ladder().indexOf(bound))
            : Long.compare(pointsOf(name), points(bound));
    return switch (sign) {
      case ">=" -> difference >= 0;
      case ">" -> difference > 0;
      case "<=" -> difference <= 0;
      case "<" -> difference < 0;
      default -> throw new IllegalArgumentException("no comparison: " + sign);
    };
  }

  private long pointsOf(String name) {
    if (name.equals("total")) {
      return total;
    }
    return Optional.ofNullable(dimensions.get(name)).orElseThrow();
  }
}
