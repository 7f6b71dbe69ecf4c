package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.manifest.Case.Mismatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseTest {
  private static final String SPEC =
      """
      spec:
        dimensions:
          fit: { max: 20, rules: [ { id: title, when: { property: title, present: true }, points: 20.5, reason: a title } ] }
          engagement: { rules: [ { id: visit, activity: visit, points: 8 } ] }
        include: { property: title, present: true }
        disqualify: [ { id: rival, when: { property: email, domain: rival.example }, reason: a rival } ]
        labels: { hot: { enter: 20 }, cold: {} }
        grade: { letters: { dimension: fit, A: 20, B: 0 } }
        segments: { nurture: { label: cold } }
        stages: { mql: { enter: total >= 20 } }
      """;

  @TempDir private Path dir = Path.of("");

  private List<Mismatch> run(String expect) {
    String cases =
        """
        apiVersion: leadgauge/v1
        kind: Cases
        metadata: { name: m }
        spec:
          at: 2026-11-01T00:00:00Z
          cases:
            - name: one
              contact:
                properties: { title: VP }
                activities: [ { type: visit, at: 2026-11-01T00:00:00Z } ]
              expect: %s
        """
            .formatted(expect);
    Folder folder = new Folder(dir).model(SPEC).file("models/m/cases.yaml", cases);
    Loaded loaded = folder.load();
    assertThat(loaded.hasErrors()).as(loaded.problems().toString()).isFalse();
    ModelManifest model = Folder.model(loaded);
    return model.cases().getFirst().run(model);
  }

  private static String shown(Mismatch mismatch) {
    return mismatch.at().line()
        + ":"
        + mismatch.at().column()
        + " "
        + mismatch.what()
        + " "
        + mismatch.actual()
        + " not "
        + mismatch.expected();
  }

  @Test
  void case_allAsExpected_passes() {
    assertThat(
            run(
                "{ scored: true, total: 28, label: hot, grade: A, stage: mql, segment: null,"
                    + " disqualified: [], next: null, reasons: { title: a title }, "
                    + "dimensions: { fit: 20.0, engagement: 8 }, "
                    + "contributions: { title: 20.5, \"_limit:fit\": -0.5, visit: 8 } }"))
        .isEmpty();
  }

  @Test
  void case_newExpectationsOtherwise_tellsEachWithItsPlace() {
    assertThat(
            run(
                "{ scored: false, next: { label: hot, points: 3 }, "
                    + "reasons: { title: none, visit: an old one, _clamp: clamped } }"))
        .map(CaseTest::shown)
        .containsExactly(
            "11:25 scored true not false",
            "11:47 next.label none not hot",
            "11:60 next.points none not 3",
            "11:83 reasons.title a title not none",
            "11:96 reasons.visit Visit once not an old one",
            "11:116 reasons._clamp none not clamped");
  }

  @Test
  void case_allOtherwise_tellsEachWithItsPlace() {
    assertThat(
            run(
                "{ total: 27, label: cold, grade: null, stage: null, segment: nurture,"
                    + " disqualified: [a rival], dimensions: { fit: 20.5 },"
                    + " contributions: { visit: 0, _clamp: 1 } }"))
        .map(CaseTest::shown)
        .containsExactly(
            "11:24 total 28 not 27",
            "11:35 label hot not cold",
            "11:48 grade A not none",
            "11:61 stage mql not none",
            "11:76 segment none not nurture",
            "11:99 disqualified none not a rival",
            "11:129 dimensions.fit 20 not 20.5",
            "11:161 contributions.visit 8 not 0",
            "11:172 contributions._clamp 0 not 1");
  }
}
