package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.RestAnswer.Answered;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a bulk job's results, put into the shape of a query's answer: {@code records}, and
 * {@code locator} where the next page begins, empty after the last.
 */
final class BulkPage {
  static final String LOCATOR = "locator";

  private BulkPage() {}

  /** Reads a table whose first line has the names; null if it is none. */
  static @Nullable JsonNode of(Answered answer) {
    List<List<String>> lines = Csv.read(answer.body().toString(StandardCharsets.UTF_8));
    if (lines == null || lines.isEmpty()) {
      return null;
    }
    List<String> names = lines.getFirst();
    ObjectNode page = Json.object();
    ArrayNode records = page.putArray("records");
    for (List<String> line : lines.subList(1, lines.size())) {
      if (line.size() != names.size()) {
        return null;
      }
      ObjectNode record = records.addObject();
      for (int column = 0; column < names.size(); column++) {
        record.put(names.get(column), line.get(column));
      }
    }
    String locator = answer.header("Sforce-Locator");
    return page.put(LOCATOR, locator == null || locator.equals("null") ? "" : locator);
  }
}
