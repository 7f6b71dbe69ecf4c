package io.leadgauge.sandbox;

import java.util.OptionalLong;

/**
 * Who or what changed a value, as HubSpot names it in webhooks and in property history.
 *
 * @param type {@code CRM_UI}, {@code INTEGRATION}, {@code FORM}, …; an open set
 * @param id what of that type: {@code userId:98499705}, an app id as text, a form; may be empty
 */
record ChangeSource(String type, String id) {
  private static final String USER = "userId:";

  /** A person at the CRM's screen. */
  static ChangeSource person(long userId) {
    return new ChangeSource("CRM_UI", USER + userId);
  }

  /** An app, by one of its tokens. */
  static ChangeSource app(long appId) {
    return new ChangeSource("INTEGRATION", Long.toString(appId));
  }

  /** The CRM itself, for what it works out. */
  static ChangeSource calculated() {
    return new ChangeSource("CALCULATED", "");
  }

  /** Whether a person made the change; only people may move a lifecycle stage back. */
  boolean isPerson() {
    return type.startsWith("CRM_UI");
  }

  /** The number of the person, where it was one. */
  OptionalLong userId() {
    return id.matches(USER + "\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(id.substring(USER.length())))
        : OptionalLong.empty();
  }
}
