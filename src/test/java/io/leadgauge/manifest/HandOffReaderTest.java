package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.Calendar.Hours;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Recycle;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dwell, way back and hand-off of a stage, and the calendar that a hand-off names. */
class HandOffReaderTest {
  private static final long ONE = 1_000_000;
  private static final long HOUR = 60L * 60 * 1000;
  private static final long DAY = 24 * HOUR;
  private static final String DIMENSIONS =
      """
      spec:
        dimensions:
          fit: { rules: [ { id: a, when: { property: title, present: true }, points: 50 } ] }
        stages:
      """;
  private static final String CALENDAR =
      """
      apiVersion: leadgauge/v1
      kind: Calendar
      metadata: { name: office }
      spec:
        zone: Europe/Berlin
        hours: { mon-tue: "09:00-17:30", sat: ["08:00-10:00", 22:00-24:00] }
        holidays: [2026-12-25]
      """;

  @TempDir private Path dir = Path.of("");

  private Folder folder(String stage) {
    return new Folder(dir)
        .file("calendars/office.yaml", CALENDAR)
        .model(DIMENSIONS + stage.indent(4));
  }

  private Stage stage(String stage) {
    return Folder.model(folder(stage).load()).definition().stages().getFirst();
  }

  private static Calendar office() {
    Hours day = new Hours(540, 1050);
    return new Calendar(
        ZoneId.of("Europe/Berlin"),
        Map.of(
            DayOfWeek.MONDAY,
            List.of(day),
            DayOfWeek.TUESDAY,
            List.of(day),
            DayOfWeek.SATURDAY,
            List.of(new Hours(480, 600), new Hours(1320, 1440))),
        new TreeSet<>(Set.of(LocalDate.parse("2026-12-25"))));
  }

  @Test
  void stage_allParts_areRead() {
    Stage stage =
        stage(
            """
            mql:
              enter: total >= 40
              dwell: 48h
              recycle: { to: lead, when: total < 20, after: 30d }
              handOff:
                task: "Call {firstName}: {company.name}, {crm:phone}, {reasons}"
                due: 4h
                calendar: office
                owner: contact-owner
                fallbackOwner: 12345
                cooldown: 7d
            """);

    assertThat(stage)
        .isEqualTo(
            new Stage(
                "mql",
                new Compare(null, Comparison.AT_LEAST, 40 * ONE),
                null,
                30 * DAY,
                2 * DAY,
                new Recycle("lead", new Compare(null, Comparison.LESS_THAN, 20 * ONE), 30 * DAY),
                new HandOff(
                    "Call {firstName}: {company.name}, {crm:phone}, {reasons}",
                    4 * HOUR,
                    office(),
                    "contact-owner",
                    "12345",
                    7 * DAY)));
  }

  @Test
  void handOff_withATaskAlone_hasTheDefaults() {
    assertThat(stage("mql: { enter: total >= 40, handOff: { task: Call } }").handOff())
        .isEqualTo(new HandOff("Call", DAY, null, "contact-owner", null, 30 * DAY));
  }

  @Test
  void handOff_ofAnOwner_isTheirs() {
    Stage stage = stage("mql: { enter: total >= 40, handOff: { task: Call, owner: \"77\" } }");
    assertThat(stage.handOff()).isEqualTo(new HandOff("Call", DAY, null, "77", null, 30 * DAY));
  }

  @Test
  void model_itsCalendarChanged_isAnotherModel() {
    String stage = "mql: { enter: total >= 40, handOff: { task: Call, calendar: office } }";
    String before = Folder.model(folder(stage).load()).model().hash();
    Folder later =
        folder(stage).file("calendars/office.yaml", CALENDAR.replace("2026-12-25", "2026-12-24"));
    assertThat(Folder.model(later.load()).model().hash()).isNotEqualTo(before);
  }

  @Test
  void calendar_notCalledLikeAManifest_isReported() {
    Folder folder = folder("mql: { enter: total >= 40 }").file("calendars/home.yml", CALENDAR);
    assertThat(folder.problems())
        .contains("calendars/home.yml:1:1: the file ends in .yml, expected .yaml");
  }
}
