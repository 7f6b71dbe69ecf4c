package io.leadgauge.crm;

import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Use;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a property is defined so that it can be read as the connection reads it. */
public final class TypeFit {
  private static final List<String> TRUTHS = List.of("true", "yes", "1", "false", "no", "0");

  private final String area;
  private final String subject;
  private final Read read;
  private final String absent;

  /** What a property holds. */
  public enum Kind {
    /** Any text. */
    TEXT,
    NUMBER,
    /** One of some values, or several. */
    CHOICE,
    TRUTH,
    /** A date or an instant. */
    DATE,
    /** Nothing that stands alone, such as a whole address. */
    OTHER
  }

  /**
   * How the CRM defines a property.
   *
   * @param kind what it holds
   * @param type what the CRM calls that
   * @param values what a choice may hold; empty where that is kept elsewhere; copied
   */
  public record Defined(Kind kind, String type, List<String> values) {
    public Defined {
      values = List.copyOf(values);
    }
  }

  private TypeFit(String area, String subject, Read read, String absent) {
    this.area = area;
    this.subject = subject;
    this.read = read;
    this.absent = absent;
  }

  /**
   * Looks at one property.
   *
   * @param subject how it is called
   * @param property how it is defined; null where there is none
   * @param absent what is found where there is none, such as {@code the portal has no such
   *     property}
   */
  public static Finding of(
      String area, String subject, Read read, @Nullable Defined property, String absent) {
    return new TypeFit(area, subject, read, absent).look(property);
  }

  private Finding look(@Nullable Defined property) {
    if (property == null && read.use() instanceof Use.Kept) {
      return Finding.warning(
          area,
          subject,
          absent + ", so it is not kept",
          "name another one in outcomes, or leave it so");
    }
    if (property == null) {
      return problem(
          absent, "map " + what() + " to another property in the connection, or create this one");
    }
    if (property.kind() == Kind.OTHER) {
      return problem(
          "it is of type " + property.type() + ", which is several values in one",
          "map " + what() + " to one of its parts");
    }
    return switch (read.use()) {
      case Use.Value value -> look(property, value.type());
      case Use.Moment moment -> moment(property);
      case Use.Detail detail -> fits(property);
      case Use.Membership member -> membership(property, member.item());
      case Use.Kept kept -> fits(property);
    };
  }

  private Finding look(Defined property, FieldType type) {
    return switch (type) {
      case TEXT -> fits(property);
      case NUMBER -> number(property);
      case RANGE -> range(property);
      case BOOLEAN -> truth(property);
      case INSTANT ->
          property.kind() == Kind.DATE
              ? fits(property)
              : loose(property, "date or instant", EnumSet.of(Kind.TEXT, Kind.NUMBER));
    };
  }

  private Finding number(Defined property) {
    boolean ranges =
        property.kind() == Kind.CHOICE && property.values().stream().anyMatch(TypeFit::isSpan);
    if (ranges) {
      return problem(
          "it holds ranges such as " + property.values().getFirst() + ", and is read as a number",
          "say type: range in the connection");
    }
    return property.kind() == Kind.NUMBER
        ? fits(property)
        : loose(property, "number", EnumSet.of(Kind.TEXT, Kind.CHOICE));
  }

  private Finding range(Defined property) {
    if (property.kind() == Kind.CHOICE) {
      List<String> odd = property.values().stream().filter(value -> !isRange(value)).toList();
      return odd.isEmpty()
          ? fits(property)
          : Finding.warning(
              area,
              subject,
              property.type() + ", whose " + String.join(", ", odd) + " cannot be read as a range",
              "contacts with these count as unreadable; rename the options, or live with it");
    }
    return property.kind() == Kind.NUMBER
        ? fits(property)
        : loose(property, "range", EnumSet.of(Kind.TEXT));
  }

  private Finding truth(Defined property) {
    boolean choice =
        property.kind() == Kind.CHOICE
            && holdsOnly(property, value -> TRUTHS.contains(value.toLowerCase(Locale.ROOT)));
    return property.kind() == Kind.TRUTH || choice
        ? fits(property)
        : loose(property, "boolean", EnumSet.of(Kind.TEXT));
  }

  private Finding moment(Defined property) {
    return property.kind() == Kind.DATE
        ? fits(property)
        : problem(
            "it is of type " + property.type() + ", and " + what() + " needs an instant",
            "name a date property at activities: " + activity() + ": at");
  }

  private Finding membership(Defined property, String item) {
    boolean listed =
        property.values().isEmpty()
            || property.values().stream().anyMatch(value -> value.equalsIgnoreCase(item));
    return listed
        ? fits(property)
        : problem(
            "no option " + item + " among " + String.join(", ", property.values()),
            "name one of them in lists: includes, or add the option");
  }

  /** Free text can be read as anything, and may be anything. */
  private Finding loose(Defined property, String as, Set<Kind> readable) {
    return readable.contains(property.kind())
        ? Finding.warning(
            area,
            subject,
            property.type() + ", read as " + as + ": what is none counts as unreadable",
            "nothing, if people keep to it; else map " + what() + " to a better property")
        : problem(
            "it is of type " + property.type() + ", and is read as " + as,
            "map " + what() + " to a property of a fitting type, or read it as another type");
  }

  private Finding fits(Defined property) {
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

  private static boolean holdsOnly(Defined property, Predicate<String> kind) {
    return !property.values().isEmpty() && property.values().stream().allMatch(kind);
  }

  private static boolean isSpan(String value) {
    return value.matches("[0-9][0-9,]*\\s*(-|–|to)\\s*[0-9][0-9,]*");
  }

  private static boolean isRange(String value) {
    return isSpan(value) || value.matches("[0-9][0-9,]*\\s*\\+?");
  }
}
