package io.leadgauge.bench;

import java.util.List;

/**
 * What a figure was in several rounds.
 *
 * @param rounds one value a round, in their order; not empty
 */
public record Spread(List<Double> rounds) {
  public Spread {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no round was measured");
    }
    rounds = List.copyOf(rounds);
  }

  private List<Double> sorted() {
    return rounds.stream().sorted().toList();
  }

  public double least() {
    return sorted().getFirst();
  }

  public double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double most() {
    return sorted().getLast();
  }
}
