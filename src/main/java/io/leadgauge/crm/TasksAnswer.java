package io.leadgauge.crm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are associated with a contact.
 *
 * @param notes what each says beside its subject, by the CRM's id of it; markup may be left in it;
 *     copied
 * @param trouble why not all could be read; null if all were
 */
public record TasksAnswer(Map<String, String> notes, @Nullable CallTrouble trouble) {
  public TasksAnswer {
    notes = Map.copyOf(notes);
  }
}
