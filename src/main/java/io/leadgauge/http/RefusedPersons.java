package io.leadgauge.http;

import io.leadgauge.crm.Erased;
import io.leadgauge.model.ConnectionId;
import java.nio.charset.StandardCharsets;

/** Which refused requests name erased persons. Nobody has vouched for them, so all of it counts. */
public final class RefusedPersons {
  private RefusedPersons() {}

  /** Gives up all requests that name one of these persons. */
  public static void forget(RefusedRequests requests, ConnectionId connection, Erased erased) {
    requests.forget(connection, request -> names(request, connection, erased));
  }

  private static boolean names(RefusedRequest request, ConnectionId connection, Erased erased) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return erased.isNamedIn(connection, body)
        || erased.isNamedIn(connection, request.path())
        || request.headers().stream()
            .anyMatch(header -> erased.isNamedIn(connection, header.value()));
  }
}
