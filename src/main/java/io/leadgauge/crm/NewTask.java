package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import org.jspecify.annotations.Nullable;

/**
 * A task that somebody is to do about a contact.
 *
 * @param contact whom it is about
 * @param key tells it from any other; letters and digits
 * @param subject what is to be done, in a line
 * @param note what else is to be known, as plain text; may have several lines
 * @param dueAt when it should be done
 * @param owner the CRM's id of whose task it is; null for nobody's
 */
public record NewTask(
    RecordRef contact,
    String key,
    String subject,
    String note,
    long dueAt,
    @Nullable String owner) {
  /** Returns the same task, of nobody. */
  public NewTask unowned() {
    return new NewTask(contact, key, subject, note, dueAt, null);
  }
}
