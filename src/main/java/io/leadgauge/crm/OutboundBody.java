package io.leadgauge.crm;

import java.nio.charset.StandardCharsets;

/**
 * The body of a Salesforce outbound message, as far as it matters to whoever keeps and answers it.
 * Its XML is not parsed here, so that what holds of a sound body holds of a broken one.
 */
public final class OutboundBody {
  /** The type of the answer. */
  public static final String CONTENT_TYPE = "text/xml; charset=utf-8";

  /**
   * The answer to a message that is kept, the notifications in it all together. Anything else, an
   * empty answer with status 200 as well, has the message sent again.
   *
   * @see <a
   *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_wsdl.htm">the
   *     WSDL of outbound messages, read November 2026</a>
   */
  public static final String ACKNOWLEDGEMENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">\
      <soapenv:Body>\
      <notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">\
      <Ack>true</Ack>\
      </notificationsResponse>\
      </soapenv:Body>\
      </soapenv:Envelope>
      """;

  private static final String SESSION = "SessionId";
  private static final byte MASK = '*';

  private final byte[] body;
  private int at;

  private OutboundBody(byte[] body) {
    this.body = body;
  }

  /** Tells whether a body is XML: whether {@code <} comes first, after a byte order mark. */
  public static boolean isXml(byte[] body) {
    for (byte one : body) {
      boolean isMark = one < 0 || one == 0;
      if (!isMark && !isSpace(one)) {
        return one == '<';
      }
    }
    return false;
  }

  /**
   * Returns a body without the id of a session, which is as good as a password: every character of
   * it is {@code *}. Salesforce has sent none since February 2026, but whoever keeps bodies must
   * not rely on that. The same array where there is none.
   *
   * <p>Zeros, which stand between the letters where the text is not in UTF-8, hide nothing.
   */
  public static byte[] withoutSession(byte[] body) {
    return isXml(body) ? new OutboundBody(body.clone()).masked(body) : body;
  }

  private byte[] masked(byte[] original) {
    boolean found = false;
    while (at < body.length) {
      if (body[at] == '<' && isSession(at + 1)) {
        found |= maskValue();
      } else {
        at++;
      }
    }
    return found ? body : original;
  }

  /** Masks what stands in an element, from its start tag on; false if nothing does. */
  private boolean maskValue() {
    boolean isEmpty = passTag();
    boolean found = false;
    while (!isEmpty && at < body.length && !isEnd(at)) {
      if (body[at] != 0) {
        body[at] = MASK;
        found = true;
      }
      at++;
    }
    return found;
  }

  /** Goes behind a start tag; tells whether it is an end tag as well. */
  private boolean passTag() {
    byte quote = 0;
    byte last = 0;
    while (at < body.length && (quote != 0 || body[at] != '>')) {
      byte one = body[at++];
      if (quote != 0) {
        quote = one == quote ? 0 : quote;
      } else if (one == '"' || one == '\'') {
        quote = one;
      }
      last = one == 0 ? last : one;
    }
    at++;
    return last == '/';
  }

  private boolean isEnd(int place) {
    int next = skipZeros(place + 1);
    return body[place] == '<' && next < body.length && body[next] == '/' && isSession(next + 1);
  }

  /** Tells whether a name stands here, perhaps with a prefix, that is the session's. */
  private boolean isSession(int from) {
    StringBuilder name = new StringBuilder();
    for (int i = from; i < body.length && name.length() <= SESSION.length(); i++) {
      byte one = body[i];
      if (one == '>' || one == '/' || one == '<' || isSpace(one)) {
        break;
      }
      if (one == ':') {
        name.setLength(0);
      } else if (one != 0) {
        name.append((char) (one & 0xFF));
      }
    }
    return SESSION.contentEquals(name);
  }

  private int skipZeros(int from) {
    int next = from;
    while (next < body.length && body[next] == 0) {
      next++;
    }
    return next;
  }

  private static boolean isSpace(byte one) {
    return one == ' ' || one == '\t' || one == '\r' || one == '\n';
  }

  /** Returns the answer as bytes. */
  public static byte[] acknowledgement() {
    return ACKNOWLEDGEMENT.getBytes(StandardCharsets.UTF_8);
  }
}
