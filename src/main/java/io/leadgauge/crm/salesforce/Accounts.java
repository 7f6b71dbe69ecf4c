package io.leadgauge.crm.salesforce;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.leadgauge.model.RecordRef;

/**
 * The accounts of contacts, as far as answers have told: a write of a contact locks its account, so
 * contacts of one account go together. Thread-safe.
 */
final class Accounts {
  private static final int MOST = 50_000;

  private final Cache<String, String> byContact = Caffeine.newBuilder().maximumSize(MOST).build();

  /** Takes a row into account. */
  void learn(SentRow row) {
    String account = row.text(FieldFacts.ACCOUNT_ID);
    if (row.record().type().equals(RecordRef.CONTACT) && !account.isEmpty()) {
      byContact.put(row.record().id(), account);
    }
  }

  /** Returns a contact's account; empty text where it is not known, or has none. */
  String of(RecordRef record) {
    String account = byContact.getIfPresent(record.id());
    return account == null ? "" : account;
  }
}
