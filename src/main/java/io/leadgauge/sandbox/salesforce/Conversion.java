package io.leadgauge.sandbox.salesforce;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an account, a contact and an opportunity of a lead, or takes those that are there. Fields
 * that are empty there are filled; fields of one's own go along only where they are mapped. What
 * happened with the lead goes to the contact, and the lead can be written no more.
 */
final class Conversion {
  private static final int DATE = "2026-11-21".length();
  private static final int DAYS_TO_CLOSE = 30;
  private static final List<String> ADDRESS =
      List.of("Street", "City", "State", "PostalCode", "Country");

  private static final Map<String, String> TO_ACCOUNT =
      Map.of(
          "Company", "Name",
          "Phone", "Phone",
          "Website", "Website",
          "Industry", "Industry",
          "AnnualRevenue", "AnnualRevenue",
          "NumberOfEmployees", "NumberOfEmployees",
          "Rating", "Rating",
          "LeadSource", "AccountSource",
          "OwnerId", "OwnerId");

  private static final List<String> TO_CONTACT =
      List.of(
          "FirstName",
          "LastName",
          "Salutation",
          "Title",
          "Phone",
          "MobilePhone",
          "Fax",
          "Email",
          "LeadSource",
          "Description",
          "HasOptedOutOfEmail",
          "HasOptedOutOfFax",
          "DoNotCall",
          "OwnerId");

  private final Org org;
  private final Work work;
  private final Row lead;

  /**
   * How a lead is converted.
   *
   * @param account the account to take; a new one without
   * @param contact the contact to take; a new one without
   * @param opportunity the name of the opportunity; none is made without
   * @param status the status of the converted lead
   */
  record Wish(
      Optional<Row> account, Optional<Row> contact, Optional<String> opportunity, String status) {}

  Conversion(Org org, Work work, Row lead) {
    this.org = org;
    this.work = work;
    this.lead = lead;
  }

  /** Converts the lead. */
  void convert(Wish wish) {
    Row account = wish.account().orElseGet(() -> fresh("Account", accountValues()));
    Row contact = contact(wish, account);
    Optional<Row> opportunity =
        wish.opportunity().map(name -> fresh("Opportunity", opportunityValues(name, account)));
    opportunity.ifPresent(made -> work.update(made, mapped("Opportunity", made)));
    Map<String, String> closed = new LinkedHashMap<>();
    closed.put("Status", wish.status());
    closed.put("IsConverted", "true");
    closed.put("ConvertedDate", today().toString());
    closed.put("ConvertedAccountId", account.id());
    closed.put("ConvertedContactId", contact.id());
    closed.put("ConvertedOpportunityId", opportunity.map(Row::id).orElse(""));
    work.update(lead, closed);
    opportunity.ifPresent(made -> fresh("OpportunityContactRole", roleValues(made, contact)));
    handOver(contact, opportunity.orElse(account));
  }

  private Row contact(Wish wish, Row account) {
    Map<String, String> values = contactValues();
    values.put("AccountId", account.id());
    if (wish.contact().isEmpty()) {
      Row made = fresh("Contact", values);
      Map<String, String> own = mapped("Contact", made);
      own.forEach(made::set);
      return made;
    }
    Row contact = wish.contact().get();
    values.keySet().removeIf(name -> contact.value(name).isPresent());
    values.putAll(mapped("Contact", contact));
    work.update(contact, values);
    return contact;
  }

  private Row fresh(String type, Map<String, String> values) {
    return work.create(org.schema().of(type), values);
  }

  private Map<String, String> accountValues() {
    Map<String, String> values = new LinkedHashMap<>();
    TO_ACCOUNT.forEach((from, to) -> lead.value(from).ifPresent(value -> values.put(to, value)));
    address("Billing", values);
    return values;
  }

  private Map<String, String> contactValues() {
    Map<String, String> values = new LinkedHashMap<>();
    TO_CONTACT.forEach(name -> lead.value(name).ifPresent(value -> values.put(name, value)));
    address("Mailing", values);
    return values;
  }

  private void address(String prefix, Map<String, String> values) {
    ADDRESS.forEach(part -> lead.value(part).ifPresent(value -> values.put(prefix + part, value)));
  }

  private Map<String, String> opportunityValues(String name, Row account) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Name", name);
    values.put("AccountId", account.id());
    values.put("StageName", "Prospecting");
    values.put("CloseDate", today().plusDays(DAYS_TO_CLOSE).toString());
    lead.value("LeadSource").ifPresent(source -> values.put("LeadSource", source));
    lead.value("OwnerId").ifPresent(owner -> values.put("OwnerId", owner));
    return values;
  }

  private static Map<String, String> roleValues(Row opportunity, Row contact) {
    return Map.of(
        "OpportunityId", opportunity.id(), "ContactId", contact.id(), "IsPrimary", "true");
  }

  /** The lead's own fields that are mapped to fields of a type and empty there. */
  private Map<String, String> mapped(String type, Row target) {
    Map<String, String> values = new LinkedHashMap<>();
    org.settings()
        .conversions()
        .forEach(
            (from, to) -> {
              String name = to.substring(to.indexOf('.') + 1);
              boolean fits = to.startsWith(type + ".") && target.value(name).isEmpty();
              lead.value(from).filter(value -> fits).ifPresent(value -> values.put(name, value));
            });
    return values;
  }

  /** Tasks, meetings, campaigns and e-mails of the lead are the contact's from now on. */
  private void handOver(Row contact, Row about) {
    for (String type : List.of("Task", "Event")) {
      for (Row activity : org.with(type, "WhoId", lead.id())) {
        work.adjust(
            activity,
            Map.of("WhoId", contact.id(), "WhatId", activity.value("WhatId").orElse(about.id())));
      }
    }
    for (Row member : org.with("CampaignMember", "LeadId", lead.id())) {
      work.adjust(
          member,
          Map.of("ContactId", contact.id(), "LeadOrContactId", contact.id(), "Type", "Contact"));
    }
    for (Row relation : org.with("EmailMessageRelation", "RelationId", lead.id())) {
      work.adjust(relation, Map.of("RelationId", contact.id(), "RelationObjectType", "Contact"));
    }
  }

  private LocalDate today() {
    return LocalDate.parse(FieldType.stored(org.now()).substring(0, DATE));
  }
}
