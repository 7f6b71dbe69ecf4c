package io.leadgauge.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What HubSpot works out from the behaviour of a contact: the properties that no app can write and
 * no webhook tells. The values that one activity sets have one time stamp, its own.
 */
final class Behaviour {
  private static final long VISIT = 30 * 60_000L;

  private final Portal portal;

  Behaviour(Portal portal) {
    this.portal = portal;
  }

  /** Lets a contact do something. An activity of the past changes no value of a later one. */
  void happen(CrmRecord contact, SimulatedActivity activity) {
    ChangeSource source = source(activity);
    if (!activity.filledIn().isEmpty()) {
      portal.update(contact, activity.filledIn(), activity.at(), source);
    }
    Map<String, String> counts = counts(contact, activity);
    portal.workOut(contact, moments(contact, activity), activity.at(), source);
    if (!counts.isEmpty()) {
      portal.workOut(contact, counts, notBefore(contact, counts, activity.at()), source);
    }
  }

  /** What is set at the instant of the activity. */
  private static Map<String, String> moments(CrmRecord contact, SimulatedActivity activity) {
    Map<String, String> values = new LinkedHashMap<>();
    String at = Long.toString(activity.at());
    switch (activity.kind()) {
      case FORM_SUBMISSION -> conversion(contact, values, form(activity), at);
      case PAGE_VIEW -> pageView(contact, values, activity, at);
      case EMAIL_DELIVERED -> {
        values.put("hs_email_last_send_date", at);
        values.put("hs_email_last_email_name", activity.about().getOrDefault("email", "E-mail"));
      }
      case EMAIL_OPEN -> firstAndLast(contact, values, "open", at);
      case EMAIL_CLICK -> firstAndLast(contact, values, "click", at);
      case EMAIL_REPLY -> firstAndLast(contact, values, "reply", at);
      case EMAIL_BOUNCE -> values.put("hs_email_hard_bounce_reason_enum", "UNKNOWN_USER");
      case UNSUBSCRIBE -> values.put("hs_email_optout", "true");
      case MEETING_BOOKED -> values.put("engagements_last_meeting_booked", at);
    }
    return values;
  }

  private static void conversion(
      CrmRecord contact, Map<String, String> values, String form, String at) {
    values.put("recent_conversion_date", at);
    values.put("recent_conversion_event_name", form);
    if (contact.value("first_conversion_date").isEmpty()) {
      values.put("first_conversion_date", at);
      values.put("first_conversion_event_name", form);
    }
  }

  private static void pageView(
      CrmRecord contact, Map<String, String> values, SimulatedActivity activity, String at) {
    String url = activity.about().getOrDefault("url", "https://www.example.com/");
    values.put("hs_analytics_last_url", url);
    values.put("hs_analytics_last_timestamp", at);
    values.put("hs_analytics_last_visit_timestamp", at);
    if (contact.value("hs_analytics_first_timestamp").isEmpty()) {
      values.put("hs_analytics_first_timestamp", at);
      values.put("hs_analytics_first_url", url);
    }
  }

  /** What goes up by one. */
  private static Map<String, String> counts(CrmRecord contact, SimulatedActivity activity) {
    Map<String, String> values = new LinkedHashMap<>();
    switch (activity.kind()) {
      case FORM_SUBMISSION -> {
        raise(contact, values, "num_conversion_events");
        if (isNewForm(contact, form(activity))) {
          raise(contact, values, "num_unique_conversion_events");
        }
      }
      case PAGE_VIEW -> {
        raise(contact, values, "hs_analytics_num_page_views");
        if (isNewVisit(contact, activity.at())) {
          raise(contact, values, "hs_analytics_num_visits");
        }
      }
      case EMAIL_DELIVERED -> raise(contact, values, "hs_email_delivered");
      case EMAIL_OPEN -> raise(contact, values, "hs_email_open");
      case EMAIL_CLICK -> raise(contact, values, "hs_email_click");
      case EMAIL_REPLY -> raise(contact, values, "hs_email_replied");
      case EMAIL_BOUNCE -> raise(contact, values, "hs_email_bounce");
      case UNSUBSCRIBE, MEETING_BOOKED -> {}
    }
    return values;
  }

  private static ChangeSource source(SimulatedActivity activity) {
    return switch (activity.kind()) {
      case FORM_SUBMISSION -> new ChangeSource("FORM", form(activity));
      case PAGE_VIEW -> new ChangeSource("ANALYTICS", "");
      case EMAIL_DELIVERED, EMAIL_OPEN, EMAIL_CLICK, EMAIL_REPLY, EMAIL_BOUNCE, UNSUBSCRIBE ->
          new ChangeSource("EMAIL", "");
      case MEETING_BOOKED -> new ChangeSource("ENGAGEMENTS", "");
    };
  }

  private static void firstAndLast(
      CrmRecord contact, Map<String, String> values, String what, String at) {
    values.put("hs_email_last_" + what + "_date", at);
    String first = "hs_email_first_" + what + "_date";
    if (contact.value(first).isEmpty()) {
      values.put(first, at);
    }
  }

  private static void raise(CrmRecord contact, Map<String, String> values, String name) {
    String old = contact.valueOrEmpty(name);
    values.put(name, Long.toString(old.isEmpty() ? 1 : Long.parseLong(old) + 1));
  }

  private static String form(SimulatedActivity activity) {
    return activity.about().getOrDefault("form", "Contact us");
  }

  private static boolean isNewForm(CrmRecord contact, String form) {
    return contact.history("recent_conversion_event_name").stream()
        .noneMatch(assignment -> assignment.value().equals(form));
  }

  private static boolean isNewVisit(CrmRecord contact, long at) {
    String last = contact.valueOrEmpty("hs_analytics_last_timestamp");
    return last.isEmpty() || Math.abs(at - Long.parseLong(last)) > VISIT;
  }

  private static long notBefore(CrmRecord contact, Map<String, String> counts, long at) {
    long latest = at;
    for (String name : counts.keySet()) {
      for (Assignment assignment : contact.history(name)) {
        latest = Math.max(latest, assignment.at());
      }
    }
    return latest;
  }
}
