package io.leadgauge.sandbox;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an app wants to be told of contacts.
 *
 * <p>A property that is calculated or read-only never causes an event, even if it is named here.
 *
 * @param generic whether events are of the generic kind ({@code object.creation} with {@code
 *     objectTypeId}) instead of the classic one ({@code contact.creation})
 * @param kinds what kinds of events
 * @param properties the properties whose changes are told; nothing means every writable one
 */
public record WebhookSubscriptions(
    boolean generic, Set<EventKind> kinds, Optional<Set<String>> properties) {

  /** HubSpot offers no subscription to these (webhooks guide, copy of January 2025). */
  static final Set<String> NOT_OFFERED =
      Set.of("num_unique_conversion_events", "hs_lastmodifieddate");

  public WebhookSubscriptions {
    kinds = Set.copyOf(kinds);
    properties = properties.map(Set::copyOf);
    for (String name : properties.orElse(Set.of())) {
      if (NOT_OFFERED.contains(name)) {
        throw new IllegalArgumentException(
            "webhook subscriptions: HubSpot offers none for the property " + name);
      }
    }
  }

  /** Every kind of event and every writable property. */
  public static WebhookSubscriptions everything() {
    return new WebhookSubscriptions(false, EnumSet.allOf(EventKind.class), Optional.empty());
  }

  /** Every kind of event, and changes of these properties only. */
  public static WebhookSubscriptions ofProperties(Set<String> properties) {
    return new WebhookSubscriptions(false, EnumSet.allOf(EventKind.class), Optional.of(properties));
  }

  /** The same as generic events, or as classic ones. */
  public WebhookSubscriptions withGeneric(boolean isGeneric) {
    return new WebhookSubscriptions(isGeneric, kinds, properties);
  }

  /** Whether changes of a property are told. */
  boolean tells(PropertyDefinition property) {
    return kinds.contains(EventKind.PROPERTY_CHANGE)
        && property.writable()
        && properties.map(names -> names.contains(property.name())).orElse(true);
  }

  boolean tells(EventKind kind) {
    return kinds.contains(kind);
  }

  /** The type that an event carries; privacy deletion has no generic form. */
  String type(EventKind kind) {
    boolean isGeneric = generic && kind != EventKind.PRIVACY_DELETION;
    return (isGeneric ? "object." : "contact.") + kind.word();
  }
}
