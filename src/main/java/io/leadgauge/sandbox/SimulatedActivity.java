package io.leadgauge.sandbox;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something a contact does that HubSpot would notice by itself.
 *
 * @param kind what
 * @param at when
 * @param about what describes it: {@code form} of a form submission, {@code url} of a page view,
 *     {@code email} (its name) of e-mail activities
 * @param filledIn what the contact wrote into a form, in stored form
 */
record SimulatedActivity(
    Kind kind, long at, Map<String, String> about, Map<String, String> filledIn) {

  /** What contacts do. */
  enum Kind {
    FORM_SUBMISSION,
    PAGE_VIEW,
    EMAIL_DELIVERED,
    EMAIL_OPEN,
    EMAIL_CLICK,
    EMAIL_REPLY,
    EMAIL_BOUNCE,
    UNSUBSCRIBE,
    MEETING_BOOKED;

    /** The name in the control API. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> ofWord(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  SimulatedActivity {
    about = Map.copyOf(about);
    filledIn = Map.copyOf(filledIn);
  }
}
