package io.leadgauge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.model.Standing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final ConnectionId ACME = new ConnectionId("acme");
  private static final RecordRef ANN = RecordRef.contact(ACME, "101");

  @TempDir Path folder;

  @Test
  void save_thenLoad_givesTheSameState() {
    try (Store store = Store.open(folder)) {
      RecordState saved = save(store.writer(), state());
      assertThat(store.writer().load(ANN)).contains(saved);
      store.writer().commit();
      try (StoreReader reader = store.reader()) {
        assertThat(reader.load(ANN)).contains(saved);
      }
    }
  }

  @Test
  void save_factsThatGaveWay_areGone() {
    try (Store store = Store.open(folder)) {
      RecordState first = save(store.writer(), state());
      Fact later = new Fact.Assigned(ANN, "score", new Stamp(9, SourceRank.READ, "40"));
      Joined joined = first.facts().join(List.of(later));
      assertThat(joined.removed()).hasSize(1);
      RecordState second = first.withFacts(joined.facts(), 0, 5);
      store.writer().save(new RecordChange(second, joined.added(), joined.removed(), List.of(), 5));
      store.writer().commit();
      assertThat(store.writer().load(ANN).orElseThrow().facts()).isEqualTo(joined.facts());
    }
  }

  @Test
  void open_afterAWriterThatDidNotCommit_holdsTheLastCommit() {
    try (Store store = Store.open(folder)) {
      store.writer().append(delivery("[1]"), Outcome.applied(1, 0));
      store.writer().commit();
      store.writer().append(delivery("[2]"), Outcome.applied(1, 0));
    }
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      assertThat(reader.counts().lastSequence()).isEqualTo(1);
      assertThat(store.writer().nextSequence()).isEqualTo(2);
    }
  }

  @Test
  void delivery_kept_isGivenBackToTheByte() {
    try (Store store = Store.open(folder)) {
      Delivery sent = delivery("[{\"ä\":1}]\n");
      store.writer().append(sent, Outcome.quarantined("not an array of events"));
      store.writer().commit();
      try (StoreReader reader = Store.read(folder)) {
        KeptDelivery kept = KeptInTests.at(reader, 1);
        assertThat(kept.delivery().body()).isEqualTo(sent.body());
        assertThat(kept.delivery().headers()).isEqualTo(sent.headers());
        assertThat(kept.line().quarantined()).isEqualTo("not an array of events");
        assertThat(KeptInTests.newest(reader, null)).containsExactly(kept.line());
        assertThat(KeptInTests.newest(reader, new ConnectionId("other"))).isEmpty();
      }
    }
  }

  @Test
  void due_work_isListedLongestDueFirst() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      for (int i = 1; i <= 3; i++) {
        RecordRef ref = RecordRef.contact(ACME, "" + i);
        Due due = new Due(Due.NEVER, 100 - i, Due.NEVER, 0, null);
        save(store.writer(), RecordState.unknown(ref, 1).withDue(due));
      }
      store.writer().commit();
      assertThat(reader.due(ACME, DueWork.WRITE, 98, 10))
          .extracting(due -> due.ref().id())
          .containsExactly("3", "2");
      assertThat(reader.nextDue(ACME, DueWork.WRITE, 98)).contains(99L);
      assertThat(reader.nextDue(ACME, DueWork.FETCH, 0)).isEmpty();
      assertThat(reader.countDue(ACME, DueWork.WRITE, Due.NEVER)).isEqualTo(3);
    }
  }

  @Test
  void activation_newest_isInForce() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      store.writer().append(new Activation(1, "Model", "m", "aa", "text"), Outcome.applied(1, 0));
      store.writer().append(new Activation(2, "Model", "m", "bb", "text"), Outcome.applied(1, 0));
      store.writer().commit();
      assertThat(reader.journal().lastActivation("Model", "m", 9).map(JournalEntry::entry))
          .contains(new Activation(2, "Model", "m", "bb", "text"));
      assertThat(reader.journal().lastActivation("Model", "other", 9)).isEmpty();
    }
  }

  @Test
  void open_folderInUse_isRefusedAtOnce() {
    try (Store store = Store.open(folder)) {
      assertThatThrownBy(() -> Store.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another running leadgauge");
      assertThat(store.writer().nextSequence()).isEqualTo(1);
    }
  }

  @Test
  void read_noStore_saysWhatToDo() {
    assertThatThrownBy(() -> Store.read(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no store in")
        .hasMessageContaining("--data");
  }

  @Test
  void mark_storedBeforeItHadDwellAndWayBack_isReadWithoutThem() {
    String old =
        "{\"label\":\"hot\",\"labelSince\":3,\"stages\":[{\"stage\":\"mql\",\"entered\":true,"
            + "\"since\":3,\"reached\":true,\"vetoedAt\":2,\"blocked\":false}]}";
    Decision read = JsonText.decision(old);
    assertThat(read.stages()).containsExactly(new StageMark("mql", true, 3, true, 2, false));
    assertThat(JsonText.decision(read)).as("and written without them").isEqualTo(old);
  }

  @Test
  void mark_waitStoredBeforeItWasToldHowItBegan_isReadAsNotLive() {
    String text = "{\"stages\":[{\"stage\":\"mql\",\"holdsSince\":3}]}";
    StageMark mark = JsonText.decision(text).mark("mql").orElseThrow();
    assertThat(mark.holdsSince()).isEqualTo(3);
    assertThat(mark.beganLive()).isFalse();
  }

  @Test
  void reopen_ofAFileThatLacksWhatWasCommitted_isRefused() throws SQLException {
    try (Store store = Store.open(folder)) {
      StoreWriter writer = store.writer();
      for (int entry = 0; entry < 2; entry++) {
        writer.append(delivery("[]"), Outcome.applied(1, 0));
        writer.commit();
      }
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
          Statement statement = other.createStatement()) {
        statement.execute("DELETE FROM journal WHERE seq = 2");
      }
      assertThatThrownBy(writer::reopen)
          .isInstanceOf(StoreException.class)
          .hasMessage("entry 2 was committed and the store ends at 1");
    }
  }

  @Test
  void reopen_afterAFault_goesOnFromTheLastCommit() {
    try (Store store = Store.open(folder)) {
      store.writer().append(delivery("[1]"), Outcome.applied(1, 0));
      store.writer().commit();
      store.writer().append(delivery("[2]"), Outcome.applied(1, 0));
      store.writer().reopen();
      assertThat(store.writer().nextSequence()).isEqualTo(2);
    }
  }

  @Test
  void log_checkpointedBetweenTransactions_startsOver() {
    assertThat(longestLog(false, Store::checkpoint)).isBetween(2_000_000L, 4_000_000L);
  }

  @Test
  void log_checkpointedWithinTransactionsAlone_startsOverWhereItIsEnded() {
    assertThat(longestLog(true, Store::endLog)).isBetween(2_000_000L, 4_000_000L);
    // Otherwise each commit finds the log in use.
    assertThat(longestLog(true, Store::checkpoint)).isGreaterThan(5_000_000);
  }

  @Test
  void log_thatStartsOver_isEmptyAndKeepsItsLength() {
    byte[] noise = new byte[750_000];
    new Random(1).nextBytes(noise);
    String body = "[\"" + Base64.getEncoder().encodeToString(noise) + "\"]";
    try (Store store = Store.open(folder.resolve("long"))) {
      for (int i = 0; i < 20; i++) {
        store.writer().append(delivery(body), Outcome.applied(1, 0));
        store.writer().commit();
      }
      long longest = store.logBytes();
      assertThat(longest).isGreaterThan(12_000_000);
      assertThat(store.logFill().unmovedPages()).isEqualTo(store.logFill().pages());
      assertThat(store.checkpoint().unmovedPages()).isZero();

      store.writer().append(delivery("[]"), Outcome.applied(1, 0));
      store.writer().commit();

      assertThat(store.logFill().pages()).isBetween(1, 20);
      assertThat(store.logBytes()).isEqualTo(longest);
    }
  }

  /** Returns how long the log becomes when it is checkpointed beyond a tenth of what is written. */
  private long longestLog(boolean isWithinTransactions, Consumer<Store> checkpoint) {
    byte[] noise = new byte[75_000];
    new Random(1).nextBytes(noise);
    String body = "[\"" + Base64.getEncoder().encodeToString(noise) + "\"]";
    try (Store store = Store.open(folder.resolve(UUID.randomUUID().toString()))) {
      long longest = 0;
      for (int i = 0; i < 60; i++) {
        store.writer().append(delivery(body), Outcome.applied(1, 0));
        if (!isWithinTransactions) {
          store.writer().commit();
        }
        if (store.logBytes() > 2_000_000) {
          checkpoint.accept(store);
        }
        store.writer().commit();
        longest = Math.max(longest, store.logBytes());
      }
      return longest;
    }
  }

  private static RecordState save(StoreWriter writer, RecordState state) {
    return writer.save(
        new RecordChange(
            state, RecordFacts.NONE.join(FACTS).added(), List.of(), state.standings().values(), 5));
  }

  private static final RecordRef FIRM = new RecordRef(ACME, RecordRef.COMPANY, "7");
  private static final List<Fact> FACTS =
      List.of(
          new Fact.Assigned(ANN, "title", new Stamp(1, SourceRank.EVENT, "VP \"Sales\"\n")),
          new Fact.Assigned(ANN, "score", new Stamp(2, SourceRank.READ, "40")),
          new Fact.Happened(ANN, Activity.of("view", 3, Map.of("url", "https://x.example/?a=b"))),
          new Fact.Linked(ANN, LinkKind.WORKS_AT, FIRM, new Stamp(4, SourceRank.EVENT, "true")));

  private static final Recycling RECYCLING = new Recycling("lead", 6, true);
  private static final HandOff HANDED_OVER = new HandOff(true, 7, 8);

  private static RecordState state() {
    Decision decision =
        new Decision(
            "hot",
            3,
            List.of(
                new StageMark("mql", true, 3, false, 0, false),
                new StageMark("sql", false, 3, true, 4, true, 5, true, RECYCLING, HANDED_OVER)));
    Standing standing =
        new Standing("m", "ab", 9, Map.of(Output.SCORE, "40", Output.GRADE, ""), decision, 77);
    return RecordState.unknown(ANN, 1)
        .withFacts(RecordFacts.NONE.join(FACTS).facts(), 2, 5)
        .withStanding(standing)
        .withTimes(5, 6)
        .withDue(new Due(1, 2, 3, 4, "refused"));
  }

  private static Delivery delivery(String body) {
    return new Delivery(
        ACME,
        7,
        "POST",
        "/webhooks/acme/***",
        List.of(new Delivery.Header("X-HubSpot-Signature-v3", "abc=")),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
