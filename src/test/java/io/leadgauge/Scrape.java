package io.leadgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer of {@code /metrics}, read as strictly as OpenMetrics 1.0 says: families in one piece
 * each, with type and help; names of samples by type; labels escaped; no sample twice; the end
 * marked.
 */
public final class Scrape {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");
  private static final Map<String, Set<String>> SUFFIXES =
      Map.of(
          "counter", Set.of("_total", "_created"),
          "gauge", Set.of(""),
          "unknown", Set.of(""),
          "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
          "summary", Set.of("", "_count", "_sum", "_created"));

  /**
   * One number.
   *
   * @param name the sample's, with its suffix
   */
  public record Sample(String name, SortedMap<String, String> labels) {}

  private final Map<Sample, Double> samples = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> helped = new HashSet<>();
  private String family = "";

  private Scrape() {}

  public static Scrape of(String text) {
    assertThat(text).endsWith("# EOF\n");
    Scrape scrape = new Scrape();
    List<String> lines = text.lines().toList();
    for (String line : lines.subList(0, lines.size() - 1)) {
      scrape.read(line);
    }
    assertThat(scrape.helped).as("families with help").isEqualTo(scrape.types.keySet());
    return scrape;
  }

  private void read(String line) {
    if (line.startsWith("# TYPE ")) {
      String[] part = line.split(" ", 4);
      assertThat(part).as(line).hasSize(4);
      assertThat(types.put(part[2], part[3])).as("a family in one piece: " + line).isNull();
      assertThat(SUFFIXES).as(line).containsKey(part[3]);
      family = part[2];
    } else if (line.startsWith("# HELP ")) {
      String[] part = line.split(" ", 4);
      assertThat(part).as(line).hasSize(4);
      assertThat(part[3]).as(line).isNotBlank();
      assertThat(helped.add(part[2])).as("help once: " + line).isTrue();
    } else if (line.startsWith("# UNIT ")) {
      String[] part = line.split(" ", 4);
      assertThat(part[2]).as(line).endsWith("_" + part[3]);
    } else {
      readSample(line);
    }
  }

  private void readSample(String line) {
    assertThat(line).doesNotStartWith("#").isNotBlank();
    int brace = line.indexOf('{');
    int end = brace < 0 ? line.indexOf(' ') : line.lastIndexOf("} ") + 1;
    String name = line.substring(0, brace < 0 ? end : brace);
    assertThat(name).as(line).matches(NAME);
    assertThat(name).as("within its family: " + line).startsWith(family);
    assertThat(Found.in(SUFFIXES, Found.in(types, family)))
        .as(line)
        .contains(name.substring(family.length()));
    SortedMap<String, String> labels =
        brace < 0 ? new TreeMap<>() : parsed(line.substring(brace + 1, end - 1));
    double value =
        Double.parseDouble(line.substring(end + 1).split(" ", 2)[0].replace("+Inf", "Infinity"));
    assertThat(samples.put(new Sample(name, labels), value)).as("once: " + line).isNull();
  }

  private static SortedMap<String, String> parsed(String text) {
    SortedMap<String, String> labels = new TreeMap<>();
    Matcher matcher = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      assertThat(matcher.find(at) && matcher.start() == at).as("labels: " + text).isTrue();
      assertThat(labels.put(matcher.group(1), matcher.group(2))).as(text).isNull();
      at = matcher.end();
    }
    return labels;
  }

  /** Returns the names of the families as a query uses them: counters end in {@code _total}. */
  public Set<String> families() {
    Set<String> names = new HashSet<>();
    types.forEach((name, type) -> names.add(type.equals("counter") ? name + "_total" : name));
    return names;
  }

  /** Returns the names of the labels of a family, but for the bounds of buckets. */
  public Set<String> labels(String family) {
    String start = family.endsWith("_total") ? family.substring(0, family.length() - 6) : family;
    Set<String> names = new HashSet<>();
    samples.keySet().stream()
        .filter(sample -> sample.name().startsWith(start))
        .filter(
            sample ->
                SUFFIXES.values().stream()
                    .anyMatch(all -> all.contains(sample.name().substring(start.length()))))
        .forEach(sample -> names.addAll(sample.labels().keySet()));
    names.remove("le");
    return names;
  }

  public Map<Sample, Double> samples() {
    return samples;
  }

  /** Returns all values that a label has. */
  public Set<String> values(String label) {
    Set<String> values = new HashSet<>();
    samples.keySet().forEach(sample -> values.add(sample.labels().getOrDefault(label, "-")));
    return values;
  }

  /**
   * Returns the sum of the samples of a name that have these labels.
   *
   * @param labels names and values in turn
   */
  public long sum(String name, String... labels) {
    double sum = 0;
    for (Map.Entry<Sample, Double> one : samples.entrySet()) {
      if (one.getKey().name().equals(name) && has(one.getKey(), labels)) {
        sum += one.getValue();
      }
    }
    return Math.round(sum);
  }

  private static boolean has(Sample sample, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
        return false;
      }
    }
    return true;
  }

  /** Returns what has fallen since an earlier look of the same process, or is below 0. */
  public List<String> wrong(Scrape earlier) {
    List<String> wrong = new ArrayList<>();
    samples.forEach(
        (sample, value) -> {
          boolean isCounter = sample.name().endsWith("_total") || sample.name().endsWith("_count");
          if (value < 0 && !sample.name().equals("crm_calls_left_today")) {
            wrong.add(sample + " is " + value);
          }
          if (isCounter && !isGauge(sample) && value < earlier.samples.getOrDefault(sample, 0.0)) {
            wrong.add(sample + " has fallen to " + value);
          }
        });
    return wrong;
  }

  /** A gauge of something that is called a total. */
  private boolean isGauge(Sample sample) {
    return "gauge".equals(types.get(sample.name()));
  }
}
