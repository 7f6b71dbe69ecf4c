package io.leadgauge.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A type of record that the portal knows, by the names that paths, webhooks and events give it.
 *
 * @see <a href="https://developers.hubspot.com/docs/guides/crm/using-object-apis">object type ids,
 *     read 30 March 2026</a>
 */
public enum ObjectType {
  CONTACT("contacts", "contact", "0-1"),
  COMPANY("companies", "company", "0-2"),
  DEAL("deals", "deal", "0-3"),
  TASK("tasks", "task", "0-27"),
  CALL("calls", "call", "0-48"),
  MEETING("meetings", "meeting", "0-47"),
  EMAIL("emails", "email", "0-49"),
  NOTE("notes", "note", "0-46"),
  COMMUNICATION("communications", "communication", "0-18");

  private static final Map<String, ObjectType> BY_WORD = byWord();

  private final String plural;
  private final String word;
  private final String id;

  ObjectType(String plural, String word, String id) {
    this.plural = plural;
    this.word = word;
    this.id = id;
  }

  /** The name in paths: {@code contacts}. */
  public String plural() {
    return plural;
  }

  /** The name in classic subscription types and in association types: {@code contact}. */
  public String word() {
    return word;
  }

  /** The object type id: {@code 0-1}. */
  public String id() {
    return id;
  }

  /** Whether webhooks have a classic form for it; engagements have the generic one only. */
  boolean classic() {
    return this == CONTACT || this == COMPANY || this == DEAL;
  }

  /** The property that holds when a record was last changed. */
  String modified() {
    return this == CONTACT ? "lastmodifieddate" : "hs_lastmodifieddate";
  }

  /** The property that holds when a record was created. */
  String created() {
    return classic() ? "createdate" : "hs_createdate";
  }

  /** The type that a path names by its plural, its singular or its id. */
  public static Optional<ObjectType> ofWord(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  private static Map<String, ObjectType> byWord() {
    Map<String, ObjectType> types = new HashMap<>();
    for (ObjectType type : values()) {
      types.put(type.plural, type);
      types.put(type.word, type);
      types.put(type.id, type);
    }
    return Map.copyOf(types);
  }
}
