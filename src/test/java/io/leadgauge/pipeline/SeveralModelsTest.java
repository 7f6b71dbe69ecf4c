package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Output;
import io.leadgauge.model.Standing;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.Rule;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection, several models: each with its own fields, for whom it is meant. */
class SeveralModelsTest {
  private static final long ONE = 1_000_000;
  private static final Condition CLOUD = new Condition.In("crm:product", Set.of("cloud"));

  @TempDir Path folder;

  /** Scores cloud's contacts, with stages. */
  private static final ModelUse CLOUD_USE =
      new ModelUse(
          "cloud",
          "plain",
          Map.of(Output.SCORE, "cloud_score", Output.LABEL, "cloud_label"),
          Rig.plainUse().stages());

  /** Scores everybody. */
  private static final ModelUse HARDWARE_USE =
      new ModelUse(
          "hardware",
          "hardware",
          Map.of(Output.SCORE, "hw_score", Output.REASONS, "hw_why", Output.MODEL, "hw_model"),
          null);

  /** VP 7; big from 5. */
  private static ModelDefinition hardware(String label) {
    Rule title =
        new Rule.OnProperty("title", new Condition.In("title", Set.of("vp")), 7 * ONE, null);
    return new ModelDefinition(
        "hardware",
        null,
        List.of(),
        List.of(new Dimension("fit", null, null, ONE, List.of(title))),
        0,
        100 * ONE,
        List.of(),
        List.of(new Label(label, 5 * ONE, 5 * ONE, null), new Label("small", 0, 0, null)),
        null,
        List.of(),
        List.of());
  }

  private Rig start() {
    return Rig.startWith(
        folder,
        Map.of(
            CLOUD_USE, Rig.model().onlyFor(CLOUD),
            HARDWARE_USE, hardware("big")));
  }

  private static Standing standing(Rig rig, String model) {
    return Found.in(rig.state("1").standings(), model);
  }

  @Test
  void contact_ofTwoModels_isReadOnceAndWrittenOnceIntoTheFieldsOfBoth() {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "cloud");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();

      assertThat(rig.crm.reads).containsExactly("1");
      assertThat(rig.crm.writes).hasSize(1);
      assertThat(rig.crm.writes.getFirst().properties())
          .containsOnlyKeys(
              "cloud_score", "cloud_label", "lifecyclestage", "hw_score", "hw_why", "hw_model");
      assertThat(rig.crm.get("1", "cloud_score")).isEqualTo("40");
      assertThat(rig.crm.get("1", "cloud_label")).isEqualTo("warm");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("mql");
      assertThat(rig.crm.get("1", "hw_score")).isEqualTo("7");
      assertThat(rig.crm.get("1", "hw_model")).matches("hardware [0-9a-f]{8}");
    }
  }

  @Test
  void contact_neverMeantByAModel_keepsWhatOthersPutIntoItsFields() {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "hardware");
      rig.crm.set("1", "cloud_score", "12");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();

      assertThat(rig.crm.get("1", "hw_score")).isEqualTo("7");
      assertThat(rig.crm.get("1", "cloud_score")).isEqualTo("12");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEmpty();
      assertThat(standing(rig, "cloud").outputs()).isEmpty();
      assertThat(standing(rig, "cloud").decision().label()).isNull();
    }
  }

  @Test
  void contact_noLongerMeantByAModel_hasItsFieldsEmptiedUntilItIsAgain() {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "cloud");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep(rig.crm.set("1", "product", "hardware"));
      rig.clock.advance(30_000);
      rig.settle();

      assertThat(rig.crm.get("1", "cloud_score")).isEmpty();
      assertThat(rig.crm.get("1", "cloud_label")).isEmpty();
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("mql");
      assertThat(rig.crm.get("1", "hw_score")).isEqualTo("7");
      assertThat(standing(rig, "cloud").decision().label()).isNull();
      assertThat(standing(rig, "cloud").decision().stage()).isNull();
      assertThat(rig.crm.writes).hasSize(2);
      assertThat(rig.crm.writes.getLast().properties())
          .containsOnlyKeys("cloud_score", "cloud_label");

      rig.keep(rig.crm.set("1", "product", "cloud"));
      rig.clock.advance(30_000);
      rig.settle();
      assertThat(rig.crm.get("1", "cloud_score")).isEqualTo("40");
      assertThat(rig.crm.get("1", "cloud_label")).isEqualTo("warm");
      assertThat(rig.crm.writes).hasSize(3);
    }
  }

  @Test
  void field_emptiedAndThenFilledBySomebody_isEmptiedAgain() {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "cloud");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep(rig.crm.set("1", "product", "hardware"));
      rig.clock.advance(30_000);
      rig.settle();
      rig.keep(rig.crm.set("1", "cloud_score", "99"));
      rig.clock.advance(30_000);
      rig.settle();
      assertThat(rig.crm.get("1", "cloud_score")).isEmpty();
    }
  }

  @Test
  void decisions_ofTwoModels_areJournalledEachWhenItChanges() throws SQLException {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "cloud");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(decided()).contains("cloud", "hardware");
      int before = decided().size();
      rig.keep(rig.crm.set("1", "product", "hardware"));
      assertThat(decided().subList(before, decided().size())).containsExactly("cloud");
    }
  }

  /** Returns whose decisions the journal holds, in its order. */
  private List<String> decided() throws SQLException {
    List<String> models = new ArrayList<>();
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = file.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT json_extract(head, '$.model') FROM journal"
                    + " WHERE kind = 'decision' ORDER BY seq")) {
      while (rows.next()) {
        models.add(rows.getString(1));
      }
    }
    return models;
  }

  @Test
  void due_ofTwoModels_isTheEarliest() {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "cloud");
      rig.crm.set("1", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "form_date", Long.toString(Rig.START)));
      rig.settle();
      long cloud = standing(rig, "cloud").recheckAt();
      assertThat(cloud).isLessThan(standing(rig, "hardware").recheckAt());
      assertThat(rig.state("1").due().sweepAt()).isEqualTo(cloud);
    }
  }

  @Test
  void fault_inOneModel_doesNotStopTheOther() {
    Map<ModelUse, ModelDefinition> models =
        Map.of(
            CLOUD_USE, Rig.model().onlyFor(CLOUD),
            HARDWARE_USE, faulty());
    try (Rig rig = Rig.startWith(folder, models)) {
      rig.crm.set("1", "product", "cloud");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "cloud_score")).isEqualTo("40");
      assertThat(rig.state("1").standings()).containsOnlyKeys("cloud");
      assertThat(rig.state("1").due().sweepAt()).isEqualTo(standing(rig, "cloud").recheckAt());
    }
  }

  /** No manifest can say this: a label without a name, over which scoring stumbles. */
  @SuppressWarnings("NullAway")
  private static ModelDefinition faulty() {
    return hardware(null);
  }

  @Test
  void model_takenAway_isWrittenNoMoreAndItsFieldsStay() {
    try (Rig rig = start()) {
      rig.crm.set("1", "product", "cloud");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
    }
    Map<ModelUse, ModelDefinition> left = Map.of(HARDWARE_USE, hardware("big"));
    try (Rig rig = Rig.startWith(folder, left)) {
      rig.crm.set("1", "cloud_score", "40");
      rig.crm.set("1", "hw_score", "7");
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.get("1", "hw_score")).isEqualTo("0");
      assertThat(rig.crm.get("1", "cloud_score")).isEqualTo("40");
      assertThat(standing(rig, "cloud").decision()).isNotEqualTo(Decision.NONE);
      assertThat(rig.crm.writes)
          .allSatisfy(write -> assertThat(write.properties()).doesNotContainKeys("cloud_score"));
    }
  }
}
