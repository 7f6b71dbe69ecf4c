package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantsTest {
  private static final String MODEL =
      """
      spec:
        exclude: { property: title, like: intern }
        discount:
          - { id: doubtful, activity: form, where: { page: test }, to: 0% }
        dimensions:
          fit:
            rules:
              - { id: title, when: { property: title, present: true }, points: 20 }
              - { id: size, property: size, points: { "50..": 10, missing: -5 } }
              - { id: industry, property: industry, points: { software: 5, other: 1 } }
          engagement:
            rules:
              - { id: form, activity: form, points: 10, limit: 20 }
              - { id: visits, activity: visit, points: { 1: 5, 2..: 8 } }
              - { id: silent, silentFor: 90d, points: -10 }
              - { id: heard, activity: call, points: 0 }
        disqualify:
          - { id: rival, when: { property: email, domain: rival.example }, reason: a rival }
        labels: { hot: { enter: 20 }, cold: {} }
        segments: { nurture: { label: cold } }
        stages: { mql: { enter: total >= 20 } }
      """;

  @TempDir private Path dir = Path.of("");

  private ModelManifest model(String cases) {
    String head = "apiVersion: leadgauge/v1\nkind: Cases\nmetadata: { name: m }\n";
    String text = head + "spec:\n  at: 2026-11-01\n  cases:\n" + cases.indent(4);
    return Folder.model(new Folder(dir).model(MODEL).file("models/m/cases.yaml", text).load());
  }

  private static List<String> unnoticed(ModelManifest model) {
    return Mutants.of(model).stream()
        .filter(mutant -> !mutant.isNoticed(model))
        .map(mutant -> mutant.at().line() + ": " + mutant.text())
        .toList();
  }

  @Test
  void model_changedPartByPart_losesEachOnceAndHalvesEachRule() {
    ModelManifest model = model("- { name: nobody, contact: {}, expect: { disqualified: [] } }\n");

    assertThat(unnoticed(model))
        .containsExactly(
            "5: the condition on who is scored were gone",
            "7: the discount doubtful were gone",
            "11: the rule title were gone",
            "11: the rule title gave half",
            "12: the rule size were gone",
            "12: the rule size gave half",
            "13: the rule industry were gone",
            "13: the rule industry gave half",
            "16: the rule form were gone",
            "16: the rule form gave half",
            "17: the rule visits were gone",
            "17: the rule visits gave half",
            "18: the rule silent were gone",
            "18: the rule silent gave half",
            "19: the rule heard were gone",
            "21: the disqualifier rival were gone",
            "22: the label hot were gone",
            "23: the segment nurture were gone",
            "24: the stage mql were gone");
  }

  @Test
  void caseOfOneRule_expectingAtLeastALabel_missesItGoneAndNotHalved() {
    String contact = "contact: { properties: { title: VP, size: 60, industry: software } }";

    assertThat(unnoticed(model("- { name: a, " + contact + ", expect: { stage: mql } }\n")))
        .contains("12: the rule size were gone", "11: the rule title gave half")
        .doesNotContain("11: the rule title were gone", "24: the stage mql were gone");
  }

  @Test
  void cases_ofEveryPartAndItsPoints_missEveryChange() {
    ModelManifest model =
        model(
            """
            - name: fits
              contact: { properties: { title: VP, size: 60, industry: software } }
              expect: { total: 35, label: hot, stage: mql }
            - name: does not
              contact: { properties: { industry: other } }
              expect: { dimensions: { fit: -4 }, segment: nurture }
            - name: an intern
              contact: { properties: { title: intern } }
              expect: { scored: false }
            - name: a rival
              contact: { properties: { email: a@rival.example } }
              expect: { disqualified: [a rival] }
            - name: active
              contact:
                activities:
                  - { type: form, page: home, at: 2026-10-01 }
                  - { type: form, page: test, at: 2026-10-02 }
                  - { type: visit, at: 2026-10-02 }
              expect: { dimensions: { engagement: 15 } }
            - name: silent
              contact: { knownSince: 2026-01-01 }
              expect: { dimensions: { engagement: -10 } }
            - name: called
              contact: { knownSince: 2026-01-01, activities: [ { type: call, at: 2026-10-30 } ] }
              expect: { dimensions: { engagement: 0 } }
            """);

    assertThat(model.cases()).allSatisfy(one -> assertThat(one.run(model)).isEmpty());
    assertThat(unnoticed(model)).isEmpty();
  }
}
