package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Grant;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.model.Secret;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How apps are let into portals and get their tokens. Calls block their thread, and never an event
 * loop; they are not part of any portal's budget. Thread-safe.
 *
 * @see <a
 *     href="https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/working-with-oauth">HubSpot:
 *     OAuth, 30 March 2026</a>
 */
public final class HubSpotOAuth implements AutoCloseable {
  /** The largest answer that is taken, in bytes; refresh tokens of 512 characters are usual. */
  private static final int LARGEST_ANSWER = 64 << 10;

  /** The longest token that is taken, in characters. */
  private static final int LONGEST_TOKEN = 8_192;

  /** How long a token is good where the answer does not say, as of 2026. */
  private static final Duration USUAL = Duration.ofMinutes(30);

  private static final Duration LONGEST = Duration.ofDays(1);

  /** What says that the code or refresh token itself is worth nothing. */
  private static final Set<String> GONE = Set.of("bad_refresh_token", "bad_auth_code");

  /**
   * The same in the words of RFC 6749, which cover more: believed where HubSpot's own are absent.
   */
  private static final String INVALID_GRANT = "invalid_grant";

  private static final Pattern PORTAL = Pattern.compile("[0-9]{1,20}");

  private final WebClient web;

  /** Makes one whose calls this runs; it stays open when this is closed. */
  public HubSpotOAuth(Vertx vertx) {
    this.web =
        WebClient.create(
            vertx, new WebClientOptions().setUserAgent("Leadgauge").setFollowRedirects(false));
  }

  /**
   * Returns the address of the page on which a person lets an app in.
   *
   * @param state comes back with the answer
   * @param challenge the SHA-256 of the verifier in Base64 for addresses (PKCE, RFC 7636)
   */
  public static URI authorizeAddress(OAuthApp app, String state, String challenge) {
    List<String> query =
        List.of(
            "client_id=" + encoded(app.clientId()),
            "redirect_uri=" + encoded(app.redirect().toString()),
            "scope=" + encoded(String.join(" ", app.scopes())),
            "state=" + encoded(state),
            "code_challenge=" + encoded(challenge),
            "code_challenge_method=S256");
    return URI.create(app.authorizeAt() + "/oauth/authorize?" + String.join("&", query));
  }

  /** HubSpot wants blanks between scopes as {@code %20}, and refuses {@code +}. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Asks for tokens; an answer to a code tells whose they are. */
  public GrantAnswer ask(OAuthApp app, Grant grant) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("calls block and must not be made on an event loop");
    }
    Secrets secrets = new Secrets(app, grant);
    GrantAnswer answer = tokens(app, grant, secrets);
    return grant instanceof Grant.Code
            && answer instanceof Granted granted
            && granted.portal().isEmpty()
        ? withPortal(app, granted)
        : answer;
  }

  /** What must not be shown, should HubSpot quote it. */
  private record Secrets(OAuthApp app, Grant grant) {
    String shown(String text) {
      List<Secret> all = new ArrayList<>(grant.secrets());
      all.add(app.clientSecret());
      String masked = text;
      for (Secret secret : all) {
        masked = masked.replace(secret.reveal(), secret.toString());
      }
      return PlainText.shown(masked);
    }
  }

  private GrantAnswer tokens(OAuthApp app, Grant grant, Secrets secrets) {
    BoundedBody body = new BoundedBody(LARGEST_ANSWER);
    String address = app.api().base() + "/oauth/" + app.api().version() + "/token";
    Future<HttpResponse<Buffer>> sent =
        request(web.postAbs(address), app, body).sendForm(form(app, grant));
    return switch (answer(sent, app, body)) {
      case Answer.None none -> new GrantAnswer.Failed(none.trouble());
      case Answer.Some some -> read(some, secrets);
    };
  }

  private static MultiMap form(OAuthApp app, Grant grant) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap();
    form.add("client_id", app.clientId());
    form.add("client_secret", app.clientSecret().reveal());
    return switch (grant) {
      case Grant.Code code ->
          form.add("grant_type", "authorization_code")
              .add("code", code.code().reveal())
              .add("redirect_uri", code.redirect().toString())
              .add("code_verifier", code.verifier().reveal());
      case Grant.Refresh refresh ->
          form.add("grant_type", "refresh_token").add("refresh_token", refresh.token().reveal());
    };
  }

  private static GrantAnswer read(Answer.Some answer, Secrets secrets) {
    JsonNode json = answer.json();
    if (answer.status() != 200 && answer.status() != 201) {
      return refusal(answer, secrets);
    }
    String access = json == null ? "" : token(json, "access_token");
    String refresh = json == null ? "" : token(json, "refresh_token");
    if (refresh.isEmpty() && secrets.grant() instanceof Grant.Refresh goesOn) {
      refresh = goesOn.token().reveal();
    }
    if (json == null || access.isEmpty() || refresh.isEmpty()) {
      return failed("HubSpot answered " + answer.status() + " without an access and refresh token");
    }
    return new Granted(Secret.of(access), Secret.of(refresh), lasts(json), portal(json, "hub_id"));
  }

  /** Returns a token; empty if there is none. */
  private static String token(JsonNode json, String field) {
    String text = Json.text(json, field);
    return text == null || text.isBlank() || text.length() > LONGEST_TOKEN ? "" : text;
  }

  /** Returns the id of a portal; empty if there is none. */
  private static String portal(JsonNode json, String field) {
    String text = Json.text(json, field);
    return text != null && PORTAL.matcher(text).matches() ? text : "";
  }

  private static Duration lasts(JsonNode json) {
    long seconds = json.path("expires_in").asLong(USUAL.toSeconds());
    Duration told = Duration.ofSeconds(Math.max(0, seconds));
    return told.compareTo(LONGEST) > 0 ? LONGEST : told;
  }

  private static GrantAnswer refusal(Answer.Some answer, Secrets secrets) {
    JsonNode json = answer.json();
    String error = json == null ? "" : word(json, "error");
    String status = json == null ? "" : word(json, "status");
    String words = json == null ? "" : words(json, error + " " + status);
    String reason = "HubSpot answered " + answer.status() + ": " + secrets.shown(words);
    boolean refused = answer.status() == 400 || answer.status() == 401 || answer.status() == 404;
    boolean plain = status.isEmpty() || status.equals("error");
    if (refused && (GONE.contains(status) || (plain && error.equals(INVALID_GRANT)))) {
      return new GrantAnswer.Gone(reason);
    }
    boolean later = answer.status() == 429 || answer.status() == 408 || answer.status() >= 500;
    return new GrantAnswer.Failed(
        later
            ? new CallTrouble.Wait(Patience.OUTAGE.pause(answer.retryAfter()), reason)
            : new CallTrouble.Refused(
                reason + "; check the app's client id, client secret and redirect address"));
  }

  private static String word(JsonNode json, String field) {
    String text = Json.text(json, field);
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static String words(JsonNode json, String otherwise) {
    for (String field : List.of("message", "error_description")) {
      String text = Json.text(json, field);
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return otherwise.strip();
  }

  /** The undated token answers do not say whose tokens they are; the account does. */
  private GrantAnswer withPortal(OAuthApp app, Granted granted) {
    String version = app.api().version().startsWith("v") ? "v3" : app.api().version();
    String address = app.api().base() + "/account-info/" + version + "/details";
    BoundedBody body = new BoundedBody(LARGEST_ANSWER);
    Future<HttpResponse<Buffer>> sent =
        request(web.getAbs(address), app, body)
            .bearerTokenAuthentication(granted.access().reveal())
            .send();
    return switch (answer(sent, app, body)) {
      case Answer.None none -> new GrantAnswer.Failed(none.trouble());
      case Answer.Some some -> {
        JsonNode json = some.json();
        String portal = some.status() == 200 && json != null ? portal(json, "portalId") : "";
        yield !portal.isEmpty()
            ? new Granted(granted.access(), granted.refresh(), granted.lasts(), portal)
            : failed("HubSpot answered " + some.status() + " when asked whose the tokens are");
      }
    };
  }

  private static GrantAnswer failed(String reason) {
    return new GrantAnswer.Failed(new CallTrouble.Unknown(reason));
  }

  private static HttpRequest<Buffer> request(
      HttpRequest<Buffer> begun, OAuthApp app, BoundedBody body) {
    return begun
        .timeout(app.api().timeout().toMillis())
        .putHeader("Accept", "application/json")
        .as(body);
  }

  /** What came back. */
  private sealed interface Answer {
    record Some(int status, @Nullable JsonNode json, @Nullable String retryAfter)
        implements Answer {}

    record None(CallTrouble trouble) implements Answer {}
  }

  private static Answer answer(Future<HttpResponse<Buffer>> sent, OAuthApp app, BoundedBody body) {
    try {
      AsyncResult<HttpResponse<Buffer>> outcome =
          await(
              sent.timeout(app.api().timeout().toMillis(), TimeUnit.MILLISECONDS)
                  .onFailure(failure -> body.cutOff())
                  .transform(Future::succeededFuture));
      if (outcome.failed()) {
        return new Answer.None(Troubles.ofFailure(outcome.cause()));
      }
      HttpResponse<Buffer> response = outcome.result();
      byte[] bytes = response.body() == null ? new byte[0] : response.body().getBytes();
      return new Answer.Some(
          response.statusCode(), Json.parse(bytes), response.headers().get("Retry-After"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None(
          new CallTrouble.Unknown("interrupted while waiting for HubSpot's answer"));
    }
  }

  /** Vert.x does not declare that a waiting thread may be interrupted. */
  private static <T> T await(Future<T> future) throws InterruptedException {
    return future.await();
  }

  @Override
  public void close() {
    web.close();
  }
}
