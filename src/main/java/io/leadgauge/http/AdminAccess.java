package io.leadgauge.http;

import io.leadgauge.model.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask the admin port: whoever brings the token, and this machine.
 *
 * <p>A request counts as this machine's only if its socket comes from loopback, no proxy says that
 * it passed something on, and it is addressed to loopback by name. The last keeps out web pages in
 * a browser on this machine whose host name was made to point at it (DNS rebinding); there are no
 * CORS headers either, so pages cannot read an answer. Thread-safe.
 */
final class AdminAccess {
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
  private static final List<String> PROXY_HEADERS =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final @Nullable Secret token;

  AdminAccess(@Nullable Secret token) {
    this.token = token;
  }

  /** Whether a request is let in. */
  enum Verdict {
    /** It is. */
    LET_IN,
    /** It brought a token that is not ours. */
    TOKEN_WRONG,
    /** It comes from elsewhere and brought none. */
    TOKEN_MISSING,
    /** It comes from elsewhere, and no token is configured. */
    TOKEN_NOT_SET,
    /** It comes from this machine but was meant for another host, or by the page of another one. */
    HOST_FOREIGN
  }

  /** Decides on a request. */
  Verdict verdict(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      return isToken(authorization) ? Verdict.LET_IN : Verdict.TOKEN_WRONG;
    }
    if (!isFromHere(request)) {
      return token == null ? Verdict.TOKEN_NOT_SET : Verdict.TOKEN_MISSING;
    }
    return SafeHttp.isPlain(request)
            && isForHere(request.authority())
            && !isFromAnotherSite(request)
        ? Verdict.LET_IN
        : Verdict.HOST_FOREIGN;
  }

  /**
   * A browser says where a page comes from that makes it ask, and in older ones, that makes it send
   * more than a question. A link that somebody follows is no page's doing.
   */
  private static boolean isFromAnotherSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean isLink =
        request.method().equals(HttpMethod.GET)
            && "navigate".equalsIgnoreCase(request.getHeader("Sec-Fetch-Mode"));
    return (site != null && !OWN_SITE.contains(site.toLowerCase(Locale.ROOT)) && !isLink)
        || isFromAnotherOrigin(request);
  }

  private static boolean isFromAnotherOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    HostAndPort here = request.authority();
    return origin != null
        && !request.method().equals(HttpMethod.GET)
        && !origin.equalsIgnoreCase("http://" + here);
  }

  private boolean isToken(String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String given = bearer ? authorization.substring(BEARER.length()).strip() : "";
    return Tokens.isSame(token, given) && token != null;
  }

  private static boolean isFromHere(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    MultiMap headers = request.headers();
    return peer != null && isLoopback(peer) && PROXY_HEADERS.stream().noneMatch(headers::contains);
  }

  /** Tells whether a literal address is this machine's own; nothing is looked up. */
  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isForHere(@Nullable HostAndPort authority) {
    return authority != null && LOOPBACK_NAMES.contains(authority.host().toLowerCase(Locale.ROOT));
  }
}
