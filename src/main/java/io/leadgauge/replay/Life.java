package io.leadgauge.replay;

import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import java.util.List;

/**
 * The life of a contact as the journal tells it.
 *
 * @param contact who it is
 * @param relations the records whose facts are part of it
 * @param moments what happened, in the order of the journal; copied
 * @param leftOut how many older entries name these records and are left out
 * @param refused the fields that the CRM refuses to be written for any contact, as things are
 *     today; copied
 * @param emptied of how many entries only the facts are left, because retention has emptied them
 */
public record Life(
    RecordRef contact,
    Relations relations,
    List<Moment> moments,
    int leftOut,
    List<RefusedField> refused,
    int emptied) {
  public Life {
    moments = List.copyOf(moments);
    refused = List.copyOf(refused);
  }
}
