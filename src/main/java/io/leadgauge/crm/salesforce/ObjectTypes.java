package io.leadgauge.crm.salesforce;

import io.leadgauge.model.RecordRef;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Salesforce's objects in neutral words. An object without such a word keeps its API name.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=000385203">key prefixes of standard
 *     objects, read November 2026</a>
 */
final class ObjectTypes {
  static final String LEAD = RecordRef.LEAD;
  static final String MEETING = "meeting";
  static final String CAMPAIGN_MEMBER = "campaign_member";
  static final String EMAIL = "email";
  static final String OWNER = "owner";

  private static final Map<String, String> BY_NAME =
      Map.of(
          "Contact", RecordRef.CONTACT,
          "Lead", LEAD,
          "Account", RecordRef.COMPANY,
          "Opportunity", RecordRef.DEAL,
          "Task", RecordRef.TASK,
          "Event", MEETING,
          "CampaignMember", CAMPAIGN_MEMBER,
          "EmailMessage", EMAIL,
          "User", OWNER);

  private static final Map<String, String> BY_PREFIX =
      Map.of(
          "003", RecordRef.CONTACT,
          "00Q", LEAD,
          "001", RecordRef.COMPANY,
          "006", RecordRef.DEAL,
          "00T", RecordRef.TASK,
          "00U", MEETING,
          "00v", CAMPAIGN_MEMBER,
          "02s", EMAIL,
          "005", OWNER);

  private ObjectTypes() {}

  /** Returns the word for an object by its API name, or the name itself. */
  static String ofName(String name) {
    return BY_NAME.getOrDefault(name, name);
  }

  /** Returns the word for the object of a record; empty for a prefix that has none. */
  static Optional<String> of(SalesforceId id) {
    return Optional.ofNullable(BY_PREFIX.get(id.keyPrefix()));
  }

  /** Returns the API name of a neutral word, or the word itself. */
  static String name(String type) {
    return BY_NAME.entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(type);
  }

  /** Tells whether records of a type are persons. */
  static boolean isPerson(String type) {
    return type.equals(RecordRef.CONTACT) || type.equals(LEAD);
  }

  /** Returns all neutral words. */
  static SortedSet<String> neutral() {
    return new TreeSet<>(BY_NAME.values());
  }
}
