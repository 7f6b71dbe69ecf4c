package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.cli.AdminAddress.NoServe;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.OutgoingHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * Calls a connection's own public address from outside and looks whether the call comes back to the
 * running server, unchanged: a proxy that rewrites path or query breaks every signature.
 */
final class PublicProbe {
  /** Begins the query by which a call of ours is known again. */
  static final String MARK = "?doctor=";

  private static final String AREA = "public address";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofDays(14);
  private static final int METHOD_NOT_ALLOWED = 405;

  private final Connection connection;
  private final Path data;
  private final long now;

  /**
   * Makes a probe.
   *
   * @param data the data folder of the server that is to answer
   * @param now the instant of asking, by which the call is marked as well
   */
  PublicProbe(Connection connection, Path data, long now) {
    this.connection = connection;
    this.data = data;
    this.now = now;
  }

  /** Calls the address. */
  List<Finding> look() {
    String target = "/webhooks/" + connection.id() + MARK + Long.toHexString(now);
    URI address = URI.create(connection.webhooks().publicUrl() + target);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
    try (HttpClient client = OutgoingHttp.client().connectTimeout(PATIENCE).build()) {
      return answered(target, client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (HttpTimeoutException e) {
      return List.of(
          problem(
              "address",
              "no answer within " + PATIENCE.toSeconds() + " s",
              "open port 443 to the proxy, and let it pass requests on to --port"));
    } catch (SSLException e) {
      return List.of(
          problem(
              "certificate",
              "is not accepted: " + e.getMessage(),
              "a certificate for " + address.getHost() + " by an authority that all trust"));
    } catch (IOException e) {
      return List.of(unreachable(address, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.unknown(AREA, "address", "interrupted", "try again"));
    }
  }

  private Finding unreachable(URI address, IOException e) {
    if (isUnresolved(e)) {
      return problem(
          "address",
          "nobody knows the host " + address.getHost(),
          "a DNS record for it, or another publicUrl");
    }
    return problem(
        "address",
        e instanceof ConnectException ? "nothing listens there" : "cannot be reached: " + e,
        cure(
            "let the proxy listen there; where this network cannot call its own public address,"
                + " try from elsewhere: curl -i must show 405"));
  }

  /** The client wraps it once or twice. */
  private static boolean isUnresolved(IOException e) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }

  private List<Finding> answered(String target, HttpResponse<String> response) {
    List<Finding> findings = new ArrayList<>();
    findings.add(certificate(response));
    int status = response.statusCode();
    boolean ours =
        status == METHOD_NOT_ALLOWED
            && response.headers().firstValue("Allow").orElse("").equals("POST");
    findings.add(ours ? cameBack(target) : elsewhere(response));
    return findings;
  }

  private Finding elsewhere(HttpResponse<String> response) {
    Optional<String> location = response.headers().firstValue("Location");
    String answer = "answers " + response.statusCode();
    return problem(
        "address",
        location.map(to -> answer + ", a redirect to " + to).orElse(answer)
            + "; Leadgauge answers a GET there with 405",
        cure(
            "let the proxy pass /webhooks/ on to --port as it comes, without redirects or a"
                + " login"));
  }

  /** Nobody need look at a proxy while there is nothing behind it. */
  private String cure(String usual) {
    try {
      AdminAddress.ask(data, "/api/refused");
      return usual;
    } catch (NoServe e) {
      return "start serve and ask again; if it stays so, " + usual;
    } catch (WrongUse e) {
      return usual;
    }
  }

  /** Finds the call among the requests that the server has refused. */
  private Finding cameBack(String target) {
    Optional<JsonNode> refused;
    try {
      refused = AdminAddress.ask(data, "/api/refused");
    } catch (WrongUse e) {
      return Finding.unknown(
          AREA,
          "address",
          "a Leadgauge answers; whether it is this one, only serve can tell",
          "start serve and ask again");
    }
    String mark = target.substring(target.indexOf(MARK) + 1);
    for (JsonNode one : refused.map(found -> found.path("refused")).orElseThrow()) {
      String path = one.path("path").asText();
      if (path.contains(mark)) {
        return path.equals(target)
            ? Finding.ok(AREA, "address", "a call from outside comes back unchanged")
            : problem(
                "address",
                "a call for " + target + " arrives as " + path,
                "let the proxy leave path and query as they are: signatures cover them");
      }
    }
    return problem(
        "address",
        "another Leadgauge answers there, not the serve on " + data,
        "look where the proxy passes requests on to");
  }

  private Finding certificate(HttpResponse<String> response) {
    Optional<X509Certificate> certificate = response.sslSession().flatMap(PublicProbe::first);
    if (certificate.isEmpty()) {
      return Finding.warning(
          AREA,
          "certificate",
          "none: plain http, which " + crm() + " does not call",
          "fine on this machine alone; else an https address in publicUrl");
    }
    long end = certificate.get().getNotAfter().toInstant().toEpochMilli();
    long days = Duration.ofMillis(end - now).toDays();
    return end - now < SOON.toMillis()
        ? Finding.warning(
            AREA, "certificate", "ends in " + days + " days", "renew it: " + crm() + " would stop")
        : Finding.ok(AREA, "certificate", "valid for " + days + " days");
  }

  private String crm() {
    return PlatformWords.of(connection.kind()).name();
  }

  private static Optional<X509Certificate> first(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate one
          ? Optional.of(one)
          : Optional.empty();
    } catch (SSLException e) {
      return Optional.empty();
    }
  }

  private static Finding problem(String subject, String detail, String cure) {
    return Finding.problem(AREA, subject, detail, cure);
  }
}
