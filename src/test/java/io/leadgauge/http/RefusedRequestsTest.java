package io.leadgauge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusedRequestsTest {
  private static final ConnectionId QUIET = new ConnectionId("quiet");
  private static final ConnectionId LOUD = new ConnectionId("loud");

  private final RefusedRequests requests = new RefusedRequests();

  private void add(@Nullable ConnectionId connection, int bytes) {
    requests.add(
        new RefusedRequest(
            0,
            1,
            connection,
            401,
            "signature_wrong",
            "text",
            "POST",
            "/webhooks/x",
            List.of(new Header("Host", "h")),
            new byte[bytes],
            bytes));
  }

  @Test
  void add_moreThanTheRing_keepsTheNewest() {
    for (int count = 0; count < 250; count++) {
      add(LOUD, 10);
    }
    add(null, 10);
    assertThat(requests.list(LOUD)).hasSize(RefusedRequests.MOST_EACH);
    assertThat(requests.list(LOUD).getFirst().id()).isEqualTo(250);
    assertThat(requests.list(LOUD).getLast().id()).isEqualTo(151);
    assertThat(requests.list(null)).hasSize(RefusedRequests.MOST_EACH + 1);
    assertThat(requests.find(150)).isEmpty();
    assertThat(requests.find(151)).isPresent();
  }

  @Test
  void add_longBody_isCutAndSaysSo() {
    add(LOUD, RefusedRequests.MOST_BODY_BYTES + 1);
    RefusedRequest cut = requests.list(LOUD).getFirst();
    assertThat(cut.body()).hasSize(RefusedRequests.MOST_BODY_BYTES);
    assertThat(cut.bodyLength()).isEqualTo(RefusedRequests.MOST_BODY_BYTES + 1);
    assertThat(cut.isWhole()).isFalse();
  }

  @Test
  void add_flood_staysInBytesAndPushesOutItself() {
    add(QUIET, 1_000);
    for (int ring = 0; ring < 6; ring++) {
      ConnectionId connection = new ConnectionId("loud-" + ring);
      for (int count = 0; count < RefusedRequests.MOST_EACH; count++) {
        add(connection, RefusedRequests.MOST_BODY_BYTES);
      }
    }
    assertThat(requests.bytes()).isLessThanOrEqualTo(RefusedRequests.MOST_BYTES);
    assertThat(requests.bytes()).isGreaterThan(RefusedRequests.MOST_BYTES - 100_000);
    assertThat(requests.list(QUIET)).hasSize(1);
  }
}
