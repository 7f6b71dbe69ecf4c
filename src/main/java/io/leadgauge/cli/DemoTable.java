package io.leadgauge.cli;

import io.leadgauge.cli.DemoCrm.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of a demo: what a morning did to its contacts, as it stands in the CRM. */
final class DemoTable {
  private static final String LINE = "  %-16s %6s %6s  %-6s %-8s %-14s %s";
  private static final int REASONS_FROM = 68;
  private static final int LEAST_REASONS = 24;

  private final int width;
  private final boolean colour;

  DemoTable(int width, boolean colour) {
    this.width = width;
    this.colour = colour;
  }

  /** Returns the lines of the table, those that changed most first. */
  List<String> lines(
      Map<String, Row> before, Map<String, Row> after, Map<String, String> happened) {
    List<String> lines = new ArrayList<>();
    String head =
        LINE.formatted(
            "contact", "before", "after", "grade", "label", "stage", wide() ? "why" : "");
    lines.add(Style.FAINT.of(head.stripTrailing(), colour));
    for (String email : happened.keySet()) {
      Row now = after.get(email);
      Row then = before.get(email);
      if (now != null && then != null) {
        lines.addAll(row(then, now));
      }
    }
    return lines;
  }

  private boolean wide() {
    return width >= REASONS_FROM + LEAST_REASONS;
  }

  private List<String> row(Row then, Row now) {
    List<String> reasons = wrapped(now.reasons());
    String first = wide() && !reasons.isEmpty() ? reasons.getFirst() : "";
    List<String> lines = new ArrayList<>();
    String line =
        LINE.formatted(
            cut(now.name(), 16),
            then.score(),
            now.score(),
            now.grade(),
            now.label(),
            cut(now.stage(), 14),
            first);
    lines.add(Style.STRONG.of(line.stripTrailing(), colour));
    String indent = " ".repeat(wide() ? REASONS_FROM : 4);
    for (String reason :
        wide() ? reasons.subList(Math.min(1, reasons.size()), reasons.size()) : reasons) {
      lines.add(Style.FAINT.of(indent + reason, colour));
    }
    return lines;
  }

  /** Breaks the reasons at their semicolons, and cuts what is still too long. */
  private List<String> wrapped(String reasons) {
    int room = wide() ? width - REASONS_FROM : width - 4;
    List<String> lines = new ArrayList<>();
    if (!reasons.isEmpty()) {
      for (String reason : List.of(reasons.split("; ", -1))) {
        lines.add(cut(reason, room));
      }
    }
    return lines;
  }

  private static String cut(String text, int room) {
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }
}
