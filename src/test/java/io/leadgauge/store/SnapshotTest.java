package io.leadgauge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final ConnectionId ACME = new ConnectionId("acme");
  private static final ConnectionId OTHER = new ConnectionId("other");
  private static final RecordRef ANN = RecordRef.contact(ACME, "101");
  private static final RecordRef BOB = RecordRef.contact(ACME, "102");
  private static final RecordRef VISITOR = RecordRef.visitor(ACME, "v");
  private static final RecordFacts FACTS =
      RecordFacts.NONE
          .join(
              List.of(
                  new Fact.Assigned(ANN, "title", new Stamp(1, SourceRank.EVENT, "VP")),
                  new Fact.Linked(
                      ANN, LinkKind.ASSOCIATED_WITH, BOB, new Stamp(4, SourceRank.EVENT, "true"))))
          .facts();

  @TempDir Path folder;

  private static Delivery delivery(ConnectionId connection, String path) {
    byte[] body = "[\"a body that is long enough to be packed\"]".getBytes(StandardCharsets.UTF_8);
    return new Delivery(connection, 7, "POST", path, List.of(), body);
  }

  private static void know(Store store, RecordRef ref) {
    store
        .writer()
        .save(new RecordChange(RecordState.unknown(ref, 1), List.of(), List.of(), List.of(), 1));
  }

  private static Retained retained(Store store, long from, long through, List<Long> emptied) {
    return new Retained(
        store.writer().rewritings(),
        from,
        through,
        List.of(
            Retained.Kept.of(ANN, FACTS, 5, List.of(BOB)),
            Retained.Kept.of(VISITOR, RecordFacts.NONE, 6, List.of())),
        emptied);
  }

  private static void prepare(Store store) {
    know(store, ANN);
    know(store, BOB);
    know(store, VISITOR);
    store.writer().append(delivery(ACME, "/webhooks/acme?email=a"), Outcome.applied(1, 0));
    store.writer().append(delivery(ACME, "/webhooks/acme"), Outcome.quarantined("unread"));
    store.writer().append(delivery(OTHER, "/webhooks/other"), Outcome.applied(1, 0));
    store.writer().commit();
  }

  @Test
  void retain_storesFactsAndEmptiesBodies_inOneTransaction() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      prepare(store);
      assertThat(store.writer().retain(retained(store, 0, 3, List.of(1L, 2L, 3L)))).isTrue();
      assertThat(reader.snapshot().through()).isZero();
      assertThat(KeptInTests.at(reader, 1).hasBody()).isTrue();
      store.writer().commit();

      SnapshotRow ann = reader.snapshot().find(ANN).orElseThrow();
      assertThat(ann.facts()).isEqualTo(FACTS);
      assertThat(ann.firstSeenAt()).isEqualTo(5);
      assertThat(reader.snapshot().named(reader.keyed(VISITOR)).orElseThrow().ref())
          .isEqualTo(VISITOR);
      assertThat(reader.snapshot().page(0, 1)).containsExactly(ann);
      assertThat(reader.snapshot().page(ann.rowId(), 9)).hasSize(1);
      assertThat(KeptInTests.at(reader, 1).hasBody()).isFalse();
      assertThat(KeptInTests.at(reader, 1).delivery().path()).isEqualTo("/webhooks/acme");
      assertThat(KeptInTests.at(reader, 2).hasBody()).as("quarantined").isTrue();
      assertThat(reader.journal().entry(3).orElseThrow().hasBody()).isFalse();
    }
  }

  @Test
  void retain_afterAChangeOfWhatWasRead_orFromElsewhere_isRefused() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      prepare(store);
      Retained early = retained(store, 0, 1, List.of(1L));
      store.writer().erasure();
      assertThat(store.writer().retain(early)).as("in the same transaction").isFalse();
      Retained between = retained(store, 0, 1, List.of(1L));
      store.writer().commit();
      assertThat(store.writer().retain(between)).as("read before the commit").isFalse();
      assertThat(store.writer().retain(retained(store, 2, 3, List.of(3L)))).isFalse();
      assertThat(store.writer().retain(retained(store, 0, 1, List.of(1L)))).isTrue();
      store.writer().commit();
      assertThat(reader.snapshot().through()).isEqualTo(1);
    }
  }

  @Test
  void retry_afterTheBodiesWereRead_refusesTheSnapshot() {
    try (Store store = Store.open(folder)) {
      prepare(store);
      List<Runnable> changes =
          List.of(
              () -> store.writer().retried(1, Outcome.applied(1, 0)),
              () -> store.writer().staysQuarantined(1, "not yet"));
      for (Runnable change : changes) {
        Retained early = retained(store, 0, 1, List.of(1L));
        change.run();
        store.writer().commit();
        assertThat(store.writer().retain(early)).isFalse();
      }
    }
  }

  @Test
  void delivery_thatALaterEntryApplies_keepsItsBodyUntilThen() throws SQLException {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      prepare(store);
      execute(
          "INSERT INTO journal SELECT 4, 'retried', 'acme', 9, '{\"delivery\":1}', x'', 0,"
              + " 'applied', NULL, 1, 0");
      assertThat(store.writer().retain(retained(store, 0, 3, List.of(1L, 3L)))).isTrue();
      store.writer().commit();
      assertThat(KeptInTests.at(reader, 1).hasBody()).isTrue();
      assertThat(KeptInTests.at(reader, 3).hasBody()).isFalse();
      assertThat(store.writer().retain(retained(store, 3, 4, List.of()))).isTrue();
      store.writer().commit();
      assertThat(KeptInTests.at(reader, 1).hasBody()).isFalse();
    }
  }

  @Test
  void count_followsWhateverBecomesOfBodies() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      prepare(store);
      store.writer().count(reader.snapshot().count(store.writer().rewritings(), 2));
      store.writer().count(reader.snapshot().count(0, 2));
      store.writer().commit();
      assertThat(reader.snapshot().bodies().counted()).isEqualTo(2);
      store.writer().count(reader.snapshot().count(store.writer().rewritings(), 2));
      store.writer().commit();
      long each = reader.snapshot().bodies().bytes() / 3;
      assertThat(each).isBetween(10L, 100L);

      store.writer().retain(retained(store, 0, 1, List.of(1L)));
      store.writer().commit();
      assertThat(reader.snapshot().bodies().bytes()).isEqualTo(2 * each);
      store.writer().forget(OTHER, 10, 0);
      store.writer().commit();
      assertThat(reader.snapshot().bodies().bytes()).isEqualTo(each);
      assertThat(reader.snapshot().bodies().oldestAt()).isEqualTo(7);
    }
  }

  @Test
  void forget_ofAConnection_takesItsRecordsOutOfTheSnapshot() throws SQLException {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      prepare(store);
      store.writer().retain(retained(store, 0, 1, List.of(1L)));
      store.writer().commit();
      store.writer().forget(ACME, 10, 0);
      store.writer().forget(ACME, 10, 0);
      store.writer().commit();
      assertThat(reader.snapshot().page(0, 9)).isEmpty();
      assertThat(execute("DELETE FROM snapshot_link")).isZero();
      assertThat(execute("DELETE FROM packed_body WHERE seq < 3")).isZero();
      assertThat(execute("DELETE FROM packed_body")).isEqualTo(1);
    }
  }

  private int execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
