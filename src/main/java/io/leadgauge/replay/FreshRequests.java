package io.leadgauge.replay;

import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureHeaders;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.manifest.AppManifest;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.SourceManifest;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of deliveries as their senders would make them now: tokens put back into their
 * paths, signed anew with the secrets of the manifests. Thread-safe.
 */
public final class FreshRequests {
  private static final Pattern PATH = Pattern.compile("/webhooks/([^/?]+)(?:/([^/?]*))?(\\?.*)?");

  /** What belongs to one connection, or was signed, or is set anew. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "content-encoding",
          "accept-encoding",
          "expect",
          "upgrade",
          "te",
          "trailer",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "authorization",
          "cookie",
          "forwarded",
          "http2-settings",
          "via",
          "x-hubspot-signature",
          "x-hubspot-signature-v3",
          "x-hubspot-signature-version",
          "x-hubspot-request-timestamp",
          "webhook-id",
          "webhook-timestamp",
          "webhook-signature");

  private static final List<SignatureScheme> STRONGEST_FIRST =
      List.of(
          SignatureScheme.HUBSPOT_V3,
          SignatureScheme.STANDARD,
          SignatureScheme.HUBSPOT_V2,
          SignatureScheme.HUBSPOT_V1);

  private final Catalog catalog;
  private final SendTarget target;
  private final @Nullable ConnectionId otherwise;
  private final Function<Secret, Optional<String>> missing;

  /**
   * Makes it.
   *
   * @param catalog the receiver's manifests
   * @param otherwise whom a delivery is for that does not say so; null if that must not be
   * @param missing tells what a secret should have been that only stands in for a missing one
   */
  public FreshRequests(
      Catalog catalog,
      SendTarget target,
      @Nullable ConnectionId otherwise,
      Function<Secret, Optional<String>> missing) {
    this.catalog = catalog;
    this.target = target;
    this.otherwise = otherwise;
    this.missing = missing;
  }

  /**
   * A request that is ready to be sent.
   *
   * @param address where to
   * @param method how
   * @param headers the headers, the signature's among them; copied
   * @param body the raw bytes; not copied, must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out
  public record Request(String address, String method, List<Header> headers, byte[] body) {
    public Request {
      headers = List.copyOf(headers);
    }
  }

  /** A delivery cannot be addressed or signed; the message says what is missing. */
  public static final class UnsendableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsendableException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Where a delivery goes, taken apart.
   *
   * @param part the last part of the path; null where it ends with the name
   * @param given whether the path is known, and not only whom the delivery is for
   */
  private record Place(ConnectionId name, @Nullable String part, String query, boolean given) {}

  /**
   * How a delivery shows that it is authentic.
   *
   * @param part the last part of its path; null for none
   * @param scheme what it is signed by; null where its address, or a header, is enough
   * @param shown headers that show it
   */
  private record Way(@Nullable String part, @Nullable SignatureScheme scheme, List<Header> shown) {}

  /**
   * Returns the request that sends a delivery at an instant.
   *
   * @param id the id of the message where it had none that is known
   * @throws UnsendableException if it cannot be addressed or signed
   */
  public Request of(CapturedDelivery delivery, String id, long now) {
    Place place = place(delivery);
    WebhookAccess access = access(place.name());
    Way way = way(delivery, access, place);
    String part = way.part() == null ? "" : "/" + way.part();
    String path = "/webhooks/" + place.name() + part + place.query();
    List<Header> headers = headers(delivery);
    headers.addAll(way.shown());
    if (way.scheme() != null) {
      headers.addAll(
          new RequestSigner(way.scheme(), secret(place.name(), access.secrets()))
              .sign(
                  delivery.method(),
                  target.signed(access.publicUrl()) + path,
                  delivery.body(),
                  delivery.header(SignatureHeaders.STANDARD_ID).orElse(id),
                  now));
    }
    return new Request(target.base() + path, delivery.method(), headers, delivery.body());
  }

  private Place place(CapturedDelivery delivery) {
    String path = target.path().orElse(delivery.path());
    if (path.isEmpty()) {
      ConnectionId name = delivery.connection() == null ? otherwise : delivery.connection();
      if (name == null) {
        throw new UnsendableException(
            "a delivery does not say whom it is for; name the connection by --connection, or a"
                + " whole address by --send");
      }
      return new Place(name, null, "", false);
    }
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches() || !ConnectionId.isValid(matcher.group(1))) {
      throw new UnsendableException("the path " + path + " is none of a webhook");
    }
    String query = matcher.group(3) == null ? "" : matcher.group(3);
    return new Place(new ConnectionId(matcher.group(1)), matcher.group(2), query, true);
  }

  private WebhookAccess access(ConnectionId name) {
    SourceManifest source = catalog.sources().get(name);
    AppManifest app = catalog.apps().get(name);
    ConnectionManifest connection = catalog.connections().get(name);
    if (source != null) {
      return source.source().webhooks();
    }
    if (app != null) {
      return app.app().webhooks();
    }
    if (connection == null) {
      throw new UnsendableException(
          "the manifests have no connection, app or event source " + name + " that can be used");
    }
    return connection.connection().webhooks();
  }

  private Way way(CapturedDelivery delivery, WebhookAccess access, Place place) {
    Optional<WorkflowHook> hook = hook(access, place.part());
    if (hook.isPresent()) {
      return ofWorkflow(place, hook.get());
    }
    OrgAccess org = access.org();
    boolean hasToken = place.part() != null || !place.given();
    if (org == null) {
      return new Way(token(access, place), scheme(delivery, access), List.of());
    }
    return hasToken ? new Way(token(access, place), null, certified(org)) : callout(place, org);
  }

  private static Optional<WorkflowHook> hook(WebhookAccess access, @Nullable String part) {
    return access.workflows().stream().filter(hook -> part != null && isOf(hook, part)).findFirst();
  }

  /** Kept is a workflow's name; a whole address that is given has its token. */
  private static boolean isOf(WorkflowHook hook, String part) {
    Secret token = hook.token();
    return hook.name().equals(part) || (token != null && token.reveal().equals(part));
  }

  private Way ofWorkflow(Place place, WorkflowHook hook) {
    Secret token = hook.token();
    return token == null
        ? new Way(hook.name(), SignatureScheme.HUBSPOT_V2, List.of())
        : new Way(present(place.name(), token).reveal(), null, List.of());
  }

  /** A callout to the address without the secret shows a token, or is signed. */
  private Way callout(Place place, OrgAccess org) {
    if (org.bearers().isEmpty()) {
      return new Way(null, SignatureScheme.STANDARD, List.of());
    }
    Secret bearer = present(place.name(), org.bearers().getFirst());
    return new Way(null, null, List.of(new Header("Authorization", "Bearer " + bearer.reveal())));
  }

  /** What a proxy passes on of the client's certificate; there is none between. */
  private static List<Header> certified(OrgAccess org) {
    ClientCertificate certificate = org.certificate();
    return certificate == null
        ? List.of()
        : List.of(new Header(certificate.header(), certificate.subject()));
  }

  /** Returns the last part of the path, with the token where it is masked or not known. */
  private @Nullable String token(WebhookAccess access, Place place) {
    if (place.given() && !CapturedDelivery.MASK.equals(place.part())) {
      return place.part();
    }
    Secret token = access.token();
    if (token == null && place.given()) {
      throw new UnsendableException(
          place.name()
              + " has no token in its manifest, but a delivery came to an address with one");
    }
    return token == null ? null : present(place.name(), token).reveal();
  }

  /** The scheme that the delivery came with, if the receiver takes it; else its best. */
  private static SignatureScheme scheme(CapturedDelivery delivery, WebhookAccess access) {
    SignatureScheme came = came(delivery);
    return came != null && access.schemes().contains(came)
        ? came
        : STRONGEST_FIRST.stream().filter(access.schemes()::contains).findFirst().orElseThrow();
  }

  private static @Nullable SignatureScheme came(CapturedDelivery delivery) {
    if (delivery.header(SignatureHeaders.HUBSPOT_SIGNATURE_V3).isPresent()) {
      return SignatureScheme.HUBSPOT_V3;
    }
    return switch (delivery.header(SignatureHeaders.HUBSPOT_VERSION).orElse("")) {
      case "v1" -> SignatureScheme.HUBSPOT_V1;
      case "v2" -> SignatureScheme.HUBSPOT_V2;
      default -> null;
    };
  }

  private Secret secret(ConnectionId name, List<Secret> secrets) {
    if (secrets.isEmpty()) {
      throw new UnsendableException(name + " has no signing secret in its manifest");
    }
    return present(name, secrets.getFirst());
  }

  private Secret present(ConnectionId name, Secret secret) {
    Optional<String> reference = missing.apply(secret);
    if (reference.isPresent()) {
      throw new UnsendableException(
          "a secret that signs, or addresses, what is sent to "
              + name
              + " is missing: "
              + reference.get());
    }
    return secret;
  }

  private static List<Header> headers(CapturedDelivery delivery) {
    List<Header> headers = new ArrayList<>();
    boolean typed = false;
    for (Header header : delivery.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      boolean goes =
          !LEFT_OUT.contains(name)
              && !name.startsWith("x-forwarded-")
              && !header.value().contains(CapturedDelivery.MASK);
      if (goes) {
        headers.add(header);
        typed |= name.equals("content-type");
      }
    }
    if (!typed) {
      headers.add(new Header("Content-Type", type(delivery.body())));
    }
    return headers;
  }

  private static String type(byte[] body) {
    return body.length > 0 && body[0] == '<' ? "text/xml; charset=utf-8" : "application/json";
  }
}
