package io.leadgauge.cli;

import io.leadgauge.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real leads of a school, turned into contacts. They stand beside the project, never in it. */
final class Leads {
  private static final int A_FEW = 300;

  /** The lead file's column of each property. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "occupation", "What is your current occupation",
          "lead_origin", "Lead Origin",
          "lead_source", "Lead Source",
          "country", "Country",
          "seconds_on_site", "Total Time Spent on Website",
          "visits", "TotalVisits",
          "do_not_email", "Do Not Email");

  private Leads() {}

  /**
   * Returns a contact for each lead; what the visitor left alone is missing. {@code -Dleads=200}
   * takes the first of them; unless told all in CI, and {@value #A_FEW} elsewhere.
   */
  static List<Map<String, String>> read() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Shared.path("data/x-education/leads_train.csv"))) {
      rows.add(cells(line));
    }
    List<String> head = rows.removeFirst();
    List<Map<String, String>> contacts = new ArrayList<>();
    for (List<String> row : rows) {
      contacts.add(contact(head, row));
    }
    boolean all = "true".equals(System.getenv("CI"));
    int leads = Integer.getInteger("leads", all ? contacts.size() : A_FEW);
    return contacts.subList(0, leads);
  }

  private static Map<String, String> contact(List<String> head, List<String> row) {
    Map<String, String> properties = new HashMap<>();
    properties.put("email", "lead-" + row.get(head.indexOf("Lead Number")) + "@school.example");
    COLUMNS.forEach(
        (property, column) -> {
          String value = row.get(head.indexOf(column));
          if (!value.isEmpty() && !value.equals("Select")) {
            properties.put(property, value);
          }
        });
    return properties;
  }

  /** Splits a line of comma-separated values with quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
