package io.leadgauge.replay;

import io.leadgauge.model.RecordRef;
import java.util.List;

/**
 * What one entry changed.
 *
 * @param contacts what it changed for each contact that it concerned; copied
 * @param more how many contacts more it concerned
 */
public record Aftermath(List<OfContact> contacts, int more) {
  public Aftermath {
    contacts = List.copyOf(contacts);
  }

  /**
   * What it changed for one contact.
   *
   * @param contact who it is
   * @param moments the moment of the entry, the decisions that it led to, and the next write that
   *     the CRM answered; copied
   */
  public record OfContact(RecordRef contact, List<Moment> moments) {
    public OfContact {
      moments = List.copyOf(moments);
    }
  }
}
