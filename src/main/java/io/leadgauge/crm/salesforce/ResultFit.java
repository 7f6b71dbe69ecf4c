package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Finding;
import io.leadgauge.crm.PortalNeeds.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a field takes the result that a connection puts into it. */
final class ResultFit {
  /** Scores of ready models have three digits at most. */
  private static final int LEAST_DIGITS = 3;

  private final String area;
  private final String subject;
  private final Target target;

  private ResultFit(String area, String subject, Target target) {
    this.area = area;
    this.subject = subject;
    this.target = target;
  }

  /**
   * Looks at a field.
   *
   * @param subject how it is called, with its object
   * @param field how it is described; null where our user sees none
   */
  static Finding of(String area, String subject, Target target, @Nullable OrgField field) {
    return new ResultFit(area, subject, target).look(field);
  }

  private Finding look(@Nullable OrgField field) {
    if (field == null) {
      return problem(
          "our user sees no such field",
          PackagedField.isOurs(target.property())
              ? "deploy the package's force-app, and assign its permission set to our user"
              : "name a field of the org in writeBack, and let our user edit it");
    }
    if (!field.updateable()) {
      return problem(
          field.type() + ", and our user may not edit it",
          "assign the package's permission set to our user; a formula or a field that Salesforce"
              + " fills takes no result");
    }
    return switch (target.output()) {
      case SCORE -> number(field);
      case GRADE, LABEL, SEGMENT -> choice(field);
      case DISQUALIFIED, MODEL -> text(field, PackagedField.TEXT_LENGTH);
      case REASONS -> text(field, PackagedField.REASONS_LENGTH);
    };
  }

  private Finding number(OrgField field) {
    if (field.kind() != OrgField.Kind.NUMBER) {
      return otherType(field, "a number");
    }
    return field.digits() < LEAST_DIGITS
        ? problem(
            field.type() + " of " + field.digits() + " digits, and scores have three",
            "give it more digits in Setup, Object Manager")
        : ok(field.type());
  }

  private Finding choice(OrgField field) {
    if (field.isText()) {
      int longest = target.values().stream().mapToInt(String::length).max().orElse(0);
      return field.length() < longest ? tooShort(field, longest) : ok(field.type());
    }
    if (!field.type().equals("picklist")) {
      return otherType(field, "one of " + String.join(", ", target.values()));
    }
    List<String> missing =
        target.values().stream().filter(value -> !field.options().contains(value)).toList();
    if (missing.isEmpty()) {
      return ok(field.type());
    }
    String lacks = "picklist, lacks " + String.join(", ", missing);
    return field.restricted()
        ? problem(
            lacks + ", and takes no others",
            "add them in Setup, Object Manager, or let the picklist take other values")
        : Finding.warning(
            area,
            subject,
            lacks + "; it takes them, but people cannot pick them",
            "add them in Setup, Object Manager");
  }

  private Finding text(OrgField field, int most) {
    if (!field.isText()) {
      return otherType(field, "text");
    }
    return field.length() < most
        ? Finding.warning(
            area,
            subject,
            field.type() + " of " + field.length() + " characters: Salesforce refuses longer ones",
            "make it hold " + most + ", as the package's does")
        : ok(field.type());
  }

  private Finding tooShort(OrgField field, int longest) {
    return problem(
        field.type() + " of " + field.length() + " characters, too short for " + longest,
        "make it longer in Setup, Object Manager, or name another field in writeBack");
  }

  private Finding otherType(OrgField field, String holds) {
    return problem(
        "is of type " + field.type() + ", and the result is " + holds,
        "name another field in writeBack, or make this one anew");
  }

  private Finding ok(String type) {
    return Finding.ok(area, subject, type + ", takes what the model gives");
  }

  private Finding problem(String detail, String cure) {
    return Finding.problem(area, subject, detail, cure);
  }
}
