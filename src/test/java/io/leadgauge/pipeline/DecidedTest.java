package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decided.Basis;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Standing;
import io.leadgauge.pipeline.Configuration.State;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.store.JournalEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal says of how decisions came about. */
class DecidedTest {
  private static final Connection FULL = Rig.connection(Mode.FULL);

  @TempDir Path folder;

  private static List<Decided> decided(Rig rig) {
    List<Decided> all = new ArrayList<>();
    for (JournalEntry entry : rig.reader.journal().after(0, 100_000)) {
      if (entry.entry() instanceof Decided decided) {
        all.add(decided);
      }
    }
    return all;
  }

  @Test
  void decision_onWhatHappened_isLive_andSawItsTransaction() {
    try (Rig rig = Rig.startWith(folder, FULL, Rig.model())) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"), rig.crm.set("2", "jobtitle", "VP"));
      rig.settle();
      assertThat(decided(rig)).isNotEmpty();
      for (Decided one : decided(rig)) {
        assertThat(one.basis()).isEqualTo(Basis.LIVE);
        assertThat(one.seen()).isGreaterThanOrEqualTo(one.cause());
        // All entries that its transaction told come before it.
        assertThat(rig.reader.journal().entry(one.seen()).orElseThrow().entry())
            .isNotInstanceOf(Decided.class);
      }
    }
  }

  private static Standing stored(Rig rig) {
    return Found.in(
        rig.reader.load(RecordRef.contact(Rig.ACME, "1")).orElseThrow().standings(), "plain");
  }

  @Test
  void standing_thatSaysTheSameAsBefore_isNotStoredAgain() {
    try (Rig rig = Rig.startWith(folder, FULL, Rig.model())) {
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"));
      rig.settle();
      Standing first = stored(rig);
      rig.clock.advance(1_000);
      rig.keep(rig.crm.set("1", "jobtitle", "Porter"));
      rig.settle();
      assertThat(stored(rig)).isEqualTo(first);
      assertThat(rig.state("1").standings()).containsValue(first);
      rig.clock.advance(1_000);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(stored(rig).scoredAt()).isGreaterThan(first.scoredAt());
    }
  }

  @Test
  void decisions_ofOneTransaction_sawTheSame() {
    try (Rig rig = Rig.startWith(folder, FULL, Rig.model())) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"), rig.crm.set("2", "jobtitle", "VP"));
      rig.settle();
      long delivery =
          rig.keep(rig.crm.set("1", "jobtitle", "x"), rig.crm.set("2", "jobtitle", "x"));
      assertThat(decided(rig))
          .filteredOn(one -> one.cause() == delivery)
          .hasSize(2)
          .allSatisfy(one -> assertThat(one.seen()).isEqualTo(delivery));
    }
  }

  @Test
  void decision_thatNobodyCouldBeMovedBy_isQuiet() {
    try (Rig rig = Rig.start(folder, Mode.FIELDS)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(decided(rig)).isNotEmpty().allMatch(one -> one.basis() == Basis.QUIET);
    }
  }

  @Test
  void decision_thatGoingBackHasPutBack_isTakenBack() {
    PointsCondition low = new PointsCondition.Compare(null, Comparison.AT_LEAST, 0);
    try (Rig rig = Rig.startWith(folder, FULL, Rig.model())) {
      for (int i = 0; i < 40; i++) {
        rig.keep(rig.crm.set("" + i, "jobtitle", "Intern"));
      }
      rig.settle();
      Decided before = last(rig, "7");
      Stage other = new Stage("mql", low, null, Rig.DAY);
      rig.want(FULL, Rig.model(other));
      rig.awaitPassing("decided anew", () -> !last(rig, "7").decision().equals(before.decision()));
      rig.want(FULL, Rig.model());
      rig.await(State.IN_FORCE);
      rig.settle();

      Decided back =
          decided(rig).stream()
              .filter(one -> one.basis() == Basis.TAKEN_BACK && isOf(one, "7"))
              .findFirst()
              .orElseThrow();
      assertThat(back.decision()).isEqualTo(before.decision());
      assertThat(back.modelHash()).isEqualTo(before.modelHash());
      assertThat(back.seen()).isZero();
      assertThat(rig.reader.load(RecordRef.contact(Rig.ACME, "7")).orElseThrow().standings())
          .isEqualTo(rig.state("7").standings());
    }
  }

  private static boolean isOf(Decided one, String id) {
    return one.contact().equals(RecordRef.contact(Rig.ACME, id));
  }

  private static Decided last(Rig rig, String id) {
    return decided(rig).stream().filter(one -> isOf(one, id)).toList().getLast();
  }
}
