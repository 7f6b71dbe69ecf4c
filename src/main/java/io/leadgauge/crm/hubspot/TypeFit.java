package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Use;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a property is defined so that it can be read as the connection reads it. */
final class TypeFit {
  private static final List<String> TRUTHS = List.of("true", "yes", "1", "false", "no", "0");
  private static final List<String> DATES = List.of("date", "datetime");

  private final String area;
  private final Read read;
  private final String subject;

  private TypeFit(String area, Read read) {
    this.area = area;
    this.read = read;
    this.subject =
        read.object().equals("contact") ? read.property() : read.object() + "." + read.property();
  }

  /**
   * Looks at one property.
   *
   * @param definitions all of its type of records, by name
   */
  static Finding of(String area, Read read, SortedMap<String, PropertyDefinition> definitions) {
    return new TypeFit(area, read).look(definitions.get(read.property()));
  }

  private Finding look(@Nullable PropertyDefinition property) {
    if (property == null && read.use() instanceof Use.Kept) {
      return Finding.warning(
          area,
          subject,
          "the portal has no such property, so it is not kept",
          "name another one in outcomes, or leave it so");
    }
    if (property == null) {
      return problem(
          "the portal has no such property",
          "map " + what() + " to another property in the connection, or create this one");
    }
    if (property.sensitive()) {
      return Finding.warning(
          area,
          subject,
          property.type() + ", sensitive: webhooks bring REDACTED, so it is read each time",
          "give the app the scope for sensitive data, or read another property");
    }
    return switch (read.use()) {
      case Use.Value value -> look(property, value.type());
      case Use.Moment moment -> moment(property);
      case Use.Detail detail -> fits(property);
      case Use.Membership member -> membership(property, member.item());
      case Use.Kept kept -> fits(property);
    };
  }

  private Finding look(PropertyDefinition property, FieldType type) {
    return switch (type) {
      case TEXT -> fits(property);
      case NUMBER -> number(property);
      case RANGE -> range(property);
      case BOOLEAN -> truth(property);
      case INSTANT ->
          DATES.contains(property.type())
              ? fits(property)
              : loose(property, "date or instant", List.of("string", "number"));
    };
  }

  private Finding number(PropertyDefinition property) {
    boolean ranges =
        property.type().equals("enumeration")
            && property.values().stream().anyMatch(TypeFit::isSpan);
    if (ranges) {
      return problem(
          "it holds ranges such as " + property.values().getFirst() + ", and is read as a number",
          "say type: range in the connection");
    }
    return property.type().equals("number")
        ? fits(property)
        : loose(property, "number", List.of("string", "enumeration"));
  }

  private Finding range(PropertyDefinition property) {
    if (property.type().equals("enumeration")) {
      List<String> odd = property.values().stream().filter(value -> !isRange(value)).toList();
      return odd.isEmpty()
          ? fits(property)
          : Finding.warning(
              area,
              subject,
              "enumeration, whose " + String.join(", ", odd) + " cannot be read as a range",
              "contacts with these count as unreadable; rename the options, or live with it");
    }
    return property.type().equals("number")
        ? fits(property)
        : loose(property, "range", List.of("string"));
  }

  private Finding truth(PropertyDefinition property) {
    boolean choice =
        property.type().equals("enumeration")
            && holdsOnly(property, value -> TRUTHS.contains(value.toLowerCase(Locale.ROOT)));
    return property.type().equals("bool") || choice
        ? fits(property)
        : loose(property, "boolean", List.of("string"));
  }

  private Finding moment(PropertyDefinition property) {
    return DATES.contains(property.type())
        ? fits(property)
        : problem(
            "it is of type " + property.type() + ", and " + what() + " needs an instant",
            "name a date property at activities: " + activity() + ": at");
  }

  private Finding membership(PropertyDefinition property, String item) {
    boolean listed =
        property.options().isEmpty()
            || property.values().stream().anyMatch(value -> value.equalsIgnoreCase(item));
    return listed
        ? fits(property)
        : problem(
            "no option " + item + " among " + String.join(", ", property.values()),
            "name one of them in lists: includes, or add the option");
  }

  /** Free text can be read as anything, and may be anything. */
  private Finding loose(PropertyDefinition property, String as, List<String> readable) {
    return readable.contains(property.type())
        ? Finding.warning(
            area,
            subject,
            property.type() + ", read as " + as + ": what is none counts as unreadable",
            "nothing, if people keep to it; else map " + what() + " to a better property")
        : problem(
            "it is of type " + property.type() + ", and is read as " + as,
            "map " + what() + " to a property of a fitting type, or read it as another type");
  }

  private Finding fits(PropertyDefinition property) {
    return Finding.ok(area, subject, property.type() + ", " + role());
  }

  private String role() {
    return switch (read.use()) {
      case Use.Value value -> "the models' " + value.name();
      case Use.Moment moment -> "dates each " + moment.activity();
      case Use.Detail detail -> "describes each " + detail.activity();
      case Use.Membership member -> "tells who is in " + member.item();
      case Use.Kept kept -> "kept for reports";
    };
  }

  private String what() {
    return switch (read.use()) {
      case Use.Value value -> value.name();
      case Use.Moment moment -> "the activity " + moment.activity();
      case Use.Detail detail -> "the attribute of " + detail.activity();
      case Use.Membership member -> "the list " + member.item();
      case Use.Kept kept -> "the outcome";
    };
  }

  private String activity() {
    return read.use() instanceof Use.Moment moment ? moment.activity() : "";
  }

  private Finding problem(String detail, String cure) {
    return Finding.problem(area, subject, detail, cure);
  }

  private static boolean holdsOnly(PropertyDefinition property, Predicate<String> kind) {
    return !property.values().isEmpty() && property.values().stream().allMatch(kind);
  }

  private static boolean isSpan(String value) {
    return value.matches("[0-9][0-9,]*\\s*(-|–|to)\\s*[0-9][0-9,]*");
  }

  private static boolean isRange(String value) {
    return isSpan(value) || value.matches("[0-9][0-9,]*\\s*\\+?");
  }
}
