package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.PortalNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An event that HubSpot is asked to send.
 *
 * @param type HubSpot's word for it, such as {@code contact.propertyChange}
 * @param object the type of the records, in HubSpot's words
 * @param property the property whose changes it tells of; empty for other events
 */
record Subscription(String type, String object, String property) {
  static final String CHANGE = ".propertyChange";

  private static final List<String> CLASSIC = List.of("contact", "company", "deal");
  private static final List<String> LIFE =
      List.of(".creation", ".deletion", ".restore", ".merge", ".associationChange");
  private static final List<String> ENGAGEMENT_LIFE =
      List.of(".creation", ".deletion", ".restore", ".associationChange");

  /**
   * What HubSpot sends no event of, by its own words.
   *
   * @see <a href="https://developers.hubspot.com/docs/api/webhooks">HubSpot: webhooks, January
   *     2025</a>
   */
  private static final Set<String> NEVER_SENT =
      Set.of(
          "num_unique_conversion_events",
          "hs_lastmodifieddate",
          "lastmodifieddate",
          "hs_email_html",
          "hs_email_subject",
          "hs_communication_body");

  /**
   * Properties of every portal that HubSpot calculates. It does not say whether it sends events of
   * them; people who tried say no.
   */
  private static final Set<String> CALCULATED =
      Set.of(
          "days_to_close",
          "first_conversion_date",
          "first_conversion_event_name",
          "hs_email_domain",
          "hs_first_outreach_date",
          "hs_latest_disqualified_lead_date",
          "hs_latest_open_lead_date",
          "hs_latest_qualified_lead_date",
          "hs_latest_sequence_ended_date",
          "hs_sequences_is_enrolled",
          "hs_time_to_first_engagement",
          "num_conversion_events",
          "recent_conversion_date",
          "recent_conversion_event_name");

  private static final String CALCULATED_PREFIX = "hs_calculated_";

  /** What HubSpot calls types of records where it does not use our word. */
  private static final Map<String, String> WORDS = Map.of("meeting", "meeting_event");

  /** Tells whether HubSpot sends no event of a property, as far as can be known without asking. */
  static boolean isUnsent(String property) {
    return NEVER_SENT.contains(property)
        || CALCULATED.contains(property)
        || property.startsWith(CALCULATED_PREFIX);
  }

  /** Returns the properties of contacts that are needed and that HubSpot sends no event of. */
  static SortedSet<String> unsent(PortalNeeds needs) {
    SortedSet<String> unsent = new TreeSet<>(needs.heard("contact"));
    unsent.removeIf(property -> !isUnsent(property));
    return unsent;
  }

  /** Returns all that a connection needs to be told: contacts first, changes last. */
  static List<Subscription> of(PortalNeeds needs) {
    List<Subscription> all = new ArrayList<>(classic("contact", needs));
    for (String object : needs.objects()) {
      if (!object.equals("contact")) {
        all.addAll(CLASSIC.contains(object) ? classic(object, needs) : generic(object, needs));
      }
    }
    return all;
  }

  private static List<Subscription> classic(String object, PortalNeeds needs) {
    List<Subscription> all = new ArrayList<>();
    LIFE.forEach(event -> all.add(new Subscription(object + event, object, "")));
    if (object.equals("contact")) {
      all.add(new Subscription("contact.privacyDeletion", object, ""));
    }
    changes(object + CHANGE, object, needs.heard(object), all);
    return all;
  }

  private static List<Subscription> generic(String object, PortalNeeds needs) {
    String word = WORDS.getOrDefault(object, object).toLowerCase(Locale.ROOT);
    List<Subscription> all = new ArrayList<>();
    ENGAGEMENT_LIFE.forEach(event -> all.add(new Subscription("object" + event, word, "")));
    changes("object" + CHANGE, word, needs.heard(object), all);
    return all;
  }

  private static void changes(
      String type, String object, SortedSet<String> properties, List<Subscription> all) {
    for (String property : properties) {
      if (!isUnsent(property)) {
        all.add(new Subscription(type, object, property));
      }
    }
  }

  /** Tells whether it is declared among the generic ones. */
  boolean isGeneric() {
    return type.startsWith("object.");
  }

  /** Tells whether it is declared among those of the whole account. */
  boolean isOfHub() {
    return type.endsWith(".privacyDeletion");
  }
}
