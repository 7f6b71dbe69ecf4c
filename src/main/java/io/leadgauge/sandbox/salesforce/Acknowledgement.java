package io.leadgauge.sandbox.salesforce;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Whether an answer to an outbound message acknowledges it: by that element and no other. */
final class Acknowledgement {
  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String OUTBOUND = "http://soap.sforce.com/2005/09/outbound";
  private static final List<QName> PATH =
      List.of(
          new QName(SOAP, "Envelope"),
          new QName(SOAP, "Body"),
          new QName(OUTBOUND, "notificationsResponse"),
          new QName(OUTBOUND, "Ack"));

  private Acknowledgement() {}

  /** Whether the body says {@code Ack} true where the WSDL has it. */
  static boolean isIn(Buffer body) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      return isTrue(factory.createXMLStreamReader(new ByteArrayInputStream(body.getBytes())));
    } catch (XMLStreamException e) {
      return false;
    }
  }

  private static boolean isTrue(XMLStreamReader reader) throws XMLStreamException {
    Deque<QName> path = new ArrayDeque<>();
    boolean acknowledged = false;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          path.addLast(reader.getName());
          if (List.copyOf(path).equals(PATH)) {
            String text = reader.getElementText().strip();
            path.removeLast();
            acknowledged = text.equals("true") || text.equals("1");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> path.removeLast();
        default -> {}
      }
    }
    return acknowledged;
  }
}
