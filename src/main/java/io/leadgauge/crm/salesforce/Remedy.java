package io.leadgauge.crm.salesforce;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be done about an error of Salesforce, of a whole call or of one record in it. Codes
 * that are not named here refuse what was sent, for good.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm">Salesforce:
 *     status codes and error responses, 2026</a>
 */
sealed interface Remedy {
  /** The session has ended: ask for another token, once. */
  record AskForToken() implements Remedy {}

  /** The token lacks the scope {@code api}: another one would, too. */
  record GiveScope() implements Remedy {}

  /** The org's calls of the last 24 hours are used up: wait until the window has moved. */
  record WaitForDay() implements Remedy {}

  /** Too many long calls at once: wait a moment. */
  record WaitForRoom() implements Remedy {}

  /** An outage: wait. */
  record WaitForService() implements Remedy {}

  /** Another transaction held the record for ten seconds: send it again, by itself. */
  record SendAlone() implements Remedy {}

  /**
   * The org has no such field, or hides it from our user: leave it out.
   *
   * @param name the field; empty if the words do not tell
   */
  record LeaveOut(String name) implements Remedy {}

  /**
   * Our user may not write these fields: leave them out.
   *
   * @param names the fields; copied
   */
  record LeaveUnwritten(List<String> names) implements Remedy {
    public LeaveUnwritten {
      names = List.copyOf(names);
    }
  }

  /**
   * These fields do not take the value on this record: leave them out of it.
   *
   * @param names the fields; copied
   */
  record LeaveValueOut(List<String> names) implements Remedy {
    public LeaveValueOut {
      names = List.copyOf(names);
    }
  }

  /** The record is deleted or gone, or was merged into another: read which. */
  record ReadWhatBecame() implements Remedy {}

  /** The lead was converted: read to whom. */
  record FollowContact() implements Remedy {}

  /** The place in a list is forgotten: begin again behind the last id. */
  record ListAgain() implements Remedy {}

  /** The org has no such object, or hides it from our user. */
  record LeaveObjectOut() implements Remedy {}

  /** Something in the org must be set up: API access, a permission, the version. */
  record SetUp() implements Remedy {}

  /** What was sent is refused: a validation rule, a duplicate rule, a mistake of ours. */
  record Give() implements Remedy {}

  /** The words that name a field which Salesforce could not find. */
  Pattern NO_COLUMN = Pattern.compile("No such column '([^']{1,200})'");

  /** What a token without the scope {@code api} is told. */
  String NOT_FOR_REST = "not valid for use with the REST API";

  /** Returns the remedy of an error that a call was answered with. */
  static Remedy of(int status, SalesforceError error) {
    if (status == 401) {
      return error.message().contains(NOT_FOR_REST) ? new GiveScope() : new AskForToken();
    }
    if (status == 410) {
      return new SetUp();
    }
    if (status == 403 && error.code().isEmpty()) {
      return new SetUp();
    }
    if (status == 429) {
      return new WaitForRoom();
    }
    if ((status == 408 || status >= 500) && !error.code().equals("UNABLE_TO_LOCK_ROW")) {
      return new WaitForService();
    }
    return of(error);
  }

  /** Returns the remedy of an error by its code. */
  static Remedy of(SalesforceError error) {
    return switch (error.code()) {
      case "INVALID_SESSION_ID" -> new AskForToken();
      case "REQUEST_LIMIT_EXCEEDED" -> limit(error);
      case "SERVER_UNAVAILABLE", "REQUEST_RUNNING_TOO_LONG", "QUERY_TIMEOUT", "UNKNOWN_EXCEPTION" ->
          new WaitForService();
      case "UNABLE_TO_LOCK_ROW" -> new SendAlone();
      case "INVALID_FIELD" -> new LeaveOut(column(error));
      case "INVALID_FIELD_FOR_INSERT_UPDATE" -> new LeaveUnwritten(error.fields());
      case "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" -> new LeaveValueOut(error.fields());
      case "ENTITY_IS_DELETED", "NOT_FOUND" -> new ReadWhatBecame();
      case "INVALID_CROSS_REFERENCE_KEY" ->
          error.fields().isEmpty() ? new ReadWhatBecame() : new Give();
      case "CANNOT_UPDATE_CONVERTED_LEAD" -> new FollowContact();
      case "INVALID_QUERY_LOCATOR" -> new ListAgain();
      case "INVALID_TYPE" -> new LeaveObjectOut();
      case "API_DISABLED_FOR_ORG",
          "API_CURRENTLY_DISABLED",
          "FUNCTIONALITY_NOT_ENABLED",
          "UNSUPPORTED_API_VERSION",
          "INSUFFICIENT_ACCESS",
          "INSUFFICIENT_ACCESS_OR_READONLY",
          "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" ->
          new SetUp();
      default -> new Give();
    };
  }

  /** Which of the two limits was hit stands in the words alone. */
  private static Remedy limit(SalesforceError error) {
    return error.message().toLowerCase(Locale.ROOT).contains("concurrent")
        ? new WaitForRoom()
        : new WaitForDay();
  }

  private static String column(SalesforceError error) {
    Matcher named = NO_COLUMN.matcher(error.message());
    if (named.find()) {
      return named.group(1);
    }
    return error.fields().size() == 1 ? error.fields().getFirst() : "";
  }
}
