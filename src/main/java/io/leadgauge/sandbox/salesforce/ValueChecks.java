package io.leadgauge.sandbox.salesforce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether values fit the fields they are for. Numbers are rounded to the scale of their field. */
final class ValueChecks {
  private final Org org;
  private final SObject object;
  private final String ownId;

  /**
   * @param ownId the record that they are for; empty for a new one
   */
  ValueChecks(Org org, SObject object, String ownId) {
    this.org = org;
    this.object = object;
    this.ownId = ownId;
  }

  /** Ends with the first value that does not fit. */
  void check(Map<String, String> values) {
    values.replaceAll(
        (name, value) -> {
          Field field = object.find(name).orElseThrow();
          return value.isEmpty() ? value : checked(field, value);
        });
  }

  private String checked(Field field, String value) {
    return switch (field.type()) {
      case INT, DOUBLE, CURRENCY, PERCENT -> number(field, value);
      case REFERENCE, ID -> reference(field, value);
      case PICKLIST -> choice(field, value);
      case EMAIL -> email(field, value);
      case STRING, TEXTAREA, PHONE, URL -> text(field, value);
      case BOOLEAN, DATE, DATETIME, ADDRESS -> value;
    };
  }

  private static String number(Field field, String value) {
    BigDecimal rounded = new BigDecimal(value).setScale(field.scale(), RoundingMode.HALF_UP);
    if (rounded.precision() - rounded.scale() > field.precision() - field.scale()) {
      throw wrong(
          "NUMBER_OUTSIDE_VALID_RANGE",
          field,
          field.label() + ": value outside of valid range on numeric field: " + value);
    }
    return field.type() == FieldType.INT ? rounded.toPlainString() : FieldType.withPoint(rounded);
  }

  private String reference(Field field, String value) {
    String id =
        RecordId.read(value)
            .orElseThrow(
                () ->
                    wrong(
                        "MALFORMED_ID",
                        field,
                        field.label() + ": id value of incorrect type: " + value));
    Row row =
        org.find(id)
            .filter(found -> field.to().contains(found.type()) && !found.isDeleted())
            .orElseThrow(
                () -> wrong("INVALID_CROSS_REFERENCE_KEY", field, "invalid cross reference id"));
    if (field.name().equals("OwnerId") && !row.flag("IsActive")) {
      throw wrong(
          "INACTIVE_OWNER_OR_USER",
          field,
          "operation performed with inactive user [%s] as owner of %s"
              .formatted(RecordId.shortened(id), object.name().toLowerCase(Locale.ROOT)));
    }
    if (row.is("Lead") && row.flag("IsConverted")) {
      throw new Unsaved(SaveError.convertedLead());
    }
    return id;
  }

  private String choice(Field field, String value) {
    boolean known = field.values().contains(value);
    if (field.restricted() && !known) {
      throw wrong(
          "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
          field,
          field.label() + ": bad value for restricted picklist field: " + value);
    }
    boolean leadStatus = object.name().equals("Lead") && field.name().equals("Status");
    if (leadStatus && org.convertedStatuses().contains(value) && !isConverted()) {
      throw wrong("INVALID_STATUS", field, "invalid status: " + value + " is set by conversion");
    }
    return text(field, value);
  }

  private boolean isConverted() {
    return org.find(ownId).filter(row -> row.flag("IsConverted")).isPresent();
  }

  private String email(Field field, String value) {
    if (!value.matches("[^@\\s,;]+@[^@\\s,;.]+(\\.[^@\\s,;.]+)+")) {
      throw wrong(
          "INVALID_EMAIL_ADDRESS", field, field.label() + ": invalid email address: " + value);
    }
    return text(field, value);
  }

  private String text(Field field, String value) {
    if (value.length() > field.length()) {
      throw wrong(
          "STRING_TOO_LONG",
          field,
          "%s: data value too large: %s (max length=%d)"
              .formatted(field.label(), value, field.length()));
    }
    if (field.external()) {
      Optional<Row> other = byExternalId(org, object, field, value).stream().findFirst();
      if (other.filter(row -> !row.id().equals(ownId)).isPresent()) {
        throw wrong(
            "DUPLICATE_VALUE",
            field,
            "duplicate value found: %s duplicates value on record with id: %s"
                .formatted(field.name(), RecordId.shortened(other.get().id())));
      }
    }
    return value;
  }

  /** The records that an external id names. */
  static List<Row> byExternalId(Org org, SObject object, Field field, String value) {
    return org.live(object.name()).stream()
        .filter(row -> row.valueOrEmpty(field.name()).equalsIgnoreCase(value))
        .toList();
  }

  private static Unsaved wrong(String code, Field field, String message) {
    return new Unsaved(SaveError.of(code, message, field.name()));
  }
}
