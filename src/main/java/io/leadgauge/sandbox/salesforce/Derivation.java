package io.leadgauge.sandbox.salesforce;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the org works out of a record's own values when it is saved. */
final class Derivation {
  private static final int DAY = "2026-11-21".length();

  /** The stages of a new org, with what they mean. */
  private static final Map<String, Stage> STAGES =
      Map.of(
          "Prospecting", new Stage(10, "Pipeline", "Pipeline"),
          "Qualification", new Stage(10, "Pipeline", "Pipeline"),
          "Needs Analysis", new Stage(20, "Pipeline", "Pipeline"),
          "Value Proposition", new Stage(50, "Pipeline", "Pipeline"),
          "Id. Decision Makers", new Stage(60, "Pipeline", "Pipeline"),
          "Perception Analysis", new Stage(70, "Pipeline", "Pipeline"),
          "Proposal/Price Quote", new Stage(75, "Pipeline", "Pipeline"),
          "Negotiation/Review", new Stage(90, "Pipeline", "Pipeline"),
          "Closed Won", new Stage(100, "Closed", "Closed"),
          "Closed Lost", new Stage(0, "Omitted", "Omitted"));

  private final Org org;
  private final String now;

  private record Stage(int probability, String forecast, String forecastName) {}

  Derivation(Org org, String now) {
    this.org = org;
    this.now = now;
  }

  /** Sets what follows from the values of a record that is being saved. */
  void follow(Row row, Map<String, String> before) {
    switch (row.type()) {
      case "Lead" -> lead(row, before);
      case "Contact", "User" -> name(row);
      case "CampaignMember" -> member(row);
      case "Task" -> task(row);
      case "Opportunity" -> opportunity(row, before);
      case "EmailMessageRelation" ->
          row.set(
              "RelationObjectType",
              org.find(row.valueOrEmpty("RelationId")).map(Row::type).orElse(""));
      default -> {}
    }
  }

  private void lead(Row lead, Map<String, String> before) {
    name(lead);
    String owner = lead.valueOrEmpty("OwnerId");
    if (!before.isEmpty() && !owner.equals(before.get("OwnerId"))) {
      lead.set("LastTransferDate", now.substring(0, DAY));
    }
  }

  private static void name(Row person) {
    person.set(
        "Name",
        Stream.of("FirstName", "LastName")
            .map(person::valueOrEmpty)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" ")));
    if (!person.is("User")) {
      person.set("PhotoUrl", "/services/images/photo/" + person.id());
    }
  }

  private void member(Row member) {
    Optional<String> contact = member.value("ContactId");
    String person = contact.orElse(member.valueOrEmpty("LeadId"));
    member.set("LeadOrContactId", person);
    member.set("Type", contact.isPresent() ? "Contact" : "Lead");
    member.set("Name", org.find(person).map(row -> row.valueOrEmpty("Name")).orElse(""));
    boolean responded = org.settings().hasResponded(member.valueOrEmpty("Status"));
    member.set("HasResponded", Boolean.toString(responded));
    if (responded && member.value("FirstRespondedDate").isEmpty()) {
      member.set("FirstRespondedDate", now.substring(0, DAY));
    }
  }

  private void task(Row task) {
    boolean closed = task.valueOrEmpty("Status").equals("Completed");
    task.set("IsClosed", Boolean.toString(closed));
    task.set("IsHighPriority", Boolean.toString(task.valueOrEmpty("Priority").equals("High")));
    if (closed != task.value("CompletedDateTime").isPresent()) {
      task.set("CompletedDateTime", closed ? now : "");
    }
    task.set(
        "AccountId",
        Stream.of("WhatId", "WhoId")
            .flatMap(name -> org.find(task.valueOrEmpty(name)).stream())
            .map(about -> about.is("Account") ? about.id() : about.valueOrEmpty("AccountId"))
            .filter(account -> !account.isEmpty())
            .findFirst()
            .orElse(""));
  }

  private static void opportunity(Row opportunity, Map<String, String> before) {
    String stageName = opportunity.valueOrEmpty("StageName");
    Stage stage = STAGES.get(stageName);
    if (stage == null || stageName.equals(before.get("StageName"))) {
      return;
    }
    if (!before.isEmpty() || opportunity.value("Probability").isEmpty()) {
      opportunity.set("Probability", stage.probability() + ".0");
    }
    opportunity.set("IsClosed", Boolean.toString(stageName.startsWith("Closed")));
    opportunity.set("IsWon", Boolean.toString(stageName.equals("Closed Won")));
    opportunity.set("ForecastCategory", stage.forecast());
    opportunity.set("ForecastCategoryName", stage.forecastName());
  }
}
