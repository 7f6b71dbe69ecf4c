package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Grant;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.crm.rest.RestAnswer;
import io.leadgauge.crm.rest.RestRequest;
import io.leadgauge.crm.rest.RestTransport;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  private static final int CONNECTIONS = 5;

  private final RestTransport transport;

  /** Makes one whose calls this runs; it stays open when this is closed. */
  public HubSpotOAuth(Vertx vertx) {
    this.transport = new RestTransport(vertx, HubSpotCalls.NAME, HubSpotCalls.ADDRESS, CONNECTIONS);
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
    String address = app.api().base() + "/oauth/" + app.api().version() + "/token";
    return switch (answer(app, RestRequest.form(address, form(app, grant)), null)) {
      case Answer.None none -> new GrantAnswer.Failed(none.trouble());
      case Answer.Some some -> read(some, secrets);
    };
  }

  private static Map<String, String> form(OAuthApp app, Grant grant) {
    Map<String, String> form = new HashMap<>();
    form.put("client_id", app.clientId());
    form.put("client_secret", app.clientSecret().reveal());
    switch (grant) {
      case Grant.Code code -> {
        form.put("grant_type", "authorization_code");
        form.put("code", code.code().reveal());
        form.put("redirect_uri", code.redirect().toString());
        form.put("code_verifier", code.verifier().reveal());
      }
      case Grant.Refresh refresh -> {
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh.token().reveal());
      }
    }
    return form;
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
    return switch (answer(app, RestRequest.get(address), granted.access())) {
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

  /** What came back. */
  private sealed interface Answer {
    record Some(int status, @Nullable JsonNode json, @Nullable String retryAfter)
        implements Answer {}

    record None(CallTrouble trouble) implements Answer {}
  }

  private Answer answer(OAuthApp app, RestRequest request, @Nullable Secret token) {
    return switch (transport.send(request, token, app.api().timeout())) {
      case RestAnswer.Failed failed -> new Answer.None(failed.trouble());
      case RestAnswer.Answered answered ->
          new Answer.Some(answered.status(), answered.object(), answered.header("Retry-After"));
    };
  }

  @Override
  public void close() {
    transport.close();
  }
}
