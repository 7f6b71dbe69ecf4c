package io.leadgauge.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The result of one run: contacts per second of processor time, and as ratios to Java by hand. */
final class Ratios {
  private static final double SECOND = 1e9;

  private Ratios() {}

  /** Returns a table; without Java by hand in the run it has no ratios. */
  static String text(Collection<RunResult> results) {
    Map<String, Double> scores = new TreeMap<>();
    for (RunResult result : results) {
      Result<?> each = result.getSecondaryResults().get(CpuTime.NAME);
      if (each != null) {
        scores.put(name(result.getParams()), SECOND / each.getScore());
      }
    }
    StringBuilder text =
        new StringBuilder("\nContacts per second of a core; ratio to Java by hand\n");
    scores.forEach((name, score) -> text.append(line(name, score, anchor(scores, name))));
    return text.toString();
  }

  private static double anchor(Map<String, Double> scores, String name) {
    return scores.getOrDefault(name.contains("Raw") ? "handRaw" : "hand", Double.NaN);
  }

  private static String line(String name, double score, double anchor) {
    return String.format(Locale.ROOT, "%-34s %,12.0f %8.3f%n", name, score, score / anchor);
  }

  private static String name(BenchmarkParams params) {
    StringBuilder name = new StringBuilder(params.getBenchmark().replaceAll(".*\\.", ""));
    params.getParamsKeys().forEach(key -> name.append(' ').append(params.getParam(key)));
    return name.toString().replace(" true", " grouped").replace(" false", "");
  }
}
