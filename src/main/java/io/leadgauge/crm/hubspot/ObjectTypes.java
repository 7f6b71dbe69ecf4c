package io.leadgauge.crm.hubspot;

import java.util.Map;
import java.util.Set;

/**
 * HubSpot's types of objects in neutral words, so that classic and generic events about one record
 * lead to one key.
 *
 * @see <a href="https://developers.hubspot.com/docs/guides/crm/using-object-apis">the table of
 *     object type ids, read November 2026</a>
 */
final class ObjectTypes {
  /** The first part of a generic subscription type. */
  static final String GENERIC = "object";

  /** HubSpot's leads are no persons, but what sales does with one. */
  private static final String SALES_LEAD = "sales_lead";

  private static final Set<String> CLASSIC =
      Set.of("contact", "company", "deal", "ticket", "product", "line_item", "conversation");

  private static final Map<String, String> BY_ID =
      Map.ofEntries(
          Map.entry("0-1", "contact"),
          Map.entry("0-2", "company"),
          Map.entry("0-3", "deal"),
          Map.entry("0-5", "ticket"),
          Map.entry("0-7", "product"),
          Map.entry("0-8", "line_item"),
          Map.entry("0-14", "quote"),
          Map.entry("0-18", "communication"),
          Map.entry("0-27", "task"),
          Map.entry("0-46", "note"),
          Map.entry("0-47", "meeting"),
          Map.entry("0-48", "call"),
          Map.entry("0-49", "email"),
          Map.entry("0-116", "postal_mail"),
          Map.entry("0-136", SALES_LEAD));

  private ObjectTypes() {}

  /** Tells whether subscription types of the classic kind begin with this word. */
  static boolean isClassic(String word) {
    return CLASSIC.contains(word);
  }

  /**
   * Returns what stands in an address for records of a type: the plural, or a custom object's id.
   */
  static String path(String type) {
    return switch (type) {
      case "company" -> "companies";
      case "postal_mail" -> "postal_mail";
      case SALES_LEAD -> "leads";
      default -> BY_ID.containsValue(type) ? type + "s" : type;
    };
  }

  /** Returns the word for an object type id, or the id itself, as for custom objects. */
  static String ofId(String objectTypeId) {
    return BY_ID.getOrDefault(objectTypeId, objectTypeId);
  }
}
