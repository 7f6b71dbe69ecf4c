package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Observation;
import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.JournalEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the CRM refuses is in the journal, and goes with whom it is about. */
class RefusalTest {
  private static final String ANN = "4711000111";
  private static final String BOB = "4711000222";
  private static final String WHY = "quota of segment blue-7 is used up";

  @TempDir Path folder;

  private static RecordRef contact(String id) {
    return RecordRef.contact(Rig.ACME, id);
  }

  /** Returns the refusals in the journal that name a contact. */
  private static List<JournalEntry> refusals(Rig rig, String id) {
    List<JournalEntry> found = new ArrayList<>();
    for (JournalEntry entry : rig.reader.journal().naming(List.of(contact(id)), 0, 100)) {
      if (entry.entry() instanceof Observation told && told.refused().containsKey(contact(id))) {
        found.add(entry);
      }
    }
    return found;
  }

  private static String reason(JournalEntry entry, String id) {
    return ((Observation) entry.entry()).refused().getOrDefault(contact(id), "");
  }

  private static void refuse(Rig rig, String id, String reason) {
    rig.crm.reject(id, reason);
    rig.keep(rig.crm.set(id, "jobtitle", "VP"));
    rig.awaitPassing("refused", () -> !refusals(rig, id).isEmpty());
  }

  private static void erase(Rig rig, String id) {
    rig.pipeline.erasures().erase(contact(id)).join();
    rig.awaitPassing("all is erased", () -> rig.pipeline.erasures().progress().isDone());
  }

  @Test
  void refusedWrite_isInTheJournal_withTheReason() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig, ANN, WHY);
      JournalEntry entry = refusals(rig, ANN).getFirst();
      assertThat(entry.entry())
          .isInstanceOfSatisfying(
              Observation.class,
              told -> {
                assertThat(told.cause()).isEqualTo(Cause.WRITE);
                assertThat(told.refused()).containsOnlyKeys(contact(ANN)).containsValue(WHY);
                assertThat(told.askedAt()).isPositive();
              });
      assertThat(entry.outcome().events()).isZero();
      assertThat(entry.outcome().noted()).isOne();
      assertThat(rig.state(ANN).due().problem()).isEqualTo(WHY);
    }
  }

  @Test
  void refusal_ofWhoeverIsErased_goesWithThem_andThoseOfOthersStay() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig, ANN, WHY);
      refuse(rig, BOB, "not today");
      erase(rig, ANN);
      assertThat(DataFolderBytes.find(folder, ANN, WHY)).isEmpty();
      assertThat(reason(refusals(rig, BOB).getFirst(), BOB)).isEqualTo("not today");
    }
  }

  @Test
  void reason_thatNamesSomebodyWhoIsErased_isNotKept_norOneThatComesLater() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set(ANN, "jobtitle", "VP"));
      rig.settle();
      refuse(rig, BOB, "locked together with " + ANN);
      long first = refusals(rig, BOB).getFirst().sequence();
      erase(rig, ANN);
      JournalEntry left = rig.reader.journal().entry(first).orElseThrow();
      assertThat(reason(left, BOB)).isEqualTo("the reason is not kept");

      rig.keep(rig.crm.set(BOB, "phone", "1"), rig.crm.set(BOB, "jobtitle", "x"));
      rig.awaitPassing("refused again", () -> refusals(rig, BOB).getLast().sequence() > first);
      assertThat(reason(refusals(rig, BOB).getLast(), BOB)).isEqualTo("the reason is not kept");
    }
  }
}
