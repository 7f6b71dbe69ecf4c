package io.leadgauge.crm;

import java.util.List;

/** What the body of a delivery turned out to be. */
public sealed interface Decoded {
  /**
   * It could be read.
   *
   * @param events in the order they stood; copied
   */
  record Events(List<CrmEvent> events) implements Decoded {
    public Events {
      events = List.copyOf(events);
    }
  }

  /**
   * It could not be read, and is quarantined.
   *
   * @param reason what is wrong, where, and what was expected
   */
  record Undecodable(String reason) implements Decoded {}
}
