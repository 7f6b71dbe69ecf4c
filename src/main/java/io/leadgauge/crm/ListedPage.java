package io.leadgauge.crm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of all contacts.
 *
 * @param ids the contacts' ids; copied
 * @param next where the next page begins, in the CRM's own words; null if none follows
 * @param trouble why the page is not there; null when it is
 */
public record ListedPage(List<String> ids, @Nullable String next, @Nullable CallTrouble trouble) {
  public ListedPage {
    ids = List.copyOf(ids);
  }
}
