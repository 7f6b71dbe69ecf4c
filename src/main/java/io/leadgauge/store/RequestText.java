package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a request said, as one text: its headers on the first line, as JSON, and its body to the
 * byte. Headers are longer than most bodies, and are packed and taken away with them.
 */
final class RequestText {
  private RequestText() {}

  static Packed pack(Delivery delivery) {
    return packing(delivery.body()).pack(text(delivery));
  }

  /** A dictionary that does not fit costs a little space, nothing else. */
  private static Packing packing(byte[] body) {
    for (byte one : body) {
      if (one > ' ') {
        return one == '<' ? Packing.SOAP : Packing.JSON;
      }
    }
    return Packing.JSON;
  }

  static byte[] text(Delivery delivery) {
    byte[] headers = (JsonText.headers(delivery.headers()) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOf(headers, headers.length + delivery.body().length);
    System.arraycopy(delivery.body(), 0, text, headers.length, delivery.body().length);
    return text;
  }

  /**
   * Returns the delivery that a text is of.
   *
   * @param head its method and path
   * @param text empty where it was taken away: then so are headers and body
   */
  static Delivery delivery(ConnectionId connection, long receivedAt, String head, byte[] text) {
    int end = 0;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    String headers = new String(text, 0, end, StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOfRange(text, Math.min(end + 1, text.length), text.length);
    return JsonText.delivery(connection, receivedAt, head, headers, body);
  }
}
