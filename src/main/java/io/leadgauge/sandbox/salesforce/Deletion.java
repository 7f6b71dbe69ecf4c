package io.leadgauge.sandbox.salesforce;

import java.util.List;
import java.util.Map;

/** What goes into the recycle bin with a record, and comes back with it. */
final class Deletion {
  /** Which children do not outlive a parent: their type, and the field that names it. */
  private static final Map<String, List<Child>> CHILDREN =
      Map.of(
          "Account",
          List.of(new Child("Contact", "AccountId"), new Child("Opportunity", "AccountId")),
          "Contact",
          List.of(
              new Child("Task", "WhoId"),
              new Child("Event", "WhoId"),
              new Child("CampaignMember", "ContactId"),
              new Child("OpportunityContactRole", "ContactId")),
          "Lead",
          List.of(
              new Child("Task", "WhoId"),
              new Child("Event", "WhoId"),
              new Child("CampaignMember", "LeadId")),
          "Opportunity",
          List.of(new Child("OpportunityContactRole", "OpportunityId")),
          "Campaign",
          List.of(new Child("CampaignMember", "CampaignId")),
          "EmailMessage",
          List.of(new Child("EmailMessageRelation", "EmailMessageId")));

  private final Org org;
  private final Work work;

  private record Child(String type, String field) {}

  Deletion(Org org, Work work) {
    this.org = org;
    this.work = work;
  }

  /** Deletes a record and what belongs to it alone; a task that is about something else stays. */
  void delete(Row row) {
    for (Child child : CHILDREN.getOrDefault(row.type(), List.of())) {
      org.with(child.type(), child.field(), row.id()).stream()
          .filter(one -> one.value("WhatId").isEmpty())
          .forEach(this::delete);
    }
    work.delete(row);
  }

  /** Brings a record back, and what went with it in the same second. */
  void undelete(Row row) {
    String gone = row.valueOrEmpty("SystemModstamp");
    work.undelete(row);
    for (Child child : CHILDREN.getOrDefault(row.type(), List.of())) {
      org.all(child.type()).stream()
          .filter(one -> one.isDeleted() && one.valueOrEmpty(child.field()).equals(row.id()))
          .filter(one -> one.valueOrEmpty("SystemModstamp").equals(gone))
          .forEach(this::undelete);
    }
  }
}
