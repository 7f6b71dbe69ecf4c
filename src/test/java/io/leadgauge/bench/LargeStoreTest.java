package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.model.Clockwork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured over a large store, over a small one: that it is done, not how fast. */
class LargeStoreTest {
  private static final int CONTACTS = 250;
  private static final String OF = " of " + CONTACTS;

  @TempDir Path folder;
  private final Clockwork clock = new SystemClockwork();
  private final Report report = new Report(line -> {});
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void store_filled_isWhatItsJournalSaysAndAllOfItIsScoredEachTime() throws Exception {
    try (LargeStore store =
        LargeStore.fill(folder, CONTACTS, clock, vertx, new SplittableRandom(7))) {
      assertThat(count(store, "journal WHERE kind = 'delivery'")).isEqualTo(CONTACTS);
      assertThat(count(store, "standing")).isEqualTo(CONTACTS);
      assertThat(count(store, "record WHERE version = 2"))
          .as("told, then scored")
          .isEqualTo(CONTACTS);

      Scoring.measure(store, report);
      Replays.measure(store, report);
      Sweep.measure(store, report);
      assertThat(count(store, "record WHERE version < 3")).as("not swept").isZero();
      String before = hash(store);
      Rescore.measure(store, report);
      assertThat(count(store, "standing WHERE model_hash = '" + before + "'")).isZero();
      assertThat(count(store, "record WHERE version < 5"))
          .as("neither re-scored nor written")
          .isZero();

      assertThat(report.figures())
          .extracting(Figure::name)
          .contains(
              "scoring on one core" + OF,
              "rebuild",
              "replay --model",
              "sweep" + OF,
              "re-score" + OF,
              "rows of a re-score" + OF);
      assertThat(report.figures()).allMatch(figure -> figure.spread().least() > 0);
      try (StoreReader reader = Store.read(store.data())) {
        assertThat(reader.countContacts(BenchPortal.ID)).isEqualTo(CONTACTS);
      }
    }
  }

  private static long count(LargeStore store, String from) throws SQLException {
    return sum(store, "1 FROM " + from);
  }

  private static long sum(LargeStore store, String what) throws SQLException {
    String[] parts = what.split(" FROM ", 2);
    return Long.parseLong(
        text(store, "SELECT total(" + parts[0] + ") FROM " + parts[1]).replace(".0", ""));
  }

  private static String hash(LargeStore store) throws SQLException {
    return text(store, "SELECT model_hash FROM standing LIMIT 1");
  }

  private static String text(LargeStore store, String sql) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
