package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery on its way out of a store or into one: as it was received, secrets masked. All but the
 * body may be unknown of one that was captured elsewhere.
 *
 * @param connection whom it was for; null if that is not known
 * @param receivedAt when it came; 0 if that is not known
 * @param method the HTTP method
 * @param path the path and query without a secret token; empty if that is not known
 * @param headers the headers, secrets masked; copied
 * @param body the raw bytes; not copied, must not be changed
 */
// Bytes on their way from one place to another; nothing compares them.
@SuppressWarnings("ArrayRecordComponent")
public record CapturedDelivery(
    @Nullable ConnectionId connection,
    long receivedAt,
    String method,
    String path,
    List<Header> headers,
    byte[] body) {
  public CapturedDelivery {
    headers = List.copyOf(headers);
  }

  /** Returns a delivery as it is kept. */
  public static CapturedDelivery of(Delivery kept) {
    return new CapturedDelivery(
        kept.connection(),
        kept.receivedAt(),
        kept.method(),
        kept.path(),
        kept.headers(),
        kept.body());
  }

  /** Returns the value of a header, if it stands there and is no mask. */
  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .filter(value -> !value.equals(MASK))
        .findFirst();
  }

  /** What stands for a secret in what is kept. */
  static final String MASK = "***";
}
