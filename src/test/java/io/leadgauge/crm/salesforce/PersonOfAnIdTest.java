package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom an event source means that gives an id of the org. */
class PersonOfAnIdTest {
  private static final ConnectionId ORG = new ConnectionId("org");
  private final Vertx vertx = Vertx.vertx();
  private final SalesforceAdapter adapter = new SalesforceAdapter(vertx, new MovableClock(0));

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource({
    "003D000000QV9n2, contact, 003D000000QV9n2IAD",
    "003D000000QV9n2IAD, contact, 003D000000QV9n2IAD",
    "00QD000000abcDE, lead, 00QD000000abcDEMAY"
  })
  void id_ofAContactOrALead_isThatInEitherForm(String id, String type, String whole) {
    assertThat(adapter.person(ORG, id)).contains(new RecordRef(ORG, type, whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"001D000000QV9n2", "42", "", "ann@x.example", "003D000000QV9n2IA"})
  void id_ofAnythingElse_isNobody(String id) {
    assertThat(adapter.person(ORG, id)).isEmpty();
  }
}
