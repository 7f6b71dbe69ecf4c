package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.crm.salesforce.ToldRecord.UnreadableException;
import io.leadgauge.model.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the fields of a record out of JSON. A part of a compound field has an API name of its own:
 * {@code Name.LastName} is {@code LastName}, {@code MailingAddress.Street} is {@code
 * MailingStreet}, {@code Site__c.Latitude} is {@code Site__Latitude__s}.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/compound_fields.htm">compound
 *     fields, read November 2026</a>
 */
final class JsonFields {
  private static final String NAME = "Name";
  private static final String ADDRESS = "Address";
  private static final String CUSTOM = "__c";
  private static final String CUSTOM_PART = "__s";

  /** More decimal places than any number of Salesforce has. */
  private static final int MOST_PLACES = 64;

  private JsonFields() {}

  /**
   * Returns the text of each field that is there, empty for null; parts by their own names. What is
   * no value, such as a related record, is passed over.
   *
   * @throws UnreadableException if a name is none of a field
   */
  static SortedMap<String, String> of(JsonNode record) throws UnreadableException {
    SortedMap<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (name.startsWith(Fact.Assigned.RESERVED)) {
        throw new UnreadableException("a field has no name of a field");
      }
      if (value.isValueNode()) {
        fields.put(name, text(value));
      } else if (value.isObject() && !value.has("attributes")) {
        for (Map.Entry<String, JsonNode> part : value.properties()) {
          apiName(name, part.getKey())
              .filter(api -> part.getValue().isValueNode() && !record.has(api))
              .ifPresent(api -> fields.put(api, text(part.getValue())));
        }
      }
    }
    return fields;
  }

  /** Returns the API name of a part of a compound field; empty if the field is not compound. */
  static Optional<String> apiName(String compound, String part) {
    if (part.isEmpty()) {
      return Optional.empty();
    }
    String name = Character.toUpperCase(part.charAt(0)) + part.substring(1);
    if (compound.equals(NAME)) {
      return Optional.of(name);
    }
    if (compound.endsWith(ADDRESS)) {
      return Optional.of(without(compound, ADDRESS.length()) + name);
    }
    return compound.endsWith(CUSTOM)
        ? Optional.of(without(compound, 1) + name + CUSTOM_PART)
        : Optional.empty();
  }

  private static String without(String name, int last) {
    return name.substring(0, name.length() - last);
  }

  /** Returns a single value as text: empty for null, a number with all its digits. */
  static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isBigDecimal() && Math.abs(value.decimalValue().scale()) <= MOST_PLACES) {
      return value.decimalValue().toPlainString();
    }
    return RowText.inUtc(PlainText.storable(value.asText()));
  }
}
