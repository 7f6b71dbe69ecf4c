package io.leadgauge.crm.salesforce;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An outbound message as it came, nothing yet made of it.
 *
 * @param organizationId the id of the org as it stood; empty if it did not
 * @param notifications in the order they stood; copied
 */
record OutboundMessage(String organizationId, List<Notification> notifications) {
  OutboundMessage {
    notifications = List.copyOf(notifications);
  }

  /**
   * One record as it was when the message was sent.
   *
   * @param place where it stood, for messages: {@code notification 3 at line 41, column 8}
   * @param object the API name of the object; empty if it names none
   * @param fields the text of each field that was there, empty for one that was told to be; copied
   * @param problem the first thing that could not be read; null if all could
   */
  record Notification(
      String place, String object, SortedMap<String, String> fields, @Nullable String problem) {
    Notification {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
  }
}
