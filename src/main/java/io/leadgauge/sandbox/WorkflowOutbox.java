package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends what workflows have to tell, each contact in a request of its own. What was not answered,
 * or answered 429 or 5xx, is sent again, the same body with the same correlation id; any other 4xx
 * is the end of it. {@code Retry-After} counts in milliseconds (error handling page, read 30 March
 * 2026). Belongs to one event loop.
 */
final class WorkflowOutbox {
  private static final int TOO_MANY = 429;

  private final HttpClient client;
  private final Clockwork clock;
  private final Timers timers;
  private final WebhookPace pace;
  private final Dice dice;
  private final SortedMap<String, Workflow> workflows = new TreeMap<>();
  private final SortedMap<String, Integer> answers = new TreeMap<>();
  private Faults faults;
  private int enrolled;
  private int acknowledged;
  private int failed;
  private int repeated;

  /** One contact's way through a workflow. */
  private record Message(Workflow workflow, Buffer body, String correlation, boolean repeat) {}

  WorkflowOutbox(
      HttpClient client,
      Clockwork clock,
      Timers timers,
      WebhookPace pace,
      Faults faults,
      Dice dice) {
    this.client = client;
    this.clock = clock;
    this.timers = timers;
    this.pace = pace;
    this.faults = faults;
    this.dice = dice;
  }

  void faults(Faults newFaults) {
    faults = newFaults;
  }

  void put(String name, Workflow workflow) {
    workflows.put(name, workflow);
  }

  Optional<Workflow> find(String name) {
    return Optional.ofNullable(workflows.get(name));
  }

  /** Sends a contact through a workflow. */
  void enrol(Workflow workflow, Portal portal, CrmRecord contact) {
    enrolled++;
    Buffer body = Json.bytes(WorkflowJson.of(workflow, portal, contact));
    send(new Message(workflow, body, dice.uuid(), false), 0);
  }

  void describe(ObjectNode state) {
    state.put("enrolled", enrolled);
    state.put("acknowledged", acknowledged);
    state.put("failed", failed);
    state.put("repeated", repeated);
    state.put("pending", enrolled - acknowledged - failed);
    ObjectNode byAnswer = state.putObject("answers");
    answers.forEach(byAnswer::put);
  }

  private void send(Message message, int attempt) {
    post(message)
        .onComplete(
            answered -> {
              Reply reply = answered.succeeded() ? answered.result() : Reply.NONE;
              String outcome = reply.status() == 0 ? "no answer" : Integer.toString(reply.status());
              answers.merge(outcome, 1, Integer::sum);
              if (!message.repeat()) {
                follow(message, attempt, reply);
              }
            });
  }

  private void follow(Message message, int attempt, Reply reply) {
    if (reply.status() >= 200 && reply.status() < 300) {
      acknowledged++;
      if (dice.happens(faults.webhookDuplicate())) {
        repeated++;
        Message again =
            new Message(message.workflow(), message.body(), message.correlation(), true);
        timers.at(clock.now() + pace.linger().toMillis(), () -> send(again, 0));
      }
    } else if (reply.isFinal() || attempt >= pace.retries().size()) {
      failed++;
    } else {
      long wait = Math.max(reply.retryAfter(), pace.retries().get(attempt).toMillis());
      timers.at(clock.now() + wait, () -> send(message, attempt + 1));
    }
  }

  /** An answer, as far as it matters. */
  private record Reply(int status, long retryAfter) {
    static final Reply NONE = new Reply(0, 0);

    boolean isFinal() {
      return status >= 400 && status < 500 && status != TOO_MANY;
    }
  }

  private Future<Reply> post(Message message) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(message.workflow().url().toString())
            .setTimeout(pace.timeout().toMillis());
    return client
        .request(options)
        .compose(request -> headers(request, message).send(message.body()))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        body ->
                            new Reply(
                                response.statusCode(), millis(response.getHeader("Retry-After")))));
  }

  private HttpClientRequest headers(HttpClientRequest request, Message message) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept", "*/*");
    headers.put("Content-Type", "application/json");
    headers.put("X-HubSpot-Origin-Hublet", "na1");
    headers.put("X-HubSpot-Timeout-Millis", Long.toString(pace.timeout().toMillis()));
    Workflow workflow = message.workflow();
    if (workflow.correlation()) {
      headers.put("X-HubSpot-Correlation-Id", message.correlation());
    }
    workflow
        .secret()
        .ifPresent(
            secret -> {
              headers.put("X-HubSpot-Signature-Version", "v2");
              headers.put(
                  "X-HubSpot-Signature",
                  WebhookSigner.v2(secret, "POST", workflow.signed(), message.body().getBytes()));
            });
    headers.forEach(request::putHeader);
    return request;
  }

  private static long millis(@Nullable String header) {
    return header != null && header.matches("\\d{1,9}") ? Long.parseLong(header) : 0;
  }
}
