package io.leadgauge.http;

import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.http.Admission.Room;
import io.leadgauge.http.Outcome.Lack;
import io.leadgauge.http.Outcome.Refusal;
import io.leadgauge.http.Outcome.Refused;
import io.leadgauge.http.Outcome.Unavailable;
import io.leadgauge.model.ConnectionId;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided on a request before its body is read: address, token, method, type, length,
 * room. Thread-safe.
 *
 * <p>A wrong token is answered exactly like an unknown connection, since the token is part of the
 * address, and after the same work, so that neither the answer nor its time tells whether there is
 * such a connection. (A connection without a token shows itself by answering 401: a token is for
 * those who mind.)
 *
 * <p>At the addresses of a Salesforce org, the headers tell all that there is to know but for
 * signatures: the secret in the path, a bearer token, the subject of a certificate. XML is taken
 * there and nowhere else.
 *
 * <p>A request without a content type is let in. HubSpot always sends {@code application/json}, so
 * its absence is the work of something in between; the signature covers the body and not the type,
 * and to refuse an authentic delivery over it would lose it. Another type that is stated is
 * refused: the sender says itself that the body is something else.
 */
final class Gate {
  /** What one request costs besides its body: request line and headers at their largest. */
  private static final int HEAD_BYTES = 12 << 10;

  /** In flight a request stays for milliseconds, so a second is long. */
  static final Duration WHEN_ROOM = Duration.ofSeconds(1);

  /** What outbound messages come as. */
  private static final Set<String> XML =
      Set.of("text/xml", "application/xml", "application/soap+xml");

  private static final int SHOWN = 100;
  private static final String AMBIGUOUS = "expected one Host, and no Transfer-Encoding but chunked";
  private static final String NO_SUCH_ADDRESS =
      "expected /webhooks/{connection}, followed by /{token} where the connection has one";

  private final WebhookSettings settings;
  private final Function<ConnectionId, Optional<WebhookAccess>> connections;
  private final Admission admission;

  Gate(
      WebhookSettings settings,
      Function<ConnectionId, Optional<WebhookAccess>> connections,
      Admission admission) {
    this.settings = settings;
    this.connections = connections;
    this.admission = admission;
  }

  /** Whether a request may bring its body. */
  sealed interface Entry {
    /**
     * It may.
     *
     * @param connection whom it is for: a connection, or an app
     * @param access who may deliver to it
     * @param room the room reserved for it
     */
    record Open(ConnectionId connection, WebhookAccess access, Room room) implements Entry {}

    /**
     * It may not.
     *
     * @param connection whom it names; null where there is no such connection
     * @param outcome why
     */
    record Shut(@Nullable ConnectionId connection, Outcome outcome) implements Entry {}
  }

  /** Looks at a request whose headers have arrived. */
  Entry look(HttpServerRequest request) {
    if (!SafeHttp.isPlain(request)) {
      return new Entry.Shut(null, Refused.of(Refusal.MALFORMED, AMBIGUOUS));
    }
    Optional<WebhookPath> path = WebhookPath.parse(request.path());
    if (path.isEmpty()) {
      return new Entry.Shut(null, Refused.of(Refusal.UNKNOWN, NO_SUCH_ADDRESS));
    }
    Optional<WebhookAccess> named = named(path.get());
    ConnectionId id = named.isEmpty() ? null : new ConnectionId(path.get().connection());
    Optional<Outcome> refused = refused(request, path.get(), named);
    if (refused.isPresent() || id == null) {
      return new Entry.Shut(
          id, refused.orElseGet(() -> Refused.of(Refusal.UNKNOWN, NO_SUCH_ADDRESS)));
    }
    return admission
        .reserve(id, room(BodyReader.heldAtFirst(announced(request))))
        .<Entry>map(room -> new Entry.Open(id, named.get(), room))
        .orElseGet(() -> new Entry.Shut(id, new Unavailable(Lack.BUSY, WHEN_ROOM)));
  }

  /** Returns how much room a request takes that holds so much of its body. */
  static long room(int bodyBytes) {
    return (long) bodyBytes + HEAD_BYTES;
  }

  private Optional<WebhookAccess> named(WebhookPath path) {
    return ConnectionId.isValid(path.connection())
        ? connections.apply(new ConnectionId(path.connection()))
        : Optional.empty();
  }

  private Optional<Outcome> refused(
      HttpServerRequest request, WebhookPath path, Optional<WebhookAccess> named) {
    Optional<Addressee> addressee = named.flatMap(one -> Addressee.of(one, path.token()));
    if (!request.method().equals(HttpMethod.POST)) {
      return refused(Refusal.METHOD, "webhooks are sent by POST");
    }
    if (addressee.isEmpty() || named.isEmpty()) {
      return refused(Refusal.UNKNOWN, NO_SUCH_ADDRESS);
    }
    return wrongBody(request, named.get().org() != null)
        .or(() -> OrgCredentials.refused(addressee.get(), named.get(), request));
  }

  private Optional<Outcome> wrongBody(HttpServerRequest request, boolean takesMessages) {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return refused(
          Refusal.ENCODING,
          "Content-Encoding is '" + shown(encoding) + "': expected the body as it is");
    }
    String type = request.getHeader("Content-Type");
    if (type != null && !isJson(type) && !(takesMessages && isXml(type))) {
      String expected = takesMessages ? "application/json or text/xml" : "application/json";
      return refused(
          Refusal.MEDIA_TYPE, "Content-Type is '" + shown(type) + "': expected " + expected);
    }
    if (announced(request) > settings.mostBodyBytes()) {
      return refused(Refusal.TOO_LARGE, tooLarge(settings));
    }
    return Optional.empty();
  }

  /** Returns the hint for a body over the bound. */
  static String tooLarge(WebhookSettings settings) {
    return "expected at most " + settings.mostBodyBytes() + " bytes";
  }

  private static Optional<Outcome> refused(Refusal refusal, String hint) {
    return Optional.of(Refused.of(refusal, hint));
  }

  private static String shown(String header) {
    return header.length() <= SHOWN ? header : header.substring(0, SHOWN) + "…";
  }

  private static boolean isXml(String type) {
    return XML.contains(plain(type));
  }

  private static String plain(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isJson(String type) {
    String plain = plain(type);
    return plain.equals("application/json")
        || (plain.startsWith("application/") && plain.endsWith("+json"));
  }

  private int announced(HttpServerRequest request) {
    return BodyReader.announced(request, settings.mostBodyBytes());
  }
}
