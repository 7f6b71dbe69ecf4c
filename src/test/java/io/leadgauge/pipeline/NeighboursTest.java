package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.UntilKept;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two connections of one process: what one has to do with its CRM does not delay the other's. */
class NeighboursTest {
  private static final ConnectionId QUIET = Rig.ACME;
  private static final ConnectionId NOISY = new ConnectionId("noisy");
  private static final int CONTACTS = 20;

  /** Pages of three, each a call and a transaction of its own. */
  private static final int LISTED = 3_000;

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock(Rig.START);
  private final LineCrm quiet = new LineCrm(QUIET, Rig.START - Rig.DAY);
  private final LineCrm noisy = new LineCrm(NOISY, Rig.START - Rig.DAY);
  private Store store;
  private Pipeline pipeline;

  /** A platform on which each connection has a CRM of its own. */
  private record Portals(Map<ConnectionId, LineCrm> crms) implements CrmAdapter {
    private CrmAdapter of(ConnectionId id) {
      return Found.in(crms, id);
    }

    @Override
    public Decoded decode(Connection connection, Delivery delivery) {
      return of(connection.id()).decode(connection, delivery);
    }

    @Override
    public Redacted without(Delivery delivery, Erased erased) {
      return of(delivery.connection()).without(delivery, erased);
    }

    @Override
    public CrmClient connect(Connection connection) {
      return of(connection.id()).connect(connection);
    }
  }

  @BeforeEach
  void start() {
    store = Store.open(folder);
    Portals portals = new Portals(Map.of(QUIET, quiet, NOISY, noisy));
    pipeline =
        new Pipeline(
            store, Map.of(CrmKind.HUBSPOT, portals), new SimpleMeterRegistry(), clock, 1 << 20);
    Connection one = Rig.connection(Mode.FULL);
    pipeline.start(
        List.of(
            Rig.candidate(one, Rig.model()),
            Rig.candidate(Rig.named(NOISY.name(), one), Rig.model())));
  }

  @AfterEach
  void stop() {
    noisy.holdReads(false);
    noisy.holdWrites(false);
    pipeline.close();
    store.close();
  }

  private void deliver(ConnectionId to, LineCrm crm, int from) {
    List<String> lines = new ArrayList<>();
    for (int id = from; id < from + CONTACTS; id++) {
      lines.add(crm.set(Integer.toString(id), "jobtitle", "VP"));
    }
    byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    Delivery delivery = new Delivery(to, clock.now(), "POST", "/webhooks/" + to, List.of(), body);
    UntilKept.send(() -> pipeline.intake().receive(delivery));
  }

  private void awaitPassing(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(1_000);
          return condition.getAsBoolean();
        });
  }

  private static long written(LineCrm crm, int from) {
    long count = 0;
    for (int id = from; id < from + CONTACTS; id++) {
      count += crm.get(Integer.toString(id), "lg_score").equals("40") ? 1 : 0;
    }
    return count;
  }

  private void awaitQuietWritten() {
    deliver(QUIET, quiet, 1);
    awaitPassing("the quiet one's contacts are written", () -> written(quiet, 1) == CONTACTS);
  }

  @Test
  void crmThatHangsInAReading_delaysNoWriteOfAnotherConnection() {
    noisy.holdReads(true);
    deliver(NOISY, noisy, 1);
    awaitPassing("its reading hangs", () -> noisy.heldReads() > 0);
    awaitQuietWritten();
    assertThat(written(noisy, 1)).isZero();
    noisy.holdReads(false);
    awaitPassing("the noisy one goes on", () -> written(noisy, 1) == CONTACTS);
  }

  @Test
  void crmThatHangsInAWrite_delaysNoWriteOfAnotherConnection() {
    noisy.holdWrites(true);
    deliver(NOISY, noisy, 1);
    awaitPassing("its write hangs", () -> noisy.heldWrites() > 0);
    awaitQuietWritten();
    assertThat(written(noisy, 1)).isZero();
  }

  @Test
  void backfill_delaysNoWriteOfAnotherConnection() {
    for (int id = 0; id < LISTED; id++) {
      noisy.set(Integer.toString(1_000 + id), "jobtitle", "VP");
    }
    pipeline.beginBackfill(NOISY);
    awaitPassing("it is under way", () -> read() > 0);
    long before = read();
    awaitQuietWritten();
    assertThat(read()).as("it went on meanwhile, and is not at its end").isBetween(before, 2_999L);
  }

  private long read() {
    return pipeline.backfill(NOISY).orElseThrow().done();
  }
}
