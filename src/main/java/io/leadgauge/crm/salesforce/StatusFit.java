package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Finding;
import io.leadgauge.crm.StageMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection's stages are values that an org has and lets us set. Their order is the
 * manifest's own: Salesforce keeps to none.
 */
final class StatusFit {
  private final String area;
  private final StageMap stages;
  private final SortedSet<String> byConversionOnly;

  /**
   * Makes the comparison.
   *
   * @param byConversionOnly the values that only conversion sets
   */
  StatusFit(String area, StageMap stages, SortedSet<String> byConversionOnly) {
    this.area = area;
    this.stages = stages;
    this.byConversionOnly = new TreeSet<>(byConversionOnly);
  }

  /**
   * Looks at the field of one object.
   *
   * @param object the object's API name
   * @param fields its fields
   */
  List<Finding> look(String object, SortedMap<String, OrgField> fields) {
    String subject = object + "." + stages.property();
    OrgField field = fields.get(stages.property());
    Finding amiss = amiss(subject, field);
    if (field == null || amiss != null) {
      return amiss == null ? List.of() : List.of(amiss);
    }
    List<Finding> findings = new ArrayList<>();
    stages.values().forEach((stage, value) -> findings.add(mapped(object, stage, value, field)));
    findings.addAll(unknown(subject, field));
    return findings;
  }

  private @Nullable Finding amiss(String subject, @Nullable OrgField field) {
    if (field == null) {
      return Finding.problem(
          area,
          subject,
          "our user sees no such field",
          "name the field that holds the stage in stages: property, or let our user edit it");
    }
    if (field.options().isEmpty()) {
      return Finding.problem(
          area,
          subject,
          "is of type " + field.type() + ", and a stage is a picklist",
          "name a picklist in stages: property");
    }
    return field.updateable()
        ? null
        : Finding.problem(
            area,
            subject,
            "our user may not edit it",
            "assign the package's permission set to our user");
  }

  private Finding mapped(String object, String stage, String value, OrgField field) {
    String subject = object + " " + stage;
    if (!field.options().contains(value)) {
      return Finding.problem(
          area,
          subject,
          "is " + value + ", which is none of " + String.join(", ", field.options()),
          "name one of them in stages: map, or add the value in Setup, Object Manager");
    }
    return byConversionOnly.contains(value)
        ? Finding.problem(
            area,
            subject,
            "is " + value + ", which only the conversion of a lead sets",
            "name a value before it in stages: map")
        : Finding.ok(area, subject, "is " + value);
  }

  private List<Finding> unknown(String subject, OrgField field) {
    List<Finding> findings = new ArrayList<>();
    List<String> nowhere =
        stages.order().stream().filter(value -> !field.options().contains(value)).toList();
    if (!nowhere.isEmpty()) {
      findings.add(
          Finding.warning(
              area,
              subject,
              "the org has no " + String.join(", ", nowhere),
              "take them out of stages: order, or put the org's own words there"));
    }
    List<String> unordered =
        field.options().stream().filter(value -> !stages.order().contains(value)).toList();
    if (!unordered.isEmpty()) {
      findings.add(
          Finding.warning(
              area,
              subject,
              String.join(", ", unordered) + ": whoever is there is left alone",
              "put them into stages: order where they belong, if that is not meant"));
    }
    return findings;
  }
}
