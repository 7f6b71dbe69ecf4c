package io.leadgauge.crm.salesforce;

import static javax.xml.stream.XMLStreamConstants.CDATA;
import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.DTD;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.ENTITY_REFERENCE;
import static javax.xml.stream.XMLStreamConstants.SPACE;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.leadgauge.crm.salesforce.OutboundMessage.Notification;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of an outbound message, element by element. Names are known by the address of their
 * namespace, whatever prefix stands for it.
 *
 * <p>Nothing outside the body is ever looked at: a document type, which no message has, ends the
 * reading, and so does every entity but XML's own five. Depth, notifications, fields and texts have
 * bounds; how long a body may be is the server's matter.
 *
 * <p>What concerns the whole body makes it unreadable; a field that cannot be read spoils only its
 * own notification.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_wsdl.htm">the
 *     WSDL of outbound messages, read November 2026</a>
 */
final class OutboundReader {
  /** The most notifications in a message, by its WSDL. */
  static final int MOST_NOTIFICATIONS = 100;

  /** The most fields of one record; an object has 900 at most. */
  static final int MOST_FIELDS = 1_000;

  /** The longest text of a field, in characters; a long text area holds 131,072. */
  static final int LONGEST_TEXT = 262_144;

  /** How deep a message may nest. A field stands six levels deep; the rest is for unknown ones. */
  static final int DEEPEST = 16;

  static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  static final String OUTBOUND = "http://soap.sforce.com/2005/09/outbound";
  private static final String SOBJECT = "urn:sobject.enterprise.soap.sforce.com";
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private final XMLStreamReader xml;
  private int depth;

  private OutboundReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** One for each body: a factory keeps hold of the last reader that it has made. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the body is looked at");
        });
    return factory;
  }

  /**
   * Reads a body.
   *
   * @throws UnreadableMessageException if the body as a whole cannot be read
   */
  static OutboundMessage read(byte[] body) throws UnreadableMessageException {
    String text;
    try {
      text = XmlText.of(body);
    } catch (CharacterCodingException e) {
      throw new UnreadableMessageException("the body is not text in UTF-8", null);
    }
    XMLStreamReader xml = null;
    try {
      xml = factory().createXMLStreamReader(new StringReader(text));
      return new OutboundReader(xml).message();
    } catch (XMLStreamException e) {
      // The parser's own words may quote the body, and reasons outlive a person's erasure.
      throw new UnreadableMessageException("the body is not well-formed XML", e.getLocation());
    } finally {
      close(xml);
    }
  }

  private static void close(@Nullable XMLStreamReader xml) {
    if (xml != null) {
      try {
        xml.close();
      } catch (XMLStreamException e) {
        throw new IllegalStateException("a reader of text could not be closed", e);
      }
    }
  }

  private OutboundMessage message() throws XMLStreamException, UnreadableMessageException {
    if (!nextChild() || !isNamed(SOAP, "Envelope")) {
      throw unreadable("the body is no SOAP envelope");
    }
    OutboundMessage message = null;
    while (nextChild()) {
      if (isNamed(SOAP, "Body")) {
        while (nextChild()) {
          if (message != null || !isNamed(OUTBOUND, "notifications")) {
            throw unreadable("the Body holds something else than one notifications element");
          }
          message = notifications();
        }
      } else {
        skip();
      }
    }
    if (message == null) {
      throw unreadable("there is no notifications element");
    }
    while (xml.hasNext()) {
      next();
    }
    return message;
  }

  private OutboundMessage notifications() throws XMLStreamException, UnreadableMessageException {
    String organizationId = "";
    List<Notification> notifications = new ArrayList<>();
    while (nextChild()) {
      if (isNamed(OUTBOUND, "OrganizationId")) {
        Text text = text();
        organizationId = text.value() == null ? "" : text.value().strip();
      } else if (isNamed(OUTBOUND, "Notification")) {
        if (notifications.size() == MOST_NOTIFICATIONS) {
          throw unreadable("there are more than " + MOST_NOTIFICATIONS + " notifications");
        }
        notifications.add(notification(notifications.size()));
      } else {
        skip();
      }
    }
    return new OutboundMessage(organizationId, notifications);
  }

  /** One notification on its way: what was found so far. */
  private static final class Draft {
    private String object = "";
    private boolean seen;
    private final SortedMap<String, String> fields = new TreeMap<>();
    private @Nullable String problem;

    /** Notes what is wrong, if nothing was so far. */
    private void spoil(String what) {
      problem = problem == null ? what : problem;
    }

    private void put(String field, String value) {
      if (fields.size() >= MOST_FIELDS) {
        spoil("there are more than " + MOST_FIELDS + " fields");
      } else if (fields.putIfAbsent(field, value) != null) {
        spoil(field + " stands twice");
      }
    }
  }

  private Notification notification(int index)
      throws XMLStreamException, UnreadableMessageException {
    String place = "notification " + index + " at " + place(xml.getLocation());
    Draft draft = new Draft();
    while (nextChild()) {
      if (isNamed(OUTBOUND, "sObject")) {
        record(draft);
      } else {
        skip();
      }
    }
    return new Notification(place, draft.object, draft.fields, draft.problem);
  }

  private void record(Draft draft) throws XMLStreamException, UnreadableMessageException {
    if (draft.seen) {
      draft.spoil("there is a second sObject");
    }
    draft.seen = true;
    draft.object = object(draft);
    while (nextChild()) {
      if (!SOBJECT.equals(xml.getNamespaceURI())) {
        skip();
      } else if (xml.getLocalName().equals("fieldsToNull")) {
        Text name = text();
        if (name.value() != null && !name.value().isBlank()) {
          draft.put(name.value().strip(), "");
        }
      } else {
        field(draft);
      }
    }
  }

  /** Returns the object's name; empty where there is none, as of a record that was deleted. */
  private String object(Draft draft) {
    String type = xml.getAttributeValue(XSI, "type");
    if (type == null) {
      return "";
    }
    int colon = type.indexOf(':');
    String prefix = colon < 0 ? "" : type.substring(0, colon).strip();
    if (!SOBJECT.equals(xml.getNamespaceContext().getNamespaceURI(prefix))) {
      draft.spoil("the type of the sObject is not of the namespace " + SOBJECT);
    }
    return type.substring(colon + 1).strip();
  }

  private void field(Draft draft) throws XMLStreamException, UnreadableMessageException {
    String name = xml.getLocalName();
    boolean nil = isNil();
    Text text = text();
    if (text.tooLong()) {
      draft.spoil(name + " has more than " + LONGEST_TEXT + " characters");
    } else if (text.value() != null) {
      draft.put(name, nil ? "" : text.value());
    }
  }

  private boolean isNil() {
    String nil = xml.getAttributeValue(XSI, "nil");
    return nil != null && (nil.strip().equals("true") || nil.strip().equals("1"));
  }

  /**
   * The text of an element.
   *
   * @param value null if it holds elements and not text
   * @param tooLong whether it was longer than a text may be
   */
  private record Text(@Nullable String value, boolean tooLong) {}

  private Text text() throws XMLStreamException, UnreadableMessageException {
    StringBuilder text = new StringBuilder();
    boolean tooLong = false;
    boolean nested = false;
    for (int event = next(); event != END_ELEMENT; event = next()) {
      if (event == START_ELEMENT) {
        nested = true;
        skip();
      } else if (event == CHARACTERS || event == CDATA || event == SPACE) {
        tooLong |= text.length() + xml.getTextLength() > LONGEST_TEXT;
        if (!tooLong) {
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
      }
    }
    return new Text(nested || tooLong ? null : text.toString(), tooLong);
  }

  /** Goes to the next element inside this one; false at this one's end. */
  private boolean nextChild() throws XMLStreamException, UnreadableMessageException {
    while (xml.hasNext()) {
      int event = next();
      if (event == START_ELEMENT || event == END_ELEMENT) {
        return event == START_ELEMENT;
      }
    }
    return false;
  }

  /** Goes to the end of this element. */
  private void skip() throws XMLStreamException, UnreadableMessageException {
    for (int end = depth - 1; depth > end; ) {
      next();
    }
  }

  private int next() throws XMLStreamException, UnreadableMessageException {
    int event = xml.next();
    if (event == DTD || event == ENTITY_REFERENCE) {
      throw unreadable(
          event == DTD
              ? "there is a document type, which no message has"
              : "there is an entity that is not XML's own");
    }
    depth += event == START_ELEMENT ? 1 : event == END_ELEMENT ? -1 : 0;
    if (depth > DEEPEST) {
      throw unreadable("it nests deeper than " + DEEPEST + " levels");
    }
    return event;
  }

  private boolean isNamed(String namespace, String name) {
    return namespace.equals(xml.getNamespaceURI()) && name.equals(xml.getLocalName());
  }

  private UnreadableMessageException unreadable(String what) {
    return new UnreadableMessageException(what, xml.getLocation());
  }

  private static String place(Location location) {
    return "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
  }

  /** A body as a whole cannot be read; its message says what is wrong, where, what is expected. */
  static final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableMessageException(String what, @Nullable Location where) {
      super(
          what
              + (where == null ? "" : " at " + place(where))
              + "; expected an outbound message of 1 to "
              + MOST_NOTIFICATIONS
              + " notifications",
          null,
          false,
          false);
    }
  }
}
