package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as people and as programs read them. */
final class FindingsTable {
  private static final int VERDICT = 8;
  private static final int WIDEST_SUBJECT = 32;
  private static final int LEAST_DETAIL = 24;
  private static final String GAP = "  ";
  private static final String CURE = "→ ";

  private final List<Finding> findings;
  private final int width;
  private final boolean colour;

  FindingsTable(List<Finding> findings, int width, boolean colour) {
    this.findings = List.copyOf(findings);
    this.width = width;
    this.colour = colour;
  }

  /**
   * Prints findings as JSON, or as a table with a verdict below it.
   *
   * @param connection whose they are
   */
  static void print(
      String connection, List<Finding> findings, String verdict, Format format, Terminal terminal) {
    switch (format) {
      case JSON -> terminal.out().println(json(connection, findings).toPrettyString());
      case TEXT -> {
        new FindingsTable(findings, terminal.width(), terminal.colour())
            .lines()
            .forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println(verdict);
      }
    }
  }

  /** Returns the worst verdict of findings; good where there are none. */
  static Verdict worst(List<Finding> findings) {
    return findings.stream()
        .map(Finding::verdict)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.OK);
  }

  /** Returns how many findings have a verdict. */
  static int count(List<Finding> findings, Verdict verdict) {
    return Math.toIntExact(
        findings.stream().filter(finding -> finding.verdict() == verdict).count());
  }

  /** Counts what is wrong in words: {@code 2 problems, 1 not known}. */
  static String wrong(List<Finding> findings) {
    int problems = count(findings, Verdict.PROBLEM);
    int unknown = count(findings, Verdict.UNKNOWN);
    if (problems == 0) {
      return unknown + " not known";
    }
    return Tally.counted(problems, "problem") + (unknown == 0 ? "" : ", " + unknown + " not known");
  }

  /** Returns findings for programs. */
  static ObjectNode json(String connection, List<Finding> findings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("connection", connection);
    json.put("verdict", worst(findings).word());
    ArrayNode list = json.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode one = list.addObject();
      one.put("area", finding.area()).put("subject", finding.subject());
      one.put("verdict", finding.verdict().word()).put("detail", finding.detail());
      one.put("cure", finding.cure().isEmpty() ? null : finding.cure());
    }
    return json;
  }

  /** Returns the lines of the table: a heading for each area, a cure below what needs one. */
  List<String> lines() {
    Map<String, List<Finding>> areas = new LinkedHashMap<>();
    for (Finding finding : findings) {
      areas.computeIfAbsent(finding.area(), area -> new ArrayList<>()).add(finding);
    }
    List<String> lines = new ArrayList<>();
    areas.forEach(
        (area, within) -> {
          lines.add(Style.STRONG.of(area, colour));
          within.forEach(finding -> lines.addAll(row(finding)));
        });
    return lines;
  }

  private List<String> row(Finding finding) {
    int subjects = subjectWidth();
    String lead = GAP + pad(finding.verdict().word(), VERDICT) + GAP;
    int indent = lead.length() + subjects + GAP.length();
    boolean narrow = width - indent < LEAST_DETAIL;
    int left = narrow ? lead.length() : indent;
    List<String> lines = new ArrayList<>();
    String first =
        GAP
            + style(finding.verdict()).of(pad(finding.verdict().word(), VERDICT), colour)
            + GAP
            + pad(finding.subject(), subjects);
    List<String> details = wrapped(finding.detail(), width - left);
    boolean beside = !narrow && finding.subject().length() <= subjects && !details.isEmpty();
    lines.add((beside ? first + GAP + details.getFirst() : first).stripTrailing());
    for (String detail : details.subList(beside ? 1 : 0, details.size())) {
      lines.add(" ".repeat(left) + detail);
    }
    String mark = CURE;
    for (String cure : wrapped(finding.cure(), width - left - CURE.length())) {
      lines.add(" ".repeat(left) + Style.STRONG.of(mark + cure, colour));
      mark = " ".repeat(CURE.length());
    }
    return lines;
  }

  private int subjectWidth() {
    return findings.stream()
        .mapToInt(finding -> finding.subject().length())
        .filter(length -> length <= WIDEST_SUBJECT)
        .max()
        .orElse(1);
  }

  private static Style style(Verdict verdict) {
    return switch (verdict) {
      case OK, DONE -> Style.GOOD;
      case PLANNED, UNKNOWN -> Style.FAINT;
      case WARNING -> Style.DOUBTFUL;
      case PROBLEM -> Style.BAD;
    };
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  /** Breaks text between words; a word that is longer than a line stands alone in one. */
  private static List<String> wrapped(String text, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
