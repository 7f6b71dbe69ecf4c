package io.leadgauge.crm.salesforce;

import java.util.function.Consumer;

/**
 * A text of Salesforce's metadata. Children stand in the order in which they are put: Salesforce
 * reads them as a sequence, in the order in which it writes them itself.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/">Metadata
 *     API, version 67.0</a>
 */
final class MetadataXml {
  private static final String NAMESPACE = "http://soap.sforce.com/2006/04/metadata";
  private static final String STEP = "    ";

  private final StringBuilder text;
  private final String indent;

  private MetadataXml(StringBuilder text, String indent) {
    this.text = text;
    this.indent = indent;
  }

  /**
   * Returns a whole file.
   *
   * @param root the type of what it describes, such as {@code CustomField}
   */
  static String of(String root, Consumer<MetadataXml> children) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">\n");
    children.accept(new MetadataXml(text, STEP));
    return text.append("</").append(root).append(">\n").toString();
  }

  /** Puts an element that holds text. */
  MetadataXml put(String name, String value) {
    text.append(indent).append('<').append(name).append('>');
    text.append(escaped(value)).append("</").append(name).append(">\n");
    return this;
  }

  /** Puts an element that holds a truth. */
  MetadataXml put(String name, boolean value) {
    return put(name, Boolean.toString(value));
  }

  /** Puts an element that holds a number. */
  MetadataXml put(String name, int value) {
    return put(name, Integer.toString(value));
  }

  /** Puts an element that holds elements. */
  MetadataXml put(String name, Consumer<MetadataXml> children) {
    text.append(indent).append('<').append(name).append(">\n");
    children.accept(new MetadataXml(text, indent + STEP));
    text.append(indent).append("</").append(name).append(">\n");
    return this;
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
