package io.leadgauge.sandbox.salesforce;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the org is set up, as far as a test changes it while it runs; and the answers to what could
 * not be verified at Salesforce. Belongs to one event loop.
 */
final class Settings {
  private final Map<String, String> assignments = new HashMap<>();
  private final Map<String, String> conversions = new HashMap<>();
  private Set<String> respondedStatuses = Set.of("Responded");
  private final Set<String> readOnly = new HashSet<>();
  private boolean apiEnabled = true;
  private int pageMost = 2000;
  private boolean shortPages = true;
  private boolean equalWritesTouch = true;
  private boolean editsConverted;
  private boolean bulkFails;
  private long bulkMillis = 300;
  private boolean tellsReparenting;
  private Optional<String> emptyNotification = Optional.empty();

  /** The records that our user may look at and not change. */
  Set<String> readOnly() {
    return readOnly;
  }

  /** Whether the org lets anybody use its API. */
  boolean apiEnabled() {
    return apiEnabled;
  }

  void apiEnabled(boolean enabled) {
    apiEnabled = enabled;
  }

  /** The most records on a page of a query. */
  int pageMost() {
    return pageMost;
  }

  /** Whether pages hold fewer records than they could, by chance. */
  boolean shortPages() {
    return shortPages;
  }

  void pages(int most, boolean areShort) {
    pageMost = most;
    shortPages = areShort;
  }

  /** Whether a save that changes no value makes a record modified all the same. */
  boolean equalWritesTouch() {
    return equalWritesTouch;
  }

  void equalWritesTouch(boolean touch) {
    equalWritesTouch = touch;
  }

  /** Whether our user has the permission to edit converted leads. */
  boolean editsConverted() {
    return editsConverted;
  }

  void editsConverted(boolean edits) {
    editsConverted = edits;
  }

  /** Whether bulk jobs fail. */
  boolean bulkFails() {
    return bulkFails;
  }

  /** How long a bulk job takes. */
  long bulkMillis() {
    return bulkMillis;
  }

  void bulk(boolean fails, long millis) {
    bulkFails = fails;
    bulkMillis = millis;
  }

  /** Whether tasks that a conversion or merge gives another WhoId are told. */
  boolean tellsReparenting() {
    return tellsReparenting;
  }

  void tellsReparenting(boolean tells) {
    tellsReparenting = tells;
  }

  /** Whether a status of a campaign member counts as a response. */
  boolean hasResponded(String status) {
    return respondedStatuses.contains(status);
  }

  void respondedStatuses(Set<String> statuses) {
    respondedStatuses = Set.copyOf(statuses);
  }

  /** The form of a notification without data; by chance where none is set. */
  Optional<String> emptyNotification() {
    return emptyNotification;
  }

  void emptyNotification(Optional<String> form) {
    emptyNotification = form;
  }

  /** Which fields of leads conversion hands on: by name, to {@code Contact.Lead_Score__c}. */
  Map<String, String> conversions() {
    return conversions;
  }

  /** The owner that the active assignment rule of an object gives, if there is one. */
  Optional<String> assignment(String object) {
    return Optional.ofNullable(assignments.get(object));
  }

  void assign(String object, Optional<String> owner) {
    assignments.remove(object);
    owner.ifPresent(id -> assignments.put(object, id));
  }
}
