package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Bodies as HubSpot sends them, with events of which each is new and has an instant of its own: of
 * two values of one instant, only a read could tell which holds. Not thread-safe.
 */
final class Deliveries {
  private final long since;
  private final RandomGenerator random;
  private long event;

  /**
   * Makes bodies.
   *
   * @param since when the first event happened, in epoch milliseconds; each further one is a
   *     millisecond later
   */
  Deliveries(long since, RandomGenerator random) {
    this.since = since;
    this.random = random;
  }

  /**
   * Returns bodies.
   *
   * @param count how many
   * @param events how many events are in each
   * @param contacts whom they are about, one after the other
   */
  List<byte[]> about(int count, int events, LongSupplier contacts) {
    List<byte[]> bodies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      List<String> some = new ArrayList<>(events);
      for (int j = 0; j < events; j++) {
        some.add(change(contacts.getAsLong()));
      }
      bodies.add(body(some));
    }
    return bodies;
  }

  /** Returns the body of one event: a company has another size. */
  byte[] grown(long company) {
    return body(List.of(event("company", company, "numberofemployees")));
  }

  /** Returns a body of these events. */
  static byte[] body(List<String> events) {
    return ("[" + String.join(",", events) + "]").getBytes(UTF_8);
  }

  /** Returns the event that a property of a contact took a value at an instant. */
  String change(long contact, String property, int value, long at) {
    return event("contact", contact, property, value, at);
  }

  private String change(long contact) {
    return event("contact", contact, event % 2 == 0 ? "bench_visits" : "bench_seconds");
  }

  private String event(String type, long id, String property) {
    return event(type, id, property, random.nextInt(2_000), since + event);
  }

  private String event(String type, long id, String property, int value, long at) {
    event++;
    return "{\"eventId\":"
        + event
        + ",\"subscriptionId\":3142,\"portalId\":44237313,\"appId\":"
        + SandboxOptions.APP_ID
        + ",\"occurredAt\":"
        + at
        + ",\"subscriptionType\":\""
        + type
        + ".propertyChange\",\"attemptNumber\":0,\"objectId\":"
        + id
        + ",\"propertyName\":\""
        + property
        + "\",\"propertyValue\":\""
        + value
        + "\",\"changeSource\":\"CRM\",\"sourceId\":\"userId:60000001\"}";
  }
}
