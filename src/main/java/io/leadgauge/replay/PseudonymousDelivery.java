package io.leadgauge.replay;

import io.leadgauge.model.Delivery.Header;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A delivery with its personal data replaced, so that it can be given away and still be decoded.
 * Headers that may tell of anything go; signatures among them, which would not fit any more.
 */
public final class PseudonymousDelivery {
  private static final Set<String> HEADERS =
      Set.of(
          "content-type",
          "user-agent",
          "x-hubspot-request-timestamp",
          "x-hubspot-signature-version",
          "x-hubspot-correlation-id",
          "webhook-timestamp");

  private static final String MESSAGE_ID = "webhook-id";

  private final Replacement replacement;
  private final PseudonymousJson json;
  private final PseudonymousXml xml;

  /** Makes what replaces by these rules. */
  public PseudonymousDelivery(Replacement replacement) {
    this.replacement = replacement;
    this.json = new PseudonymousJson(replacement);
    this.xml = new PseudonymousXml(replacement);
  }

  /** Returns the delivery; empty if its body cannot be read, so that nobody knows what is in it. */
  public Optional<CapturedDelivery> of(CapturedDelivery delivery) {
    byte[] body = delivery.body();
    Optional<byte[]> replaced =
        body.length == 0 ? Optional.of(body) : isXml(body) ? xml.of(body) : json.of(body);
    return replaced.map(
        bytes ->
            new CapturedDelivery(
                delivery.connection(),
                delivery.receivedAt(),
                delivery.method(),
                path(delivery.path()),
                delivery.headers().stream().flatMap(this::header).toList(),
                bytes));
  }

  private static boolean isXml(byte[] body) {
    for (byte one : body) {
      if (one > ' ') {
        return one == '<';
      }
    }
    return false;
  }

  private String path(String path) {
    int query = path.indexOf('?');
    return query < 0
        ? path
        : path.substring(0, query + 1) + PageAddress.query(path.substring(query + 1), replacement);
  }

  private Stream<Header> header(Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    if (name.equals(MESSAGE_ID)) {
      return Stream.of(new Header(header.name(), replacement.token(header.value())));
    }
    return HEADERS.contains(name) ? Stream.of(header) : Stream.empty();
  }
}
