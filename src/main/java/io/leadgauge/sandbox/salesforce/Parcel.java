package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Something that is to be told, until it is acknowledged or given up.
 *
 * @param subscription the name of whose it is
 * @param id of the notification
 * @param recordId the record that a notification shows, as it is when it leaves
 * @param event the change event, as it was when it happened
 * @param attempt how many attempts there have been
 * @param madeAt when it was made; it is not kept for ever
 * @param repeat whether it has been acknowledged before
 */
record Parcel(
    String subscription,
    String id,
    String recordId,
    Optional<ObjectNode> event,
    int attempt,
    long madeAt,
    boolean repeat) {

  Parcel attempted() {
    return new Parcel(subscription, id, recordId, event, attempt + 1, madeAt, repeat);
  }

  Parcel repeated() {
    return new Parcel(subscription, id, recordId, event, 0, madeAt, true);
  }
}
