package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Deploys a package into a stand-in org, as an administrator would with the Salesforce CLI: from
 * its files, and from nothing else.
 */
final class PackageDeployment {
  private static final Pattern FIELD =
      Pattern.compile(".*/objects/(\\w+)/fields/(\\w+)\\.field-meta\\.xml");
  private static final Pattern FLOW = Pattern.compile(".*/flows/(\\w+)\\.flow");
  private static final Pattern CHANGED = Pattern.compile("ISCHANGED\\(\\{!\\$Record\\.(\\w+)}\\)");

  private final SandboxControl control;
  private final SortedMap<String, String> files;

  PackageDeployment(SandboxControl control, SalesforcePackage made) {
    this.control = control;
    this.files = made.files();
  }

  /** Makes the fields, as far as the permission set lets our user see them; returns how many. */
  int fields() {
    Map<String, String> seen = permissions();
    int made = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      Matcher path = FIELD.matcher(file.getKey());
      if (path.matches()) {
        ObjectNode definition = definition(parsed(file.getValue()));
        for (String object : objects(path.group(1))) {
          String name = object + "/" + path.group(2);
          definition.put("ours", seen.getOrDefault(name.replace('/', '.'), "hidden"));
          control.post("/_sandbox/fields/" + name, definition);
        }
        made++;
      }
    }
    return made;
  }

  /** The fields of activities are those of tasks and of events. */
  private static List<String> objects(String object) {
    return object.equals("Activity") ? List.of("Task", "Event") : List.of(object);
  }

  private static ObjectNode definition(Element field) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.put("label", text(field, "label"));
    String type = text(field, "type");
    switch (type) {
      case "Number" ->
          definition
              .put("type", "double")
              .put("precision", number(field, "precision"))
              .put("scale", number(field, "scale"));
      case "Text" ->
          definition
              .put("type", "string")
              .put("length", number(field, "length"))
              .put("external", text(field, "externalId").equals("true"));
      case "LongTextArea" ->
          definition.put("type", "textarea").put("length", number(field, "length"));
      case "Picklist" -> {
        definition.put("type", "picklist");
        definition.put("restricted", text(field, "restricted").equals("true"));
        ArrayNode values = definition.putArray("values");
        for (Element value : all(field, "value")) {
          values.add(text(value, "fullName"));
        }
      }
      default -> throw new IllegalStateException("the package makes no field of type " + type);
    }
    return definition;
  }

  /** Returns what our user may do with each field: {@code edit} or {@code read}. */
  private Map<String, String> permissions() {
    Map<String, String> seen = new TreeMap<>();
    files.forEach(
        (name, text) -> {
          if (name.endsWith(".permissionset-meta.xml")) {
            for (Element one : all(parsed(text), "fieldPermissions")) {
              boolean edits = text(one, "editable").equals("true");
              seen.put(text(one, "field"), edits ? "edit" : "read");
            }
          }
        });
    return seen;
  }

  /** Makes the messages and the flows that send them; returns how many flows. */
  int messages() {
    Map<String, Element> messages = new TreeMap<>();
    files.forEach(
        (name, text) -> {
          if (name.endsWith(".workflow")) {
            Element message = all(parsed(text), "outboundMessages").getFirst();
            messages.put(text(message, "fullName"), message);
          }
        });
    int made = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      Matcher path = FLOW.matcher(file.getKey());
      if (path.matches()) {
        Element flow = parsed(file.getValue());
        String sent = text(flow, "actionName");
        Element message = messages.get(sent.substring(sent.indexOf('.') + 1));
        if (message == null) {
          throw new IllegalStateException(file.getKey() + " sends no message of the package");
        }
        control.post("/_sandbox/subscriptions/" + path.group(1), subscription(flow, message));
        made++;
      }
    }
    return made;
  }

  private static ObjectNode subscription(Element flow, Element message) {
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    made.put("kind", "message");
    made.put("object", text(flow, "object"));
    made.put("on", text(flow, "recordTriggerType").toLowerCase(Locale.ROOT));
    made.put("url", text(message, "endpointUrl"));
    ArrayNode fields = made.putArray("fields");
    for (Element field : all(message, "fields")) {
      if (!field.getTextContent().equals("Id")) {
        fields.add(field.getTextContent());
      }
    }
    List<Element> formula = all(flow, "filterFormula");
    if (!formula.isEmpty()) {
      ArrayNode watched = made.putArray("watched");
      Matcher changed = CHANGED.matcher(formula.getFirst().getTextContent());
      while (changed.find()) {
        watched.add(changed.group(1));
      }
    }
    return made;
  }

  // XML

  private static Element parsed(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("the package holds what is no XML: " + e.getMessage(), e);
    }
  }

  private static List<Element> all(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static String text(Element parent, String name) {
    List<Element> elements = all(parent, name);
    return elements.isEmpty() ? "" : elements.getFirst().getTextContent();
  }

  private static int number(Element parent, String name) {
    return Integer.parseInt(text(parent, name));
  }
}
