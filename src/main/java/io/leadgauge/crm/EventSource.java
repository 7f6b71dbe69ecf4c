package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Something that is no CRM and tells what contacts did: a website, a product, a shop. It shares the
 * names of connections, under which webhooks are sent.
 *
 * @param name its name
 * @param feeds the connection whose contacts it tells of
 * @param webhooks who may deliver
 * @param types the types of what it tells, with the attributes of each, as far as they are
 *     declared; empty if any type may come; copied
 */
public record EventSource(
    ConnectionId name,
    ConnectionId feeds,
    WebhookAccess webhooks,
    SortedMap<String, SortedSet<String>> types) {
  public EventSource {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** Tells whether it may tell of this type. */
  public boolean takes(String type) {
    return types.isEmpty() || types.containsKey(type);
  }
}
