package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a field, by the names that describe gives them. Values are kept as text in one form:
 * that of SOAP, with date-times in UTC and a decimal point in every double.
 */
enum FieldType {
  ID("tns:ID"),
  REFERENCE("tns:ID"),
  STRING("xsd:string"),
  TEXTAREA("xsd:string"),
  EMAIL("xsd:string"),
  PHONE("xsd:string"),
  URL("xsd:string"),
  PICKLIST("xsd:string"),
  BOOLEAN("xsd:boolean"),
  INT("xsd:int"),
  DOUBLE("xsd:double"),
  CURRENCY("xsd:double"),
  PERCENT("xsd:double"),
  DATE("xsd:date"),
  DATETIME("xsd:dateTime"),
  ADDRESS("urn:address");

  private static final DateTimeFormatter STORED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String soapType;

  FieldType(String soapType) {
    this.soapType = soapType;
  }

  static Optional<FieldType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String soapType() {
    return soapType;
  }

  boolean isNumber() {
    return switch (this) {
      case INT, DOUBLE, CURRENCY, PERCENT -> true;
      case ID, REFERENCE, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> false;
      case BOOLEAN, DATE, DATETIME, ADDRESS -> false;
    };
  }

  /** Whether values stand in quotes in a query. */
  boolean isText() {
    return switch (this) {
      case ID, REFERENCE, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> true;
      case INT, DOUBLE, CURRENCY, PERCENT, BOOLEAN, DATE, DATETIME, ADDRESS -> false;
    };
  }

  /** Whether a query can filter and sort by it. */
  boolean isFilterable() {
    return this != TEXTAREA && this != ADDRESS;
  }

  /** The instant as it is kept: in whole seconds, as Salesforce stores it. */
  static String stored(long epochMillis) {
    return STORED.format(Instant.ofEpochMilli(Math.floorDiv(epochMillis, 1000L) * 1000));
  }

  /** What is kept of a value that is written; empty where it is nothing of this type. */
  Optional<String> read(JsonNode value) {
    if (value.isContainerNode()) {
      return Optional.empty();
    }
    String text = value.asText();
    return switch (this) {
      case BOOLEAN -> Optional.of(text).filter(word -> word.matches("true|false"));
      case INT -> number(text).filter(number -> number.scale() <= 0).map(BigDecimal::toPlainString);
      case DOUBLE, CURRENCY, PERCENT -> number(text).map(FieldType::withPoint);
      case DATE -> date(text);
      case DATETIME -> dateTime(text);
      case ADDRESS -> Optional.empty();
      case ID, REFERENCE, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST ->
          Optional.of(text).filter(any -> value.isTextual() || value.isNumber());
    };
  }

  /** Writes what is kept into an answer of the REST API. */
  void write(ObjectNode node, String name, String stored) {
    switch (this) {
      case BOOLEAN -> node.put(name, stored.equals("true"));
      case INT -> node.put(name, Long.parseLong(stored));
      case DOUBLE, CURRENCY, PERCENT -> node.put(name, new BigDecimal(stored));
      case DATETIME -> node.put(name, stored.replace("Z", "+0000"));
      case ID, REFERENCE, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST, DATE, ADDRESS ->
          node.put(name, stored);
    }
  }

  /** Puts two kept values in order; text without regard to case, but for ids. */
  int compare(String one, String other) {
    return switch (this) {
      case INT, DOUBLE, CURRENCY, PERCENT -> new BigDecimal(one).compareTo(new BigDecimal(other));
      case ID, REFERENCE, BOOLEAN, DATE, DATETIME, ADDRESS -> one.compareTo(other);
      case STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> one.compareToIgnoreCase(other);
    };
  }

  /** A kept value in a form that is the same for all values that compare as equal. */
  String comparable(String stored) {
    return switch (this) {
      case INT, DOUBLE, CURRENCY, PERCENT ->
          new BigDecimal(stored).stripTrailingZeros().toPlainString();
      case ID, REFERENCE, BOOLEAN, DATE, DATETIME, ADDRESS -> stored;
      case STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> stored.toLowerCase(Locale.ROOT);
    };
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("[+-]?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** A number as doubles are kept: with a decimal point. */
  static String withPoint(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return (plain.scale() < 1 ? plain.setScale(1) : plain).toPlainString();
  }

  private static Optional<String> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> dateTime(String text) {
    try {
      String colon = text.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
      return Optional.of(stored(OffsetDateTime.parse(colon).toInstant().toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
