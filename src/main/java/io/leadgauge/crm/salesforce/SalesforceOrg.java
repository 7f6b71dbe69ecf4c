package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.Asked;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.salesforce.QueryPages.Rows;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** What an org is and what its records are made of: the questions that setting up asks. */
final class SalesforceOrg {
  private static final int MOST_ROWS = 2_000;

  private final SalesforceCalls calls;

  SalesforceOrg(SalesforceCalls calls) {
    this.calls = calls;
  }

  /**
   * Whose org it is.
   *
   * @param id its id
   * @param edition such as {@code Enterprise Edition}
   * @param isSandbox whether it is a copy to try things in
   */
  record Organization(String id, String name, String edition, boolean isSandbox) {}

  /**
   * A status that leads can have.
   *
   * @param byConversionOnly whether only conversion sets it
   */
  record LeadStatus(String value, boolean byConversionOnly) {}

  /**
   * How many calls a day the org has.
   *
   * @param remaining how many are left
   */
  record DailyCalls(long most, long remaining) {}

  /** Asks whose org it is. */
  Asked<Organization> organization() {
    Soql query =
        Soql.select(List.of("Id", "Name", "OrganizationType", "IsSandbox"), "Organization");
    return first(
        rows(query, "tell of the org"),
        new Organization("", "", "", false),
        row ->
            new Organization(
                row.path("Id").asText(),
                row.path("Name").asText(),
                row.path("OrganizationType").asText(),
                row.path("IsSandbox").asBoolean()));
  }

  /** Asks who we are; the name is empty where the org does not say. */
  Asked<String> username() {
    return switch (answered(calls.resources(), "say who we are")) {
      case Asked.Untold<JsonNode> untold -> new Asked.Untold<>(untold.trouble(), untold.status());
      case Asked.Told<JsonNode> told -> username(told.value().path("identity").asText());
    };
  }

  /** An identity is an address that ends in the ids of the org and of the user. */
  private Asked<String> username(String identity) {
    return SalesforceId.of(identity.substring(identity.lastIndexOf('/') + 1))
        .map(
            id ->
                first(
                    rows(
                        Soql.select(List.of("Username"), "User").in("Id", List.of(id)),
                        "say who we are"),
                    "",
                    row -> row.path("Username").asText()))
        .orElseGet(() -> new Asked.Told<>(""));
  }

  /**
   * Asks what the records of an object are made of, as far as our user sees it.
   *
   * @param object its API name
   */
  Asked<SortedMap<String, OrgField>> fields(String object) {
    return switch (Description.of(calls, object)) {
      case Description.Told told -> new Asked.Told<>(told.fields());
      case Description.Untold untold -> new Asked.Untold<>(untold.trouble(), 0);
    };
  }

  /** Asks which statuses leads can have. */
  Asked<List<LeadStatus>> leadStatuses() {
    Soql query = Soql.select(List.of("ApiName", "IsConverted"), "LeadStatus");
    return map(
        rows(query, "list the statuses of leads"),
        rows ->
            rows.stream()
                .map(
                    row ->
                        new LeadStatus(
                            row.path("ApiName").asText(), row.path("IsConverted").asBoolean()))
                .toList());
  }

  /** Asks how many calls are left. */
  Asked<DailyCalls> dailyCalls() {
    return map(
        answered(calls.limits(), "tell its limits"),
        body -> {
          JsonNode day = body.path("DailyApiRequests");
          return new DailyCalls(day.path("Max").asLong(), day.path("Remaining").asLong());
        });
  }

  private static Asked<JsonNode> answered(Reply reply, String what) {
    return switch (reply) {
      case Reply.Answered answered -> new Asked.Told<>(answered.body());
      case Reply.Invalid invalid -> new Asked.Untold<>(invalid.refusal(what), invalid.status());
      case Reply.Failed failed -> new Asked.Untold<>(failed.trouble(), failed.status());
    };
  }

  private Asked<List<JsonNode>> rows(Soql query, String what) {
    return switch (QueryPages.read(calls, Lane.RECORDS, query, MOST_ROWS)) {
      case Rows.Read read -> new Asked.Told<>(read.rows());
      case Rows.Refused refused ->
          new Asked.Untold<>(refused.reply().refusal(what), refused.reply().status());
      case Rows.Failed failed -> new Asked.Untold<>(failed.trouble(), 0);
    };
  }

  private static <T, R> Asked<R> map(Asked<T> asked, Function<T, R> reader) {
    return switch (asked) {
      case Asked.Told<T> told -> new Asked.Told<>(reader.apply(told.value()));
      case Asked.Untold<T> untold -> new Asked.Untold<>(untold.trouble(), untold.status());
    };
  }

  private static <R> Asked<R> first(
      Asked<List<JsonNode>> rows, R none, Function<JsonNode, R> reader) {
    return map(rows, all -> all.isEmpty() ? none : reader.apply(all.getFirst()));
  }
}
