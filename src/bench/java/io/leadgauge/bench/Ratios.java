package io.leadgauge.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** The result of one run as ratios to Java by hand in the same run. */
final class Ratios {
  private Ratios() {}

  /** Returns a table; without Java by hand in the run it has no ratios. */
  static String text(Collection<RunResult> results) {
    TreeMap<String, Double> scores = new TreeMap<>();
    results.forEach(
        result -> scores.put(name(result.getParams()), result.getPrimaryResult().getScore()));
    StringBuilder text =
        new StringBuilder("\ncontacts per second, and as a ratio to Java by hand\n");
    scores.forEach((name, score) -> text.append(line(name, score, anchor(scores, name))));
    return text.toString();
  }

  private static double anchor(TreeMap<String, Double> scores, String name) {
    return scores.getOrDefault(name.contains("Raw") ? "handRaw" : "hand", Double.NaN);
  }

  private static String line(String name, double score, double anchor) {
    return String.format(Locale.ROOT, "%-34s %,12.0f %8.3f%n", name, score, score / anchor);
  }

  private static String name(BenchmarkParams params) {
    StringBuilder name = new StringBuilder(params.getBenchmark().replaceAll(".*\\.", ""));
    params.getParamsKeys().forEach(key -> name.append(' ').append(params.getParam(key)));
    return name.toString().replace("true", "grouped").replace("false", "").strip();
  }
}
