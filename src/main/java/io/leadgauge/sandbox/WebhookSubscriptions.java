package io.leadgauge.sandbox;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an app wants to be told.
 *
 * <p>A property that is calculated or read-only never causes an event, even if it is named here.
 *
 * @param generic whether events of contacts, companies and deals are of the generic kind ({@code
 *     object.creation} with {@code objectTypeId}) instead of the classic one ({@code
 *     contact.creation}); engagements have the generic kind only
 * @param kinds what kinds of events
 * @param properties the contact properties whose changes are told; nothing means every writable one
 * @param others the other types of records that are told of, and the properties of each whose
 *     changes are; nothing means every type and every writable property
 */
public record WebhookSubscriptions(
    boolean generic,
    Set<EventKind> kinds,
    Optional<Set<String>> properties,
    Optional<Map<ObjectType, Set<String>>> others) {

  /**
   * HubSpot offers no subscription to these (webhooks guide, copy of January 2025; for the content
   * of engagements the guide to generic subscriptions, at second hand).
   */
  static final Set<String> NOT_OFFERED =
      Set.of(
          "num_unique_conversion_events",
          "hs_lastmodifieddate",
          "hs_email_html",
          "hs_email_subject",
          "hs_communication_body");

  public WebhookSubscriptions {
    kinds = Set.copyOf(kinds);
    properties = properties.map(Set::copyOf);
    others =
        others.map(
            types ->
                types.entrySet().stream()
                    .collect(
                        Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, entry -> Set.copyOf(entry.getValue()))));
    properties.ifPresent(WebhookSubscriptions::requireOffered);
    others.ifPresent(types -> types.values().forEach(WebhookSubscriptions::requireOffered));
  }

  private static void requireOffered(Set<String> names) {
    for (String name : names) {
      if (NOT_OFFERED.contains(name)) {
        throw new IllegalArgumentException(
            "webhook subscriptions: HubSpot offers none for the property " + name);
      }
    }
  }

  /** Every kind of event and every writable property of every type of record. */
  public static WebhookSubscriptions everything() {
    return new WebhookSubscriptions(
        false, EnumSet.allOf(EventKind.class), Optional.empty(), Optional.empty());
  }

  /** Every kind of event, and changes of these contact properties only. */
  public static WebhookSubscriptions ofProperties(Set<String> properties) {
    return new WebhookSubscriptions(
        false, EnumSet.allOf(EventKind.class), Optional.of(properties), Optional.empty());
  }

  /** The same as generic events, or as classic ones. */
  public WebhookSubscriptions withGeneric(boolean isGeneric) {
    return new WebhookSubscriptions(isGeneric, kinds, properties, others);
  }

  /** The same, and of other records than contacts these types with changes of these properties. */
  public WebhookSubscriptions withOthers(Map<ObjectType, Set<String>> types) {
    return new WebhookSubscriptions(generic, kinds, properties, Optional.of(types));
  }

  /** Whether changes of a property are told. */
  boolean tells(ObjectType type, PropertyDefinition property) {
    return tells(type, EventKind.PROPERTY_CHANGE)
        && property.writable()
        && !NOT_OFFERED.contains(property.name())
        && named(type).map(names -> names.contains(property.name())).orElse(true);
  }

  /** Whether events of a kind are told of records of a type. */
  boolean tells(ObjectType type, EventKind kind) {
    return kinds.contains(kind)
        && (type == ObjectType.CONTACT || others.map(types -> types.containsKey(type)).orElse(true))
        && (type == ObjectType.CONTACT || kind != EventKind.PRIVACY_DELETION);
  }

  /** Whether an association is told from its one side: no classic name has an engagement in it. */
  boolean tells(ObjectType from, ObjectType to) {
    return generic || !from.classic() || to.classic();
  }

  /** The type that an event carries; privacy deletion has no generic form. */
  String type(ObjectType type, EventKind kind) {
    boolean isClassic = kind == EventKind.PRIVACY_DELETION || (type.classic() && !generic);
    return (isClassic ? type.word() : "object") + "." + kind.word();
  }

  private Optional<Set<String>> named(ObjectType type) {
    return type == ObjectType.CONTACT
        ? properties
        : others.map(types -> types.getOrDefault(type, Set.of()));
  }
}
