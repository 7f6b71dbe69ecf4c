package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.TypeFit.Defined;
import io.leadgauge.crm.TypeFit.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of an object as our user sees it: one that field-level security hides is not described at
 * all.
 *
 * @param name its API name
 * @param type what it holds, such as {@code picklist}
 * @param length the most characters that it holds; 0 for what is no text
 * @param digits the most digits before the decimal point; 0 for what is no number
 * @param values what a picklist offers, in its order; copied
 * @param restricted whether a picklist takes nothing else
 * @param updateable whether our user may change it
 * @param keyed whether records are found by it and no two have it alike
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm">Salesforce:
 *     describe, version 67.0</a>
 */
record DescribedField(
    String name,
    String type,
    int length,
    int digits,
    List<String> values,
    boolean restricted,
    boolean updateable,
    boolean keyed) {
  DescribedField {
    values = List.copyOf(values);
  }

  /** Reads a field of a describe. */
  static DescribedField of(JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : node.path("picklistValues")) {
      if (value.path("active").asBoolean(true)) {
        values.add(value.path("value").asText());
      }
    }
    int whole = node.path("digits").asInt();
    return new DescribedField(
        node.path("name").asText(),
        node.path("type").asText(),
        node.path("length").asInt(),
        whole > 0 ? whole : node.path("precision").asInt() - node.path("scale").asInt(),
        values,
        node.path("restrictedPicklist").asBoolean(),
        node.path("updateable").asBoolean(),
        node.path("externalId").asBoolean() && node.path("unique").asBoolean());
  }

  /** Tells whether the field was made in this org, or came with a package. */
  boolean isCustom() {
    return name.endsWith("__c");
  }

  /** Returns what it holds. */
  Defined defined() {
    return new Defined(kind(), type, values);
  }

  private Kind kind() {
    return switch (type) {
      case "int", "long", "double", "currency", "percent" -> Kind.NUMBER;
      case "picklist", "multipicklist" -> Kind.CHOICE;
      case "boolean" -> Kind.TRUTH;
      case "date", "datetime" -> Kind.DATE;
      case "address", "location", "base64", "complexvalue" -> Kind.OTHER;
      default -> Kind.TEXT;
    };
  }

  /** Tells whether it holds text of any kind. */
  boolean isText() {
    return kind() == Kind.TEXT && !type.equals("reference") && !type.equals("id");
  }

  /** Tells whether it holds a number. */
  boolean isNumber() {
    return kind() == Kind.NUMBER;
  }
}
