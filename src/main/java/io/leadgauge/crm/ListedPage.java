package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of all contacts.
 *
 * @param contacts the contacts; copied
 * @param next where the next page begins, in the CRM's own words; null if none follows
 * @param trouble why the page is not there; null when it is
 */
public record ListedPage(
    List<RecordRef> contacts, @Nullable String next, @Nullable CallTrouble trouble) {
  public ListedPage {
    contacts = List.copyOf(contacts);
  }
}
