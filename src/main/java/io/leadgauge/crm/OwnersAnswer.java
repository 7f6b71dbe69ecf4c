package io.leadgauge.crm;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who can own tasks.
 *
 * @param ids the CRM's ids of the owners that are active; copied
 * @param trouble why not all could be read; null if all were
 */
public record OwnersAnswer(Set<String> ids, @Nullable CallTrouble trouble) {
  public OwnersAnswer {
    ids = Set.copyOf(ids);
  }
}
