package io.leadgauge.sandbox.salesforce;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.node.TextNode;
import io.leadgauge.sandbox.salesforce.Soql.Literal;
import java.util.Optional;

/** A value in a query, for a field of a type: text stands in quotes, everything else does not. */
record SoqlValue(String field, FieldType type, Literal literal) {

  /** The value as it is kept. */
  String stored() {
    boolean quoted = literal.kind() == SoqlToken.Kind.STRING;
    if (quoted != type.isText() || !fits()) {
      throw Refused.of(
          400,
          "INVALID_FIELD",
          "value of filter criterion for field '%s' must be of type %s and should%s be enclosed in quotes"
              .formatted(field, shownType(), type.isText() ? "" : " not"));
    }
    return switch (type) {
      case ID, REFERENCE ->
          RecordId.read(literal.text())
              .orElseThrow(
                  () ->
                      Refused.of(
                          400,
                          "INVALID_QUERY_FILTER_OPERATOR",
                          "invalid ID field: " + literal.text()));
      case STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> literal.text();
      case BOOLEAN, INT, DOUBLE, CURRENCY, PERCENT, DATE, DATETIME, ADDRESS ->
          read().orElse(literal.text());
    };
  }

  private boolean fits() {
    return switch (type) {
      case DATETIME -> literal.kind() == SoqlToken.Kind.DATETIME && read().isPresent();
      case DATE -> literal.kind() == SoqlToken.Kind.DATE && read().isPresent();
      case INT, DOUBLE, CURRENCY, PERCENT -> literal.kind() == SoqlToken.Kind.NUMBER;
      case BOOLEAN -> literal.kind() == SoqlToken.Kind.WORD;
      case ID, REFERENCE, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> true;
      case ADDRESS -> false;
    };
  }

  private Optional<String> read() {
    String text = type == FieldType.BOOLEAN ? literal.text().toLowerCase(ROOT) : literal.text();
    return type == FieldType.INT ? Optional.of(text) : type.read(TextNode.valueOf(text));
  }

  private String shownType() {
    String soap = type.soapType();
    return type.isText() ? "string" : soap.substring(soap.indexOf(':') + 1);
  }
}
