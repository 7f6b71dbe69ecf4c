package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.JournalEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was folded once is folded alike from the journal. */
class RetellingTest {
  private static final List<String> TITLES = List.of("VP", "Clerk", "Intern", "CEO");

  @TempDir Path folder;

  @Test
  void journal_toldAgain_givesTheFactsOfTheStore() {
    Seeds.forEach(3, this::tellAgain);
  }

  private void tellAgain(SplittableRandom random) {
    try (Rig rig = Rig.start(folder.resolve(Long.toString(random.nextLong())))) {
      for (int day = 0; day < 20; day++) {
        String id = Integer.toString(1 + random.nextInt(5));
        rig.keep(rig.crm.set(id, "jobtitle", TITLES.get(random.nextInt(TITLES.size()))));
        if (random.nextInt(4) == 0) {
          rig.keep(rig.crm.set(id, "~into", Integer.toString(6 + random.nextInt(2))));
        }
        rig.settle();
        rig.clock.advance(random.nextInt((int) Rig.DAY));
      }
      Retelling retelling = retold(rig);
      for (int id = 1; id <= 7; id++) {
        RecordRef ref = RecordRef.contact(Rig.ACME, Integer.toString(id));
        Optional<RecordState> stored = rig.reader.load(ref);
        Optional<RecordState> told = retelling.find(ref);
        assertThat(told.map(RecordState::facts)).isEqualTo(stored.map(RecordState::facts));
        assertThat(told.map(RecordState::absorbed)).isEqualTo(stored.map(RecordState::absorbed));
      }
    }
  }

  private static Retelling retold(Rig rig) {
    Retelling retelling =
        new Retelling(
            (delivery, sequence) -> rig.crm.decode(rig.scope.connection(), delivery),
            new MemoryShelf("email", rig.reader::keyed));
    long last = 0;
    for (List<JournalEntry> page = rig.reader.journal().after(last, 7);
        !page.isEmpty();
        page = rig.reader.journal().after(last, 7)) {
      page.forEach(retelling::tell);
      last = page.getLast().sequence();
    }
    return retelling;
  }
}
