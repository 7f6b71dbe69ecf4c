package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.AnswerReader;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.crm.rest.RestAnswer.Answered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What Salesforce's answers mean. */
final class SalesforceAnswers implements AnswerReader<Reply> {
  /** How long to wait where too many long calls are under way. */
  static final Duration UNTIL_ROOM = Duration.ofSeconds(10);

  /** How long to wait in an outage. */
  static final Duration UNTIL_SERVICE = Duration.ofSeconds(5);

  private final RateBudget budget;
  private final DailyShare day;

  SalesforceAnswers(RateBudget budget, DailyShare day) {
    this.budget = budget;
    this.day = day;
  }

  @Override
  public Reply read(Lane lane, Answered answer) {
    day.answered(answer.header("Sforce-Limit-Info"));
    int status = answer.status();
    return switch (status) {
      case 200, 201, 204 -> done(answer);
      case 301, 302, 303, 304, 307, 308 -> new Reply.Failed(elsewhere(answer), status);
      default -> refused(lane, answer);
    };
  }

  private static Reply done(Answered answer) {
    JsonNode body =
        answer.body().length() == 0
            ? Json.object()
            : isTable(answer) ? BulkPage.of(answer) : answer.json();
    return body == null
        ? new Reply.Failed(
            new CallTrouble.Unknown(
                "Salesforce answered " + answer.status() + " with a body that cannot be read"))
        : new Reply.Answered(body, answer.sentAt());
  }

  private static boolean isTable(Answered answer) {
    String type = answer.header("Content-Type");
    return type != null && type.startsWith("text/csv");
  }

  private Reply refused(Lane lane, Answered answer) {
    int status = answer.status();
    JsonNode told = answer.json();
    JsonNode body = told == null ? Json.object() : told;
    SalesforceError error =
        told == null ? new SalesforceError("", shown(answer), List.of()) : SalesforceError.of(told);
    String reason = "Salesforce answered " + status + ": " + error.words();
    return switch (Remedy.of(status, error)) {
      case Remedy.AskForToken token -> new Reply.Failed(badToken(error), status);
      case Remedy.GiveScope scope -> new Reply.Failed(noScope(error), status);
      case Remedy.WaitForDay wait -> {
        budget.closeAll(RateBudget.DAY_USED_UP, reason);
        yield new Reply.Failed(new CallTrouble.Wait(RateBudget.DAY_USED_UP, reason), status);
      }
      case Remedy.WaitForRoom wait -> {
        budget.close(lane, UNTIL_ROOM, reason);
        yield new Reply.Failed(new CallTrouble.Wait(UNTIL_ROOM, reason), status);
      }
      case Remedy.WaitForService wait ->
          new Reply.Failed(new CallTrouble.Wait(UNTIL_SERVICE, reason), status);
      case Remedy.SetUp setUp ->
          new Reply.Failed(new CallTrouble.Refused(cure(status, reason), status == 403), status);
      case Remedy.SendAlone given -> new Reply.Invalid(status, error, body);
      case Remedy.LeaveOut given -> new Reply.Invalid(status, error, body);
      case Remedy.LeaveUnwritten given -> new Reply.Invalid(status, error, body);
      case Remedy.LeaveValueOut given -> new Reply.Invalid(status, error, body);
      case Remedy.LeaveObjectOut given -> new Reply.Invalid(status, error, body);
      case Remedy.ReadWhatBecame given -> new Reply.Invalid(status, error, body);
      case Remedy.FollowContact given -> new Reply.Invalid(status, error, body);
      case Remedy.ListAgain given -> new Reply.Invalid(status, error, body);
      case Remedy.Give given -> new Reply.Invalid(status, error, body);
    };
  }

  private static String shown(Answered answer) {
    return PlainText.shown(answer.body().toString(StandardCharsets.UTF_8));
  }

  private static CallTrouble badToken(SalesforceError error) {
    return new CallTrouble.Refused(
        "Salesforce does not accept the access token (401), nor a new one: " + error.words());
  }

  private static CallTrouble noScope(SalesforceError error) {
    return new CallTrouble.Refused(
        "Salesforce does not accept the access token for its REST API (401): "
            + error.words()
            + "; give the external client app the OAuth scope api");
  }

  private static String cure(int status, String reason) {
    return status == 410 ? reason + "; set api: version to one that the org has" : reason;
  }

  private static CallTrouble elsewhere(Answered answer) {
    String location = answer.header("Location");
    return new CallTrouble.Refused(
        "Salesforce redirects ("
            + answer.status()
            + ") to "
            + PlainText.shown(location == null ? "elsewhere" : location)
            + "; redirects are not followed, so check credentials: loginUrl");
  }

  @Override
  public Reply failed(CallTrouble trouble) {
    return new Reply.Failed(trouble);
  }

  /** A token that lacks a scope is not mended by another one. */
  @Override
  public boolean refusesToken(Answered answer) {
    if (answer.status() != 401) {
      return false;
    }
    JsonNode body = answer.json();
    SalesforceError error = body == null ? SalesforceError.NONE : SalesforceError.of(body);
    return Remedy.of(answer.status(), error) instanceof Remedy.AskForToken;
  }
}
