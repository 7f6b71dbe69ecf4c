package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Configuration.State;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.Rule;
import io.leadgauge.store.KeptInTests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source's manifest changes while it delivers. */
class SourceDeliveriesTest {
  private static final String VISITOR = "v";

  /** More than a transaction takes beside other work of the connection. */
  private static final String LONG_TEXT = "#".repeat(5 << 20);

  @TempDir Path folder;

  private static Connection fed(String... types) {
    return Rig.connection(Mode.FIELDS).with(EventTerms.DEFAULT.fedBy(Rig.web(types)));
  }

  private Rig start(Connection connection) {
    return Rig.startOver(folder, connection, Rig.model(), crm -> crm.define("email"));
  }

  private static Delivery delivery(Rig rig, String... types) {
    List<String> events = new ArrayList<>();
    for (String type : types) {
      events.add(
          "{'contact':{'anonymousId':'%s'},'type':'%s','at':%d}"
              .formatted(VISITOR, type, Rig.START - 1)
              .replace('\'', '"'));
    }
    byte[] body = ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8);
    return new Delivery(Rig.ACME, rig.clock.now(), "POST", "/webhooks/web", List.of(), body);
  }

  private static Receipt deliver(Rig rig, EventSource source, String... types) {
    return new SourceDeliveries(rig.pipeline)
        .receive(source, delivery(rig, types))
        .toCompletableFuture()
        .join();
  }

  private static int told(Rig rig, String type) {
    return rig.pipeline
        .states()
        .current(RecordRef.visitor(Rig.ACME, VISITOR))
        .map(RecordState::facts)
        .map(facts -> facts.activities(type).size())
        .orElse(0);
  }

  /** The usual model, and it needs a property that the portal lacks. */
  private static ModelDefinition needy() {
    ModelDefinition plain = Rig.model();
    Rule rule =
        new Rule.OnProperty("b", new Condition.In("crm:budget", Set.of("1")), 1_000_000, null);
    List<Dimension> dimensions = new ArrayList<>(plain.dimensions());
    dimensions.add(new Dimension("budget", null, null, 1_000_000, List.of(rule)));
    return new ModelDefinition(
        plain.name(),
        plain.audience(),
        plain.discounts(),
        dimensions,
        plain.minTotal(),
        plain.maxTotal(),
        plain.disqualifiers(),
        plain.labels(),
        plain.grade(),
        plain.segments(),
        plain.stages());
  }

  @Test
  void type_thatIsDeclaredAndNotInForceYet_isToCome_andOthersAreTaken() {
    try (Rig rig = start(fed("form"))) {
      EventSource next = Rig.web("form", "visit");
      rig.want(fed("form", "visit"), needy());
      rig.await(State.NEEDS_SETUP);

      assertThat(deliver(rig, next, "visit")).isInstanceOf(Receipt.Early.class);
      assertThat(deliver(rig, next, "form", "visit")).isInstanceOf(Receipt.Early.class);
      assertThat(deliver(rig, next, "form", "play")).isInstanceOf(Receipt.Kept.class);
      assertThat(told(rig, "form")).isOne();

      rig.crm.define("budget");
      rig.clock.advance(Duration.ofMinutes(1));
      rig.awaitPassing("in force", () -> deliver(rig, next, "visit") instanceof Receipt.Kept);
      assertThat(told(rig, "visit")).isOne();
    }
  }

  @Test
  void source_thatIsNotInForceYet_isToCome() {
    try (Rig rig = start(Rig.connection(Mode.FIELDS))) {
      assertThat(deliver(rig, Rig.web(), "form")).isInstanceOf(Receipt.Early.class);
      assertThat(KeptInTests.newest(rig.reader, null)).isEmpty();

      rig.want(fed(), Rig.model());
      rig.awaitPassing("in force", () -> deliver(rig, Rig.web(), "form") instanceof Receipt.Kept);
      assertThat(told(rig, "form")).isOne();
    }
  }

  @Test
  void delivery_thatWasReadBeforeASwitch_andIsAppliedAfterIt_isReadByTheVersionInForce() {
    try (Rig rig = start(fed("form"))) {
      CountDownLatch go = new CountDownLatch(1);
      // Whoever waits for a commit is told of it by the thread that writes, which waits in turn.
      CompletableFuture<Void> held =
          rig.pipeline
              .intake()
              .receive(delivery(rig, "form"))
              .toCompletableFuture()
              .thenRun(() -> await(go));
      ConnectionScope next = Rig.candidate(fed("form", "visit"), Rig.model()).scope();
      Activation text = new Activation(0, "Connection", "acme", "h", LONG_TEXT);
      Changeover open = Changeover.first(next.configuration());
      CompletableFuture<Long> brought =
          rig.pipeline.intake().submit(new Work.Switch(next, List.of(text), open));
      CompletableFuture<Receipt> after =
          rig.pipeline.intake().receive(delivery(rig, "visit")).toCompletableFuture();
      go.countDown();
      held.join();
      brought.join();
      assertThat(after.join()).isInstanceOf(Receipt.Kept.class);

      assertThat(told(rig, "visit")).isOne();
      long switched =
          rig.reader
              .journal()
              .lastActivation("Connection", "acme", Long.MAX_VALUE)
              .orElseThrow()
              .sequence();
      assertThat(((Receipt.Kept) after.join()).sequence()).isGreaterThan(switched);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
