package io.leadgauge.cli;

import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code score --model leads} says of a contact that the CRM holds. */
final class ScoredFile {
  private static final Map<String, String> NAMES =
      Map.of(
          "occupation", "occupation",
          "lead_origin", "leadOrigin",
          "lead_source", "leadSource",
          "country", "country",
          "seconds_on_site", "secondsOnSite",
          "visits", "visits",
          "do_not_email", "doNotEmail");

  private ScoredFile() {}

  /** Returns the contact's properties in the model's words. */
  static Map<String, String> properties(Map<String, String> contact) {
    Map<String, String> properties = new HashMap<>();
    NAMES.forEach(
        (raw, name) -> {
          String value = contact.getOrDefault(raw, "");
          if (!value.isEmpty()) {
            properties.put(
                name, value.equals("Yes") ? "true" : value.equals("No") ? "false" : value);
          }
        });
    return properties;
  }

  static Evaluation of(ModelManifest model, Map<String, String> contact, long now) {
    return of(model, contact, Decision.NONE, now);
  }

  /** The same, gone on from an earlier decision. */
  static Evaluation of(
      ModelManifest model, Map<String, String> contact, Decision previous, long now) {
    Subject subject = new Subject(properties(contact), List.of(), 0);
    return model.model().evaluate(subject, previous, new StageInCrm(1, Map.of("mql", 2)), now);
  }
}
