package io.leadgauge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.model.Standing;
import io.leadgauge.store.PageCleaning.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCleaningTest {
  private static final ConnectionId ACME = new ConnectionId("acme");
  private static final int PERSONS = 300;
  private static final int ROUNDS = 4;

  private static final Pattern NEEDLE = Pattern.compile("needle([0-9]{6})@");

  @TempDir Path root;
  private Path folder = Path.of("");

  private static RecordRef person(int number) {
    return RecordRef.contact(ACME, "7" + (100_000 + number));
  }

  /** Stands in every fact and standing of a person, and nowhere else. */
  private static String needle(int number) {
    return "needle" + (100_000 + number) + "@";
  }

  /** Adds facts to a person, in lengths that make pages split, and removes earlier ones. */
  private static void live(StoreWriter writer, SplittableRandom random, int number) {
    RecordRef ref = person(number);
    RecordState before = writer.load(ref).orElseGet(() -> RecordState.unknown(ref, 1));
    List<Fact> told = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String value = needle(number) + "x".repeat(random.nextInt(80));
      SourceRank rank = random.nextBoolean() ? SourceRank.READ : SourceRank.EVENT;
      Stamp stamp = new Stamp(random.nextInt(1_000), rank, value);
      told.add(new Fact.Assigned(ref, "p" + random.nextInt(5), stamp));
    }
    Joined joined = before.facts().join(told);
    String reasons = needle(number) + "y".repeat(random.nextInt(300));
    Standing standing =
        new Standing("m", "h", 1, Map.of(Output.REASONS, reasons), Decision.NONE, Due.NEVER);
    String problem = random.nextBoolean() ? null : needle(number) + "refused";
    RecordState after =
        before
            .withFacts(joined.facts(), 0, 1)
            .withStanding(standing)
            .withDue(new Due(Due.NEVER, Due.NEVER, Due.NEVER, 0, problem));
    RecordState saved =
        writer.save(
            new RecordChange(after, joined.added(), joined.removed(), List.of(standing), 1));
    String body = needle(number) + "z".repeat(random.nextInt(9_000)) + needle(number);
    writer.index(writer.append(delivery(body), Outcome.applied(1, 0)), saved);
  }

  private static Delivery delivery(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Delivery(ACME, 1, "POST", "/webhooks/acme", List.of(), bytes);
  }

  private static void clean(Store store) {
    Step step = Step.GOING_ON;
    while (step == Step.GOING_ON) {
      step = store.cleaning().step();
    }
    assertThat(step).isEqualTo(Step.CLEAN);
  }

  private static void erase(Store store, int number) {
    StoreWriter writer = store.writer();
    writer.erasure().mark(person(number), 0);
    writer.commit();
    try (ErasureReader reader = store.erasures()) {
      for (ErasedRecord record : reader.pending(10)) {
        for (StoredEntry entry : reader.entries(record, Long.MAX_VALUE)) {
          writer.erasure().rewrite(entry.with(delivery("nothing of them"), null));
        }
        writer.erasure().forget(record);
      }
    }
    writer.commit();
  }

  private long residues(List<Integer> erased) {
    try {
      String file =
          Files.readString(folder.resolve("leadgauge.db"), StandardCharsets.ISO_8859_1)
              + Files.readString(folder.resolve("leadgauge.db-wal"), StandardCharsets.ISO_8859_1);
      return NEEDLE
          .matcher(file)
          .results()
          .filter(found -> erased.contains(Integer.parseInt(found.group(1)) - 100_000))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void law_whatWasErased_isNowhereInTheFileAndTheRestIsAsItWas() {
    Seeds.forEach(2, this::checkErasures);
  }

  private void checkErasures(SplittableRandom random) {
    folder = root.resolve(Long.toHexString(random.nextLong()));
    try (Store store = Store.open(folder)) {
      List<Integer> erased = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 2 * PERSONS; i++) {
          int number = random.nextInt(PERSONS);
          if (!erased.contains(number)) {
            live(store.writer(), random, number);
          }
          if (i % 20 == 0) {
            store.writer().commit();
          }
        }
        store.writer().commit();
        store.checkpoint();
        for (int i = 0; i < 30; i++) {
          int number = random.nextInt(PERSONS);
          erased.add(number);
          erase(store, number);
        }
        Map<String, String> others = facts(store, erased);
        clean(store);
        assertThat(facts(store, erased)).isEqualTo(others);
        assertThat(residues(erased)).isZero();
        // The writer goes on from pages that it had in memory, and must not bring back their slack.
        live(store.writer(), random, nobodyOf(erased));
        store.writer().commit();
        assertThat(residues(erased)).isZero();
      }
      assertThat(integrity()).isEqualTo("ok");
    }
  }

  private static int nobodyOf(List<Integer> erased) {
    int number = 0;
    while (erased.contains(number)) {
      number++;
    }
    return number;
  }

  private static Map<String, String> facts(Store store, List<Integer> erased) {
    Map<String, String> facts = new TreeMap<>();
    for (int number = 0; number < PERSONS; number++) {
      if (!erased.contains(number)) {
        store
            .writer()
            .load(person(number))
            .ifPresent(state -> facts.put(state.ref().id(), state.facts().canonical()));
      }
    }
    store.writer().commit();
    return facts;
  }

  private String integrity() {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      return row.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
