package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.Finding;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.hubspot.PropertyDefinition.Option;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection's stages are those of the portal, in the portal's order: HubSpot takes a
 * stage forward only, by its own {@code displayOrder}, and ignores any other without an error.
 */
final class StageFit {
  private final String area;
  private final StageMap stages;

  private StageFit(String area, StageMap stages) {
    this.area = area;
    this.stages = stages;
  }

  /**
   * Looks at the stages.
   *
   * @param property the definition of the property that holds the stage; null if there is none
   */
  static List<Finding> of(String area, StageMap stages, @Nullable PropertyDefinition property) {
    return new StageFit(area, stages).look(property);
  }

  private List<Finding> look(@Nullable PropertyDefinition property) {
    if (property == null || property.options().isEmpty()) {
      return List.of(
          Finding.problem(
              area,
              stages.property(),
              property == null ? "the portal has no such property" : "it has no options",
              "name the property that holds the stage in stages: property"));
    }
    List<Finding> findings = new ArrayList<>();
    stages.values().forEach((stage, value) -> findings.add(mapped(stage, value, property)));
    findings.add(order(property.values()));
    findings.addAll(unknown(property));
    return findings;
  }

  private Finding mapped(String stage, String value, PropertyDefinition property) {
    int place = property.values().indexOf(value);
    return place < 0
        ? Finding.problem(
            area,
            stage,
            "is " + value + ", which is no stage of the portal: " + shown(property.options()),
            "name one of them in stages: map, or add the stage to the portal")
        : Finding.ok(
            area, stage, "is " + value + ", " + (place + 1) + " of " + property.values().size());
  }

  private Finding order(List<String> portal) {
    List<String> ours = stages.order().stream().filter(portal::contains).toList();
    List<String> theirs = portal.stream().filter(stages.order()::contains).toList();
    return ours.equals(theirs)
        ? Finding.ok(area, "order", "is the portal's")
        : Finding.problem(
            area,
            "order",
            "differs: the portal has "
                + String.join(", ", theirs)
                + "; the manifest "
                + String.join(", ", ours),
            "say the portal's order, or HubSpot ignores moves: " + line(portal));
  }

  private List<Finding> unknown(PropertyDefinition property) {
    List<Option> unknown =
        property.options().stream()
            .filter(option -> !stages.order().contains(option.value()))
            .toList();
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            Finding.warning(
                area,
                "others",
                "contacts at " + shown(unknown) + " are never moved: not in the manifest's order",
                "leave it so, or say the whole order: " + line(property.values())));
  }

  /** Returns what to put into the connection; numbers are text there. */
  private static String line(List<String> order) {
    return "stages: { order: ["
        + String.join(
            ", ",
            order.stream()
                .map(value -> value.matches("[a-z_]+") ? value : '"' + value + '"')
                .toList())
        + "] }";
  }

  private static String shown(List<Option> options) {
    return String.join(", ", options.stream().map(StageFit::shown).toList());
  }

  private static String shown(Option option) {
    String label = Objects.requireNonNullElse(Json.text(option.node(), "label"), "");
    boolean tells = !label.isEmpty() && option.value().chars().noneMatch(Character::isLetter);
    return tells ? option.value() + " (" + PlainText.shown(label) + ")" : option.value();
  }
}
