package io.leadgauge.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port can ask the store: contacts and deliveries. The functions are called on
 * worker threads and may block for a short time; the JSON they return is described in {@code
 * openapi/admin.yaml}.
 *
 * @param contacts scores of a contact
 * @param deliveries the last deliveries
 * @param delivery one delivery
 */
public record AdminReads(ContactRead contacts, DeliveriesRead deliveries, DeliveryRead delivery) {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  /** Finds the scores of a contact. */
  @FunctionalInterface
  public interface ContactRead {
    /**
     * Returns the score, in the shape of {@code score --format json}, or {@code {"scores":[…]}}
     * where several models are asked for and there are several; empty if the contact is unknown.
     *
     * @param contact the contact; its type as in the path
     * @param model which model's; null for all
     * @throws JsonRequest.NoSuchThing if its connection has no such model
     */
    Optional<JsonNode> read(RecordRef contact, @Nullable String model);
  }

  /** Lists deliveries. */
  @FunctionalInterface
  public interface DeliveriesRead {
    /**
     * Returns {@code {"deliveries":[…]}}, the newest first.
     *
     * @param connection whose; null for all
     * @param limit how many at most
     * @param before only those with a smaller sequence number
     */
    JsonNode read(@Nullable ConnectionId connection, int limit, long before);
  }

  /** Finds one delivery. */
  @FunctionalInterface
  public interface DeliveryRead {
    /** Returns the delivery with this sequence number and what became of it; empty if none. */
    Optional<JsonNode> read(long sequence);
  }

  /** Returns the routes. */
  public List<JsonRoute> routes() {
    return List.of(
        new JsonRoute(
            "/api/contacts/{connection}/{objectType}/{id}", Set.of("model"), this::contact),
        new JsonRoute("/api/deliveries", Set.of("connection", "limit", "before"), this::deliveries),
        new JsonRoute(
            "/api/deliveries/{sequence}",
            Set.of(),
            request -> delivery.read(request.number("sequence"))));
  }

  private Optional<JsonNode> contact(JsonRequest request) {
    RecordRef contact =
        new RecordRef(
            JsonRequest.connection(request.path("connection")),
            request.path("objectType"),
            request.path("id"));
    return contacts.read(contact, request.query("model").orElse(null));
  }

  private Optional<JsonNode> deliveries(JsonRequest request) {
    return Optional.of(
        deliveries.read(
            request.query("connection").map(JsonRequest::connection).orElse(null),
            (int) request.number("limit", USUAL, 1, MOST),
            request.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE)));
  }
}
