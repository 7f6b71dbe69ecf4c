package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who wins when we, people and the CRM's own automation move one contact's stage, in every order,
 * against a sandbox that ignores what HubSpot ignores. What must come out is worked out here by law
 * alone: stages only go forward by us, and never again within 30 days of a move back.
 */
class StageSequencesTest {
  private static final String STAGE = "lifecyclestage";
  private static final String MQL = "marketingqualifiedlead";
  private static final List<String> ORDER =
      List.of("subscriber", "lead", MQL, "salesqualifiedlead", "opportunity");
  private static final long DAY = 24L * 60 * 60 * 1000;
  private static final long ONE = 1_000_000;

  @TempDir private Path folder = Path.of("");

  /** Somebody moves, or may move, the contact. */
  private enum Move {
    WE(""),
    AUTOMATION("opportunity"),
    PERSON_BACK("lead"),
    PERSON_CLEARS(""),
    PERSON_ON("salesqualifiedlead");

    private final String to;

    Move(String to) {
      this.to = to;
    }

    String who() {
      return this == AUTOMATION ? ",'source':'AUTOMATION_PLATFORM','sourceId':'wf-7'" : "";
    }
  }

  /** What the law makes of a contact's moves. */
  private static final class Law {
    private String stage = "lead";
    private boolean qualified;
    private boolean vetoed;
    private int ours;

    private static int place(String stage) {
      return ORDER.indexOf(stage);
    }

    boolean wouldWrite() {
      return !vetoed && place(stage) < place(MQL);
    }

    void after(Move move) {
      if (move == Move.WE) {
        if (wouldWrite()) {
          stage = MQL;
          ours++;
        }
        qualified = true;
        return;
      }
      boolean back = place(stage) >= place(MQL) && place(move.to) < place(MQL);
      vetoed |= qualified && back;
      stage = move.to;
    }

    /** We decided to write, and somebody moved the contact before our write was carried out. */
    void overtakenBy(Move move) {
      stage = move.to;
      after(Move.WE);
    }
  }

  static ModelDefinition model() {
    Rule title =
        new Rule.OnProperty("title", new Condition.In("title", Set.of("vp")), 40 * ONE, null);
    Stage mql =
        new Stage(
            "mql",
            new PointsCondition.Compare(null, Comparison.AT_LEAST, 40 * ONE),
            null,
            30 * DAY,
            0,
            null,
            new HandOff("Call {firstName}", DAY, null, HandOff.CONTACT_OWNER, null, DAY));
    return new ModelDefinition(
        "plain",
        null,
        List.of(),
        List.of(new Dimension("fit", null, null, ONE, List.of(title))),
        0,
        100 * ONE,
        List.of(),
        List.of(new Label("cold", 0, 0, null)),
        null,
        List.of(),
        List.of(mql));
  }

  private SandboxRig start(Duration timeout) {
    return new SandboxRig(folder, model(), timeout);
  }

  private SandboxRig start() {
    return start(Duration.ofSeconds(10));
  }

  private static List<List<Move>> sequences() {
    List<List<Move>> all = new ArrayList<>();
    for (Move first : Move.values()) {
      for (Move second : Move.values()) {
        for (Move third : Move.values()) {
          all.add(List.of(first, second, third));
        }
      }
    }
    return all;
  }

  private static String contact(SandboxRig rig) {
    return rig.contact(
        "'firstname':'Ann','jobtitle':'Intern','hubspot_owner_id':'60158084','"
            + STAGE
            + "':'lead'");
  }

  /** How many values of the stage our app has written. */
  private static int written(SandboxRig rig, String id) {
    int written = 0;
    for (JsonNode entry : rig.record("contacts", id).path("propertiesWithHistory").path(STAGE)) {
      String source = entry.path("sourceId").asText();
      written += source.equals(Long.toString(SandboxOptions.APP_ID)) ? 1 : 0;
    }
    return written;
  }

  private static String stage(SandboxRig rig, String id) {
    return rig.record("contacts", id).path("properties").path(STAGE).asText();
  }

  private static long tasks(SandboxRig rig) {
    return rig.call("GET", "/_sandbox/tasks", "").path("total").asLong();
  }

  @Test
  void stage_movedInEverySequenceOfThree_isWhereTheLawWantsItAndStaysThereFor30Days() {
    try (SandboxRig rig = start()) {
      List<List<Move>> sequences = sequences();
      List<Law> laws = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < sequences.size(); i++) {
        laws.add(new Law());
        ids.add(contact(rig));
      }
      rig.settle();
      int ours = written(rig, ids.getFirst());
      for (int step = 0; step < 3; step++) {
        for (int i = 0; i < ids.size(); i++) {
          Move move = sequences.get(i).get(step);
          if (move == Move.WE) {
            rig.change(ids.get(i), "jobtitle", "Intern", "");
          } else {
            rig.change(ids.get(i), STAGE, move.to, move.who());
          }
        }
        rig.settle();
        for (int i = 0; i < ids.size(); i++) {
          Move move = sequences.get(i).get(step);
          if (move == Move.WE) {
            rig.change(ids.get(i), "jobtitle", "VP", "");
          }
          laws.get(i).after(move);
        }
        rig.settle();
      }
      rig.clock.advance(30 * DAY - 60_000);
      rig.settle();
      long handedOver = 0;
      for (int i = 0; i < ids.size(); i++) {
        String id = ids.get(i);
        assertThat(stage(rig, id)).as("%s", sequences.get(i)).isEqualTo(laws.get(i).stage);
        assertThat(written(rig, id) - ours)
            .as("our writes after %s", sequences.get(i))
            .isEqualTo(laws.get(i).ours);
        handedOver += laws.get(i).ours;
      }
      assertThat(tasks(rig)).isEqualTo(handedOver);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void stage_movedWhileWeWrite_isWhereTheLawWantsIt(String when) {
    try (SandboxRig rig = start()) {
      for (List<Move> sequence : sequences()) {
        if (firstWrite(sequence) >= 0) {
          checkInterleaved(rig, when, sequence);
        }
      }
    }
  }

  /** Returns where we write first, if somebody else is next; negative if not. */
  private static int firstWrite(List<Move> sequence) {
    Law law = new Law();
    for (int step = 0; step < 2; step++) {
      if (sequence.get(step) == Move.WE && law.wouldWrite()) {
        return sequence.get(step + 1) == Move.WE ? -1 : step;
      }
      law.after(sequence.get(step));
    }
    return -1;
  }

  private static void checkInterleaved(SandboxRig rig, String when, List<Move> sequence) {
    Law law = new Law();
    String id = contact(rig);
    int ours = written(rig, id);
    int write = firstWrite(sequence);
    for (int step = 0; step < 3; step++) {
      if (step != write) {
        act(rig, id, sequence.get(step));
        law.after(sequence.get(step));
        continue;
      }
      Move other = sequence.get(++step);
      interleave(rig, when, id, other);
      if (when.equals("before")) {
        law.overtakenBy(other);
      } else {
        law.after(Move.WE);
        law.after(other);
      }
    }
    rig.clock.advance(30 * DAY - 60_000);
    rig.settle();
    assertThat(stage(rig, id)).as("%s, %s", sequence, when).isEqualTo(law.stage);
    assertThat(written(rig, id) - ours)
        .as("our writes after %s, %s", sequence, when)
        .isEqualTo(law.ours);
    assertThat(rig.reader.unwritten().intentsOf(RecordRef.contact(SandboxRig.PORTAL, id), 9).size())
        .isLessThanOrEqualTo(law.ours);
  }

  private static void act(SandboxRig rig, String id, Move move) {
    if (move == Move.WE) {
      rig.change(id, "jobtitle", "Intern", "");
      rig.settle();
      rig.change(id, "jobtitle", "VP", "");
    } else {
      rig.change(id, STAGE, move.to, move.who());
    }
    rig.settle();
  }

  private static void interleave(SandboxRig rig, String when, String id, Move other) {
    rig.change(id, "jobtitle", "Intern", "");
    rig.settle();
    rig.call(
        "POST",
        "/_sandbox/interleave",
        "{'when':'"
            + when
            + "','method':'POST','route':'/crm/objects/contacts/batch/update','record':'contacts/"
            + id
            + "','properties':{'"
            + STAGE
            + "':'"
            + other.to
            + "'}"
            + other.who()
            + "}");
    rig.change(id, "jobtitle", "VP", "");
    rig.settle();
  }

  @ParameterizedTest
  @CsvSource({
    "timeout-after-apply,1",
    "reset-after-apply,1",
    "timeout,0",
    "reset,0",
    "502,0",
    "429,0",
  })
  void task_whoseAnswerIsLost_isThereOnce(String fault, int found) {
    try (SandboxRig rig = start(Duration.ofSeconds(1))) {
      String id = contact(rig);
      rig.call(
          "POST",
          "/_sandbox/faults/next",
          "{'fault':'" + fault + "','method':'POST','route':'/crm/objects/tasks','times':1}");
      act(rig, id, Move.WE);
      RecordRef ref = RecordRef.contact(SandboxRig.PORTAL, id);
      Await.until(
          "sent",
          () -> {
            rig.clock.advance(10);
            return rig.reader.unwritten().intentsOf(ref, 1).stream()
                .anyMatch(intent -> intent.step().problem() != null);
          });
      assertThat(tasks(rig)).isEqualTo(found);
      rig.clock.advance(TaskMaker.DOUBTFUL_MILLIS);
      Await.until(
          "made",
          () -> {
            rig.clock.advance(1_000);
            return rig.reader.unwritten().intentsOf(ref, 1).getFirst().step().state()
                == Intent.State.DONE;
          });
      assertThat(tasks(rig)).isEqualTo(1);
      String task =
          String.valueOf(rig.reader.unwritten().intentsOf(ref, 1).getFirst().step().task());
      JsonNode made = rig.record("tasks", task).path("properties");
      assertThat(made.path("hs_task_subject").asText()).isEqualTo("Call Ann");
      assertThat(made.path("hs_task_body").asText()).contains("Score 40, cold<br>+40 ");
    }
  }
}
