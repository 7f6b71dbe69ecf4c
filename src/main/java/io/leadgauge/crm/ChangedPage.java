package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of contacts that changed.
 *
 * @param contacts in the order of their ids; copied
 * @param last whether no page follows
 * @param left how many contacts this page and those after it hold together; 0 where the CRM does
 *     not say
 * @param trouble why the page is not there; null when it is
 */
public record ChangedPage(
    List<ChangedContact> contacts, boolean last, long left, @Nullable CallTrouble trouble) {
  public ChangedPage {
    contacts = List.copyOf(contacts);
  }

  /** Makes a page of a CRM that does not say how many contacts follow. */
  public ChangedPage(List<ChangedContact> contacts, boolean last, @Nullable CallTrouble trouble) {
    this(contacts, last, 0, trouble);
  }

  /**
   * A contact that changed.
   *
   * @param record the contact
   * @param values its properties now, empty text for none; a hint that may lag behind; one that is
   *     missing could not be seen; copied
   */
  public record ChangedContact(RecordRef record, Map<String, String> values) {
    public ChangedContact {
      values = Map.copyOf(values);
    }

    /** Returns the same contact with the values of another look at it as well. */
    public ChangedContact and(ChangedContact other) {
      Map<String, String> all = new HashMap<>(values);
      all.putAll(other.values);
      return new ChangedContact(record, all);
    }
  }
}
