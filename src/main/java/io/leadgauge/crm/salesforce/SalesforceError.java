package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import java.util.ArrayList;
import java.util.List;

/**
 * One error that Salesforce tells. Of a whole call it tells them in an array or bare, under {@code
 * errorCode}; of one record under {@code statusCode}; of a login under {@code error}.
 *
 * @param code such as {@code UNABLE_TO_LOCK_ROW}; empty if not told
 * @param message the words for people, bounded in length
 * @param fields the fields that are to blame; copied
 */
record SalesforceError(String code, String message, List<String> fields) {
  /** An answer without an error in it. */
  static final SalesforceError NONE = new SalesforceError("", "", List.of());

  SalesforceError {
    fields = List.copyOf(fields);
  }

  /** Reads the first error of a body; {@link #NONE} if there is none. */
  static SalesforceError of(JsonNode body) {
    List<SalesforceError> all = all(body);
    return all.isEmpty() ? NONE : all.getFirst();
  }

  /** Reads the errors of an array, or the bare one. */
  static List<SalesforceError> all(JsonNode errors) {
    List<SalesforceError> all = new ArrayList<>();
    if (errors.isObject()) {
      all.add(one(errors));
    }
    for (JsonNode error : errors.isArray() ? errors : Json.object()) {
      all.add(one(error));
    }
    return all;
  }

  private static SalesforceError one(JsonNode node) {
    return new SalesforceError(
        first(node, "errorCode", "statusCode", "error"),
        PlainText.shown(first(node, "message", "error_description")),
        Json.texts(node, "fields"));
  }

  private static String first(JsonNode node, String... names) {
    for (String name : names) {
      String text = Json.text(node, name);
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  /** Returns the message with the code, for people. */
  String words() {
    String said = message.isEmpty() ? "Salesforce gave no reason" : message;
    return code.isEmpty() ? said : said + " (" + PlainText.shown(code) + ")";
  }
}
