package io.leadgauge.replay;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.XMLEvent;

/**
 * An outbound message of Salesforce with its personal data replaced: same elements, same
 * namespaces. What stands in an element is a value of the field that the element names. Comments
 * go.
 */
final class PseudonymousXml {
  private static final XMLEventFactory EVENTS = XMLEventFactory.newDefaultFactory();

  private final Replacement replacement;

  PseudonymousXml(Replacement replacement) {
    this.replacement = replacement;
  }

  /** Returns a body with its personal data replaced; empty if it is no XML that can be read. */
  Optional<byte[]> of(byte[] body) {
    try {
      XMLEventReader reader = input().createXMLEventReader(new ByteArrayInputStream(body));
      StringWriter text = new StringWriter();
      XMLEventWriter writer = XMLOutputFactory.newDefaultFactory().createXMLEventWriter(text);
      String element = "";
      while (reader.hasNext()) {
        XMLEvent event = reader.nextEvent();
        if (event.getEventType() == XMLEvent.DTD || event.isEntityReference()) {
          return Optional.empty();
        }
        if (event.isStartElement()) {
          element = event.asStartElement().getName().getLocalPart();
        }
        Optional<XMLEvent> replaced = replaced(element, event);
        if (replaced.isPresent()) {
          writer.add(replaced.get());
        }
      }
      writer.close();
      return Optional.of(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  private Optional<XMLEvent> replaced(String element, XMLEvent event) {
    if (event.isCharacters()) {
      String value = event.asCharacters().getData();
      return Optional.of(
          value.isBlank() ? event : EVENTS.createCharacters(replacement.of(field(element), value)));
    }
    if (event.isStartDocument()) {
      return Optional.of(EVENTS.createStartDocument("UTF-8", "1.0"));
    }
    boolean isTold = event.isStartElement() || event.isEndElement() || event.isEndDocument();
    return isTold ? Optional.of(event) : Optional.empty();
  }

  /** What a message says of itself is no field of a record. */
  private static String field(String element) {
    return switch (element) {
      case "ActionId", "OrganizationId", "EnterpriseUrl", "PartnerUrl", "fieldsToNull" ->
          "organizationId";
      case "SessionId" -> "secret";
      default -> element;
    };
  }

  private static XMLInputFactory input() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the body is looked at");
        });
    return factory;
  }
}
