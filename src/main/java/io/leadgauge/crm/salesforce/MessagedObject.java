package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A type of records that outbound messages tell of: which fields each message carries, and which
 * changes send one.
 *
 * @param type its neutral name
 * @param object its API name
 * @param telling what is always watched: who it is, where they work, whether they live on in
 *     another record; copied
 * @param links what leads to other records, and changes with what is watched if ever; copied
 * @param unwatchable references to records of several types, which a flow's formula cannot name:
 *     Salesforce refuses it with "Field … does not exist"; copied
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm">Salesforce:
 *     outbound messages</a>
 */
record MessagedObject(
    String type, String object, List<String> telling, List<String> links, Set<String> unwatchable) {
  static final MessagedObject LEAD =
      new MessagedObject(
          RecordRef.LEAD,
          "Lead",
          List.of("Email", "IsConverted"),
          List.of("ConvertedAccountId", "ConvertedContactId", "ConvertedOpportunityId"),
          Set.of("OwnerId"));

  static final MessagedObject CONTACT =
      new MessagedObject(
          RecordRef.CONTACT, "Contact", List.of("AccountId", "Email"), List.of(), Set.of());

  static final MessagedObject TASK =
      new MessagedObject(
          RecordRef.TASK, "Task", List.of("Status"), List.of("WhoId"), Set.of("OwnerId", "WhatId"));

  /** All types, persons first. */
  static final List<MessagedObject> ALL =
      List.of(
          LEAD,
          CONTACT,
          new MessagedObject(RecordRef.COMPANY, "Account", List.of(), List.of(), Set.of()),
          new MessagedObject(
              RecordRef.DEAL, "Opportunity", List.of("StageName"), List.of(), Set.of()),
          TASK,
          new MessagedObject(
              ObjectTypes.MEETING,
              "Event",
              List.of(),
              List.of("WhoId"),
              Set.of("OwnerId", "WhatId")),
          new MessagedObject(
              ObjectTypes.CAMPAIGN_MEMBER,
              "CampaignMember",
              List.of("Status"),
              List.of("CampaignId", "ContactId", "LeadId"),
              Set.of()));

  /** What every message carries: when it is true as of, who made it so, and since when it is. */
  private static final List<String> ALWAYS =
      List.of("CreatedDate", "LastModifiedById", "SystemModstamp");

  /**
   * What changes with every save, so that to watch it would be to watch our own writes; and what
   * Salesforce works out of other fields, which are watched.
   */
  private static final Set<String> NEVER_WATCHED =
      Set.of(
          "CompletedDateTime",
          "CreatedDate",
          "FirstRespondedDate",
          "HasResponded",
          "IsClosed",
          "IsWon",
          "LastModifiedById",
          "LastModifiedDate",
          "SystemModstamp");

  /** What a message carries in another way, and what changes without the record being saved. */
  private static final Set<String> NEVER_CARRIED = Set.of("Id", "LastActivityDate");

  MessagedObject {
    telling = List.copyOf(telling);
    links = List.copyOf(links);
    unwatchable = Set.copyOf(unwatchable);
  }

  /** Returns the type with a neutral name; empty where no messages tell of it. */
  static Optional<MessagedObject> of(String type) {
    for (MessagedObject one : ALL) {
      if (one.type.equals(type)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** Returns those that a connection must be told of: leads and contacts, and whatever it reads. */
  static List<MessagedObject> of(PortalNeeds needs) {
    SortedSet<String> read = needs.objects();
    List<MessagedObject> all = new ArrayList<>();
    for (MessagedObject one : ALL) {
      if (one.isPerson() || read.contains(one.type)) {
        all.add(one);
      }
    }
    return all;
  }

  /** Returns the fields of every message of a connection, by the neutral name of their type. */
  static SortedMap<String, SortedSet<String>> messages(PortalNeeds needs) {
    SortedMap<String, SortedSet<String>> messages = new TreeMap<>();
    of(needs).forEach(one -> messages.put(one.type, one.carried(needs)));
    return Collections.unmodifiableSortedMap(messages);
  }

  /** Tells whether it is a person, who is scored and written. */
  boolean isPerson() {
    return RecordRef.isContact(type);
  }

  /** Returns the fields that a message carries, but for the id, which every one has. */
  SortedSet<String> carried(PortalNeeds needs) {
    SortedSet<String> fields = new TreeSet<>(ALWAYS);
    fields.addAll(telling);
    fields.addAll(links);
    fields.addAll(needs.heard(type));
    if (isPerson()) {
      needs.targets().forEach(target -> fields.add(target.property()));
    }
    if (needs.handsOff()) {
      handedOver(fields);
    }
    fields.removeAll(NEVER_CARRIED);
    return fields;
  }

  private void handedOver(SortedSet<String> fields) {
    if (isPerson()) {
      fields.add("OwnerId");
    }
    if (type.equals(RecordRef.TASK)) {
      fields.add(TaskCalls.KEY);
    }
  }

  /** Returns the fields whose change sends a message: never what we write, but for the stage. */
  SortedSet<String> watched(PortalNeeds needs) {
    SortedSet<String> fields = new TreeSet<>(needs.heard(type));
    fields.addAll(telling);
    fields.removeAll(links);
    fields.removeAll(unwatchable);
    fields.removeAll(NEVER_WATCHED);
    fields.removeAll(NEVER_CARRIED);
    return fields;
  }
}
