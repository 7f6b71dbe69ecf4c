package io.leadgauge.sandbox.salesforce;

import java.util.List;
import java.util.Map;

/**
 * Makes one record of several: the losers go into the recycle bin and name the master, which keeps
 * its id and its values, and what belonged to the losers belongs to it.
 */
final class Merging {
  private static final Map<String, List<Child>> CHILDREN =
      Map.of(
          "Lead",
          List.of(
              new Child("Task", "WhoId"),
              new Child("Event", "WhoId"),
              new Child("CampaignMember", "LeadId"),
              new Child("EmailMessageRelation", "RelationId")),
          "Contact",
          List.of(
              new Child("Task", "WhoId"),
              new Child("Event", "WhoId"),
              new Child("CampaignMember", "ContactId"),
              new Child("OpportunityContactRole", "ContactId"),
              new Child("EmailMessageRelation", "RelationId")),
          "Account",
          List.of(
              new Child("Contact", "AccountId"),
              new Child("Opportunity", "AccountId"),
              new Child("Task", "WhatId"),
              new Child("Event", "WhatId")));

  private final Org org;
  private final Work work;

  private record Child(String type, String field) {}

  Merging(Org org, Work work) {
    this.org = org;
    this.work = work;
  }

  /** Merges losers into a master, which gets these values. */
  void merge(Row master, List<Row> losers, Map<String, String> values) {
    for (Row loser : losers) {
      for (Child child : CHILDREN.getOrDefault(master.type(), List.of())) {
        org.with(child.type(), child.field(), loser.id())
            .forEach(one -> work.adjust(one, Map.of(child.field(), master.id())));
      }
      work.delete(loser);
      loser.set("MasterRecordId", master.id());
    }
    work.update(master, values);
  }
}
