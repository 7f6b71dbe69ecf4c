package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What an org is and what its records are made of: the questions that setting up asks. */
final class SalesforceOrg {
  private static final String NO_USER = "";

  private final Function<String, Asked<JsonNode>> get;
  private final Function<String, Asked<List<JsonNode>>> query;

  /**
   * Makes the questions.
   *
   * @param get asks for what stands below the version's path; {@code ""} for that itself
   * @param query asks for the rows of a query
   */
  SalesforceOrg(
      Function<String, Asked<JsonNode>> get, Function<String, Asked<List<JsonNode>>> query) {
    this.get = get;
    this.query = query;
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
    return first(
        query.apply("SELECT Id, Name, OrganizationType, IsSandbox FROM Organization"),
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
    return switch (get.apply("")) {
      case Asked.Untold<JsonNode> untold -> new Asked.Untold<>(untold.trouble(), untold.status());
      case Asked.Told<JsonNode> told -> username(told.value().path("identity").asText());
    };
  }

  /** An identity is an address that ends in the ids of the org and of the user. */
  private Asked<String> username(String identity) {
    String id = identity.substring(identity.lastIndexOf('/') + 1);
    return id.matches("005[A-Za-z0-9]{12}([A-Z0-5]{3})?")
        ? first(
            query.apply("SELECT Username FROM User WHERE Id = '" + id + "'"),
            NO_USER,
            row -> row.path("Username").asText())
        : new Asked.Told<>(NO_USER);
  }

  /**
   * Asks what the records of an object are made of, as far as our user sees it.
   *
   * @param object its API name
   */
  Asked<SortedMap<String, DescribedField>> fields(String object) {
    return map(
        get.apply("/sobjects/" + object + "/describe"),
        body -> {
          SortedMap<String, DescribedField> fields = new TreeMap<>();
          for (JsonNode node : body.path("fields")) {
            DescribedField field = DescribedField.of(node);
            fields.put(field.name(), field);
          }
          return fields;
        });
  }

  /** Asks which statuses leads can have. */
  Asked<List<LeadStatus>> leadStatuses() {
    return map(
        query.apply("SELECT ApiName, IsConverted FROM LeadStatus ORDER BY SortOrder"),
        rows -> {
          List<LeadStatus> statuses = new ArrayList<>();
          rows.forEach(
              row ->
                  statuses.add(
                      new LeadStatus(
                          row.path("ApiName").asText(), row.path("IsConverted").asBoolean())));
          return statuses;
        });
  }

  /** Asks how many calls are left. */
  Asked<DailyCalls> dailyCalls() {
    return map(
        get.apply("/limits"),
        body -> {
          JsonNode calls = body.path("DailyApiRequests");
          return new DailyCalls(calls.path("Max").asLong(), calls.path("Remaining").asLong());
        });
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
