package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.AnswerReader;
import io.leadgauge.crm.rest.RestAnswer.Answered;

/** What HubSpot's answers mean. */
final class HubSpotAnswers implements AnswerReader<Reply> {
  private final RateBudget budget;

  HubSpotAnswers(RateBudget budget) {
    this.budget = budget;
  }

  @Override
  public Reply read(Lane lane, Answered answer) {
    RateHeaders.learn(budget, lane, answer.headers());
    int status = answer.status();
    JsonNode body = answer.object();
    if (status == 200 || status == 201 || status == 207) {
      return body == null ? notJson(status) : new Reply.Answered(body, answer.sentAt());
    }
    if (status == 400 || status == 409) {
      return body == null ? notJson(status) : new Reply.Invalid(HubSpotError.of(body));
    }
    HubSpotError error = body == null ? HubSpotError.NONE : HubSpotError.of(body);
    return new Reply.Failed(
        Troubles.ofStatus(status, answer.headers(), error, lane, budget), status);
  }

  private static Reply notJson(int status) {
    return new Reply.Failed(
        new CallTrouble.Unknown("HubSpot answered " + status + " with a body that is not JSON"));
  }

  @Override
  public Reply failed(CallTrouble trouble) {
    return new Reply.Failed(trouble);
  }

  @Override
  public boolean refusesToken(Answered answer) {
    return answer.status() == 401;
  }
}
