package io.leadgauge.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One condition of a search.
 *
 * <p>Texts compare whatever their case, but {@code IN} and {@code NOT_IN} want lower-case values;
 * enumeration values compare by case (search guide, read 30 Mar 2026). A record without a value
 * meets none but {@code NOT_HAS_PROPERTY}; for the negated operators that is unverified.
 */
record SearchFilter(
    PropertyDefinition property,
    Operator operator,
    String value,
    String highValue,
    List<String> values) {

  /** What a condition asks. */
  enum Operator {
    EQ,
    NEQ,
    LT,
    LTE,
    GT,
    GTE,
    BETWEEN,
    IN,
    NOT_IN,
    HAS_PROPERTY,
    NOT_HAS_PROPERTY,
    CONTAINS_TOKEN,
    NOT_CONTAINS_TOKEN;

    static Optional<Operator> ofWord(String word) {
      for (Operator operator : values()) {
        if (operator.name().equals(word)) {
          return Optional.of(operator);
        }
      }
      return Optional.empty();
    }
  }

  /** Whether a record with this stored value meets the condition; empty is no value. */
  boolean matches(String stored) {
    if (stored.isEmpty()) {
      return operator == Operator.NOT_HAS_PROPERTY;
    }
    return switch (operator) {
      case EQ -> compare(stored, value) == 0;
      case NEQ -> compare(stored, value) != 0;
      case LT -> compare(stored, value) < 0;
      case LTE -> compare(stored, value) <= 0;
      case GT -> compare(stored, value) > 0;
      case GTE -> compare(stored, value) >= 0;
      case BETWEEN -> compare(stored, value) >= 0 && compare(stored, highValue) <= 0;
      case IN -> values.contains(listed(stored));
      case NOT_IN -> !values.contains(listed(stored));
      case HAS_PROPERTY -> true;
      case NOT_HAS_PROPERTY -> false;
      case CONTAINS_TOKEN -> containsToken(stored);
      case NOT_CONTAINS_TOKEN -> !containsToken(stored);
    };
  }

  /** The order of two stored values of a property, in which results are sorted as well. */
  static int compare(PropertyType type, String one, String other) {
    return switch (type) {
      case NUMBER -> compareNumbers(one, other);
      case DATE, DATETIME -> Long.compare(Long.parseLong(one), Long.parseLong(other));
      case STRING -> one.toLowerCase(Locale.ROOT).compareTo(other.toLowerCase(Locale.ROOT));
      case ENUMERATION, BOOL -> one.compareTo(other);
    };
  }

  private static int compareNumbers(String one, String other) {
    return isShortAndWhole(one) && isShortAndWhole(other)
        ? Long.compare(Long.parseLong(one), Long.parseLong(other))
        : new BigDecimal(one).compareTo(new BigDecimal(other));
  }

  /** Whether a number is read as a long in no time; ids are, and results are sorted by ids. */
  private static boolean isShortAndWhole(String number) {
    return number.length() <= 18 && number.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private int compare(String stored, String asked) {
    return compare(property.type(), stored, asked);
  }

  private String listed(String stored) {
    return property.type() == PropertyType.STRING ? stored.toLowerCase(Locale.ROOT) : stored;
  }

  private boolean containsToken(String stored) {
    String text = stored.toLowerCase(Locale.ROOT);
    Pattern pattern = pattern(value.toLowerCase(Locale.ROOT));
    if (pattern.matcher(text).matches()) {
      return true;
    }
    for (String token : text.split("[^\\p{L}\\p{N}]+", -1)) {
      if (pattern.matcher(token).matches()) {
        return true;
      }
    }
    return false;
  }

  private static Pattern pattern(String wanted) {
    StringBuilder regex = new StringBuilder();
    for (String literal : wanted.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString());
  }
}
