package io.leadgauge.http;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.AppInstalls;
import io.leadgauge.pipeline.InstallAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser comes back to when somebody has let an app in: {@code GET
 * /oauth/{app}/callback?code=…&state=…}. The answer is a short page that repeats nothing of the
 * request, so that no address can make it say anything; code and state reach no log, and no other
 * site by a referrer. {@code oauth_callbacks_total{outcome}} counts. Thread-safe.
 */
public final class OAuthCallback {
  private static final Logger LOG = System.getLogger(OAuthCallback.class.getName());
  private static final Pattern SHAPE = Pattern.compile("/oauth/([^/]+)/callback");

  /** So many are seen to at once; each waits for the CRM. */
  private static final int MOST_AT_ONCE = 8;

  private final AppInstalls installs;
  private final MeterRegistry metrics;
  private final AtomicInteger busy = new AtomicInteger();

  /** Makes one that hands over to these installs. */
  public OAuthCallback(AppInstalls installs, MeterRegistry metrics) {
    this.installs = installs;
    this.metrics = metrics;
    for (Page page : Page.values()) {
      counter(page);
    }
  }

  private Counter counter(Page page) {
    return Counter.builder("oauth.callbacks")
        .description("Returns of browsers from the install of an app")
        .tag("outcome", page.name().toLowerCase(Locale.ROOT))
        .register(metrics);
  }

  /** Tells whether a request is one of these, whatever app it names. */
  static boolean isMeant(HttpServerRequest request) {
    return SHAPE.matcher(request.path()).matches();
  }

  /** A page. */
  private enum Page {
    INSTALLED(200, "Leadgauge is installed", "You can close this page."),
    DECLINED(400, "Leadgauge is not installed", "You did not agree. Nothing was changed."),
    UNKNOWN_STATE(
        400,
        "Leadgauge is not installed",
        "This link was used before, or is older than ten minutes. Ask for a new one."),
    REFUSED(
        400,
        "Leadgauge is not installed",
        "HubSpot did not confirm that you agreed. Ask for a new link."),
    METHOD(405, "Not found", "There is nothing here."),
    UNKNOWN_APP(404, "Not found", "There is nothing here."),
    UNAVAILABLE(
        503,
        "Leadgauge is not installed",
        "It could not be finished now. Ask for a new link in a few minutes.");

    private final int status;
    private final String title;
    private final String words;

    Page(int status, String title, String words) {
      this.status = status;
      this.title = title;
      this.words = words;
    }

    static Page of(InstallAnswer answer) {
      return switch (answer) {
        case InstallAnswer.Installed installed -> INSTALLED;
        case InstallAnswer.UnknownApp unknown -> UNKNOWN_APP;
        case InstallAnswer.UnknownState unknown -> UNKNOWN_STATE;
        case InstallAnswer.Declined declined -> DECLINED;
        case InstallAnswer.Refused refused -> REFUSED;
        case InstallAnswer.Unavailable unavailable -> UNAVAILABLE;
      };
    }

    String html() {
      return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>"
          + title
          + "</title><h1>"
          + title
          + "</h1><p>"
          + words
          + "</p></html>\n";
    }
  }

  /** Takes a request whose headers have arrived. */
  void receive(Vertx vertx, HttpServerRequest request) {
    Optional<ConnectionId> app = app(request);
    if (!request.method().equals(HttpMethod.GET)) {
      request.response().putHeader("Allow", "GET");
      answer(request, Page.METHOD);
    } else if (app.isEmpty()) {
      answer(request, Page.UNKNOWN_APP);
    } else if (busy.incrementAndGet() > MOST_AT_ONCE) {
      busy.decrementAndGet();
      answer(request, Page.UNAVAILABLE);
    } else {
      Context context = vertx.getOrCreateContext();
      String code = parameter(request, "code");
      String state = parameter(request, "state");
      Thread.ofVirtual()
          .name("oauth-callback")
          .start(
              () -> {
                Page page = page(app.get(), code, state);
                busy.decrementAndGet();
                context.runOnContext(done -> answer(request, page));
              });
    }
  }

  private Optional<ConnectionId> app(HttpServerRequest request) {
    Matcher shape = SHAPE.matcher(request.path());
    return Optional.of(shape)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .filter(ConnectionId::isValid)
        .map(ConnectionId::new)
        .filter(name -> installs.app(name).isPresent());
  }

  private static @Nullable String parameter(HttpServerRequest request, String name) {
    try {
      String value = request.getParam(name);
      return value == null || value.isBlank() ? null : value;
    } catch (IllegalArgumentException e) {
      return null; // not encoded as addresses are
    }
  }

  private Page page(ConnectionId app, @Nullable String code, @Nullable String state) {
    try {
      if (state == null) {
        return Page.UNKNOWN_STATE;
      }
      return Page.of(
          code == null
              ? installs.decline(app, state)
              : installs.finish(app, Secret.of(code), state));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an install of " + app + " could not be finished", e);
      return Page.UNAVAILABLE;
    }
  }

  private void answer(HttpServerRequest request, Page page) {
    counter(page).increment();
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(page.status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Connection", "close");
    if (page.status == 503) {
      response.putHeader("Retry-After", "60");
    }
    response.end(page.html());
  }
}
