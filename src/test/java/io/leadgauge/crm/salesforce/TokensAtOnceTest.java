package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.SalesforceStandIn.ok;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.HandClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many who need a token at once: one asks for it. */
class TokensAtOnceTest extends OrgTest {
  private static final String COUNT = "{'totalSize':7,'done':true,'records':[]}";

  @Override
  HandClock clock() {
    return HandClock.still();
  }

  private List<CountAnswer> counts(CrmClient... clients) throws Exception {
    List<CompletableFuture<CountAnswer>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      CrmClient one = clients[i % clients.length];
      all.add(CompletableFuture.supplyAsync(() -> one.count()));
    }
    List<CountAnswer> counts = new ArrayList<>();
    for (CompletableFuture<CountAnswer> one : all) {
      counts.add(one.get(30, TimeUnit.SECONDS));
    }
    return counts;
  }

  @Test
  void manyCallers_ofSeveralClients_askForOneToken() throws Exception {
    org.login(call -> token("t", org.base()).withFixedDelay(200));
    org.answer(ok(COUNT));
    try (CrmClient second = adapter.connect(connection(login(), 100))) {
      assertThat(counts(client, second)).containsOnly(new CountAnswer(14, null));
    }
    assertThat(org.logins()).hasSize(1);
  }

  @Test
  void manyCallers_whoseTokenEnds_askForOneMore() throws Exception {
    org.answer(
        call ->
            call.header("Authorization").equals("Bearer token-1")
                ? ok(COUNT)
                : refused(401, "INVALID_SESSION_ID", "Session expired or invalid"));

    assertThat(counts(client)).containsOnly(new CountAnswer(14, null));
    assertThat(org.logins()).hasSize(2);
  }
}
