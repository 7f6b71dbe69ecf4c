package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.PlainText;
import java.util.regex.Pattern;

/** The values of a row as text, as messages write the same values. */
final class RowText {
  private static final Pattern INSTANT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}\\+0000");
  private static final int ZONE = 5;

  private RowText() {}

  /** Returns a field's value; empty text for none. */
  static String of(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isValueNode()) {
      return PlainText.storable(value.toString());
    }
    return inUtc(PlainText.storable(value.asText()));
  }

  /** Returns a value as it is, but for an instant, of which the zone is written as messages do. */
  static String inUtc(String text) {
    return INSTANT.matcher(text).matches() ? text.substring(0, text.length() - ZONE) + "Z" : text;
  }
}
