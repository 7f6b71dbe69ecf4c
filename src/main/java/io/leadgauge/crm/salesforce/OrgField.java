package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.TypeFit;
import io.leadgauge.crm.rest.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object, as the object's description tells it to our user.
 *
 * @param name its API name
 * @param label what people call it
 * @param type Salesforce's own word, such as {@code double}, {@code string}, {@code picklist}
 * @param length the most characters that it takes; 0 for a type that has no such bound
 * @param digits the most digits before the decimal point; 0 for what is no number
 * @param updateable whether our user may change it
 * @param externalId whether records can be found by it from outside
 * @param unique whether no two records have it alike
 * @param restricted whether it takes its active options alone
 * @param options the active values of a picklist, in the org's order; copied
 */
record OrgField(
    String name,
    String label,
    String type,
    int length,
    int digits,
    boolean updateable,
    boolean externalId,
    boolean unique,
    boolean restricted,
    List<String> options) {
  OrgField {
    options = List.copyOf(options);
  }

  /** What a field holds, as far as JSON tells values apart. */
  enum Kind {
    NUMBER,
    TRUTH,
    TEXT
  }

  /** Reads a field of a description; null if it has no name. */
  static @Nullable OrgField of(JsonNode node) {
    String name = Json.text(node, "name");
    String type = Json.text(node, "type");
    if (name == null || type == null) {
      return null;
    }
    List<String> options = new ArrayList<>();
    for (JsonNode option : Json.items(node, "picklistValues")) {
      String value = Json.text(option, "value");
      if (value != null && option.path("active").asBoolean()) {
        options.add(value);
      }
    }
    String label = Json.text(node, "label");
    return new OrgField(
        name,
        label == null ? name : label,
        type,
        node.path("length").asInt(),
        digits(node),
        node.path("updateable").asBoolean(),
        node.path("externalId").asBoolean(),
        node.path("unique").asBoolean(),
        node.path("restrictedPicklist").asBoolean(),
        options);
  }

  /** Of whole numbers an org tells the digits, of others the precision, behind the point too. */
  private static int digits(JsonNode node) {
    int whole = node.path("digits").asInt();
    return whole > 0 ? whole : node.path("precision").asInt() - node.path("scale").asInt();
  }

  /** Tells whether it was made in the org, or came with a package. */
  boolean isCustom() {
    return name.endsWith("__c");
  }

  /** Tells whether it takes a text of its own, up to its length. */
  boolean isText() {
    return defined().kind() == TypeFit.Kind.TEXT && !type.equals("reference") && !type.equals("id");
  }

  /** Returns what a model can make of it. */
  TypeFit.Defined defined() {
    TypeFit.Kind kind =
        switch (type) {
          case "int", "long", "double", "currency", "percent" -> TypeFit.Kind.NUMBER;
          case "picklist", "multipicklist" -> TypeFit.Kind.CHOICE;
          case "boolean" -> TypeFit.Kind.TRUTH;
          case "date", "datetime" -> TypeFit.Kind.DATE;
          case "address", "location", "base64", "complexvalue" -> TypeFit.Kind.OTHER;
          default -> TypeFit.Kind.TEXT;
        };
    return new TypeFit.Defined(kind, type, options);
  }

  Kind kind() {
    return switch (type) {
      case "int", "long", "double", "currency", "percent" -> Kind.NUMBER;
      case "boolean" -> Kind.TRUTH;
      default -> Kind.TEXT;
    };
  }
}
