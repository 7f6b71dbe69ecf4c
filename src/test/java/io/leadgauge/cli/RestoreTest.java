package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.model.Intent.State;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.BackfillProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is lost and a backup of the day before restored: the CRM has gone on meanwhile. */
class RestoreTest {
  private static final Duration AFTER_A_TASK = Duration.ofSeconds(70);
  private static final Set<String> COMPARED =
      Set.of("occupation", "visits", "lifecyclestage", "leadgauge_score", "leadgauge_label");

  @TempDir Path folder;
  private Office office;
  private final Map<String, String> people = new TreeMap<>();

  @BeforeEach
  void open() {
    office = new Office(folder);
  }

  @AfterEach
  void close() {
    office.close();
  }

  private String id(String who) {
    String id = people.get(who);
    assertThat(id).as(who).isNotNull();
    return String.valueOf(id);
  }

  private void create(String who, String occupation, String visits) {
    people.put(
        who,
        office.create(
            "email", who + "@person.example", "occupation", occupation, "visits", visits));
  }

  /** Somebody who does so reaches the stage. */
  private void qualify(String who) {
    office.change(id(who), "visits", "6");
  }

  private void backUp(String data) {
    office.run(ExitCode.DONE, "backup", backup().toString(), "--data=" + office.data(data));
  }

  private Path backup() {
    return folder.resolve("day.backup");
  }

  private String restore(String data) {
    return office.run(ExitCode.DONE, "restore", backup().toString(), "--data=" + office.data(data));
  }

  private static BackfillProgress progress(Installation serve) {
    return serve.pipeline().backfill(Office.ID).orElseThrow();
  }

  private void awaitPhase(Installation serve, String phase) {
    Await.until(
        phase,
        () -> {
          office.clock.advance(60);
          return progress(serve).phase().equals(phase);
        });
  }

  private static RecordFacts facts(Installation serve, String id) {
    return serve
        .pipeline()
        .states()
        .current(RecordRef.contact(Office.ID, id))
        .map(RecordState::facts)
        .orElse(RecordFacts.NONE);
  }

  /** A day in the life of a portal; all that happens before the backup, and after it. */
  private void liveADay() {
    try (Installation serve = office.serve("data")) {
      for (String who :
          List.of(
              "still",
              "changed",
              "crossed",
              "completed",
              "vetoed",
              "movedOn",
              "closed",
              "deleted",
              "mergedAway",
              "survivor",
              "qualifiedInTheGap",
              "caught")) {
        create(who, "Working Professional", "0");
      }
      create("handed", "Working Professional", "9");
      office.pass(serve, AFTER_A_TASK);
      qualify("caught");
      office.settle(serve);
      assertThat(office.held(id("caught"), "lifecyclestage")).isEqualTo(Office.MQL);
      assertThat(states(serve, "caught")).containsExactly(State.PLANNED);
      backUp("data");

      office.pass(serve, AFTER_A_TASK);
      assertThat(states(serve, "caught")).containsExactly(State.DONE);
      office.change(id("changed"), "occupation", "Student");
      for (String who : List.of("crossed", "completed", "vetoed", "movedOn")) {
        qualify(who);
      }
      create("created", "Working Professional", "7");
      office.pass(serve, AFTER_A_TASK);
      office.pass(serve, Duration.ofHours(12));
      office.tasks().keySet().forEach(this::completeEveryOther);
      office.change(id("vetoed"), "lifecyclestage", "lead");
      office.change(id("movedOn"), "lifecyclestage", "opportunity");
      office.change(id("closed"), "lifecyclestage", "customer");
      office.delete(id("deleted"));
      office.merge(id("survivor"), id("mergedAway"));
      office.pass(serve, Duration.ofHours(12));
    }
  }

  private boolean every;

  private void completeEveryOther(String task) {
    every = !every;
    if (every) {
      office.change("tasks", task, "hs_task_status", "COMPLETED");
    }
  }

  private List<State> states(Installation serve, String who) {
    return serve.reader().unwritten().intentsOf(RecordRef.contact(Office.ID, id(who)), 10).stream()
        .map(one -> one.step().state())
        .toList();
  }

  @Test
  void backupOfADayAgo_isCaughtUpWithBeforeAnythingIsWritten_andNothingRepeats() {
    liveADay();
    Map<String, String> tasks = office.tasks();
    assertThat(tasks).hasSize(7);
    Map<String, Map<String, String>> before = office.contacts();
    // The disk is gone; people go on, and nobody takes the webhooks.
    qualify("qualifiedInTheGap");
    create("createdInTheGap", "Working Professional", "0");
    office.clock.advance(Duration.ofMinutes(30));

    String told = restore("other");
    assertThat(told).contains("no store is left to tell who");
    office.api.forget();
    try (Installation serve = office.serve("other")) {
      awaitPhase(serve, "done");
      office.pass(serve, AFTER_A_TASK);
      office.pass(serve, Duration.ofHours(3));

      assertThat(office.tasks()).isEqualTo(tasks);
      assertNoWriteBeforeAllWasRead(office.api.calls());
      assertThat(states(serve, "caught")).containsExactly(State.DONE);
      assertThat(office.held(id("vetoed"), "lifecyclestage")).isEqualTo("lead");
      assertThat(office.held(id("movedOn"), "lifecyclestage")).isEqualTo("opportunity");
      assertThat(office.held(id("closed"), "lifecyclestage")).isEqualTo("customer");
      assertThat(office.held(id("qualifiedInTheGap"), "lifecyclestage")).isEqualTo(Office.MQL);
      office
          .contacts()
          .forEach(
              (id, values) -> {
                RecordFacts facts = facts(serve, id);
                COMPARED.forEach(
                    property ->
                        assertThat(String.valueOf(facts.value(property)))
                            .as(id + " " + property)
                            .isEqualTo(String.valueOf(values.get(property))));
                if (before.containsKey(id) && !id.equals(id("qualifiedInTheGap"))) {
                  assertThat(values).as(id).isEqualTo(before.get(id));
                }
              });
      Await.until(
          "a sample has noticed who is gone",
          () -> {
            office.clock.advance(Duration.ofMinutes(5));
            return facts(serve, id("deleted")).isDeleted();
          });
      assertThat(office.run(ExitCode.DONE, "rebuild", "--data=" + office.data("other")))
          .contains("is what its journal says");
    }
  }

  @Test
  void restart_inTheMiddleOfCatchingUp_goesOn_andHealthSaysWhereItIs() {
    try (Installation serve = office.serve("data")) {
      create("ann", "Working Professional", "0");
      office.settle(serve);
      backUp("data");
      qualify("ann");
      office.pass(serve, AFTER_A_TASK);
    }
    assertThat(office.tasks()).hasSize(1);
    office.clock.advance(Duration.ofHours(24));
    create("bob", "Student", "9");

    restore("other");
    office.api.forget();
    office.api.hold("/contacts/search");
    try (Installation serve = office.serve("other")) {
      create("eve", "Working Professional", "9");
      awaitPhase(serve, "reading");
      office.clock.advance(Duration.ofMinutes(2));
      assertThat(office.ask("other", "/api/connections/office").at("/restore/detail").asText())
          .contains("restored from 2026-11-21T", "reading what changed since: 0");
      assertThat(office.ask("other", "/health/ready").toString())
          .contains("restored from 2026-11-21T", "nothing is written");
    }
    assertThat(writes(office.api.calls())).isZero();
    office.api.hold("");
    try (Installation serve = office.serve("other")) {
      awaitPhase(serve, "done");
      office.pass(serve, AFTER_A_TASK);
      assertNoWriteBeforeAllWasRead(office.api.calls());
      assertThat(office.ask("other", "/health/ready").toString()).doesNotContain("restored from");
      assertThat(office.held(id("ann"), "leadgauge_score")).isEqualTo("55");
      assertThat(office.held(id("bob"), "leadgauge_score")).isEqualTo("30");
      assertThat(office.held(id("eve"), "lifecyclestage")).isEqualTo(Office.MQL);
      assertThat(office.tasks()).hasSize(1);
      // From here on all is as ever.
      create("joe", "Working Professional", "9");
      office.pass(serve, AFTER_A_TASK);
      assertThat(office.tasks()).hasSize(2);
    }
  }

  private static int firstWrite(List<String> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (writes(calls.subList(i, i + 1)) > 0) {
        return i;
      }
    }
    return calls.size();
  }

  private static long writes(List<String> calls) {
    return calls.stream()
        .filter(call -> call.endsWith("/batch/update") || call.equals("POST /crm/v3/objects/tasks"))
        .count();
  }

  @Test
  void moreThanTheGuardAllows_isMovedOnlyWhenApproved() {
    office.guard(1, 0);
    try (Installation serve = office.serve("data")) {
      create("ann", "Working Professional", "0");
      create("bob", "Working Professional", "0");
      office.settle(serve);
      backUp("data");
    }
    qualify("ann");
    qualify("bob");
    office.clock.advance(Duration.ofHours(24));
    restore("other");
    try (Installation serve = office.serve("other")) {
      awaitPhase(serve, "paused");
      office.clock.advance(Duration.ofMinutes(2));
      assertThat(progress(serve).moves()).isEqualTo(Map.of(Office.MQL, 2L));
      assertThat(office.held(id("ann"), "lifecyclestage")).isEqualTo("lead");

      office.run(ExitCode.DONE, "approve", "office", "--data=" + office.data("other"));
      awaitPhase(serve, "done");
      office.pass(serve, AFTER_A_TASK);
      assertThat(office.held(id("ann"), "lifecyclestage")).isEqualTo(Office.MQL);
      assertThat(office.tasks()).isEmpty();
    }
  }

  @Test
  void personErasedSinceTheBackup_isErasedAgain_byTheStoreThatIsReplaced() throws IOException {
    try (Installation serve = office.serve("data")) {
      create("ann", "Working Professional", "9");
      create("bob", "Student", "0");
      office.pass(serve, AFTER_A_TASK);
      backUp("data");
      assertThat(
              office.run(
                  ExitCode.NO, "restore", backup().toString(), "--data=" + office.data("data")))
          .contains("in use by another running leadgauge");
      office.run(
          ExitCode.DONE, "erase", "office", id("ann"), "--yes", "--data=" + office.data("data"));
    }
    assertThat(Files.readString(backup(), StandardCharsets.ISO_8859_1)).contains("ann@person");

    assertThat(restore("data")).contains("Erased again, as they were since");

    Path replaced = onlyIn(office.data("data"), "replaced-");
    assertThat(replaced).isNotEmptyDirectory();
    for (Path file : files(office.data("data"))) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain("ann@person");
    }
    office.change(id("ann"), "visits", "0");
    try (Installation serve = office.serve("data")) {
      awaitPhase(serve, "done");
      office.settle(serve);
      assertThat(facts(serve, id("ann")).size()).isZero();
      assertThat(facts(serve, id("bob")).value("visits")).isEqualTo("0");
    }
  }

  @Test
  void personErasedInAStoreOfAnotherKey_isErasedAgain_andTakenInNoMore() throws IOException {
    try (Installation serve = office.serve("data")) {
      create("ann", "Working Professional", "9");
      office.pass(serve, AFTER_A_TASK);
      backUp("data");
    }
    try (Installation serve = office.serve("other")) {
      create("bob", "Working Professional", "0");
      office.change(id("ann"), "visits", "8");
      office.pass(serve, AFTER_A_TASK);
      for (String who : List.of("ann", "bob")) {
        office.run(
            ExitCode.DONE, "erase", "office", id(who), "--yes", "--data=" + office.data("other"));
      }
    }

    assertThat(restore("other")).contains("Erased again, as they were since");
    assertThat(Files.size(office.data("other").resolve("erasure.key"))).isEqualTo(64);
    for (Path file : files(office.data("other"))) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain("ann@person");
    }
    try (Installation serve = office.serve("other")) {
      create("eve", "Student", "0");
      office.change(id("bob"), "visits", "7");
      awaitPhase(serve, "done");
      office.settle(serve);
      assertThat(facts(serve, id("eve")).value("visits")).isEqualTo("0");
      assertThat(facts(serve, id("ann")).size()).isZero();
      assertThat(facts(serve, id("bob")).size()).isZero();
    }
    // The next backup has both keys.
    Files.delete(backup());
    backUp("other");
    restore("third");
    try (Installation serve = office.serve("third")) {
      office.change(id("bob"), "visits", "6");
      awaitPhase(serve, "done");
      office.settle(serve);
      assertThat(facts(serve, id("bob")).size()).isZero();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static Path onlyIn(Path folder, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(beginning)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  /** Looks in the log of calls for the last page of what changed, and the reads that follow. */
  private static void assertNoWriteBeforeAllWasRead(List<String> calls) {
    int search = calls.indexOf("POST /crm/v3/objects/contacts/search");
    assertThat(search).as(calls.toString()).isNotNegative();
    List<String> until = calls.subList(0, firstWrite(calls));
    assertThat(until.subList(Math.min(search, until.size()), until.size()))
        .as(calls.toString())
        .contains("POST /crm/v3/objects/contacts/batch/read");
  }
}
