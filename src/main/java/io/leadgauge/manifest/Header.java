package io.leadgauge.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every manifest begins with.
 *
 * @param name the manifest's name
 * @param spec what it says
 */
record Header(String name, Node spec) {
  private static final String API_VERSION = "leadgauge/v1";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * Reads the head of a manifest.
   *
   * @param kind the kind that belongs in such a file
   * @param expected the name that belongs there: that of the folder, or of the file
   * @return null if the manifest cannot be read on, and a problem says why
   */
  static @Nullable Header read(Node root, String kind, String expected, Values values) {
    Fields fields = Fields.of(root, values, "apiVersion", "kind", "metadata", "spec");
    if (fields == null) {
      return null;
    }
    // What the file is called tells kind and name, so the reading goes on where they are wrong.
    fields.required("apiVersion", only(API_VERSION, values));
    fields.required("kind", only(kind, values));
    Fields metadata = fields.required("metadata", node -> metadata(node, values));
    if (metadata != null) {
      metadata.optional("description", values::text);
      metadata.required("name", node -> name(node, expected, values));
    }
    Node spec = fields.required("spec", node -> node);
    return spec == null ? null : new Header(expected, spec);
  }

  private static Reader<String> only(String word, Values values) {
    return values.word(text -> Optional.of(text).filter(word::equals), List.of(word));
  }

  private static @Nullable Fields metadata(Node node, Values values) {
    return Fields.of(node, values, "name", "description");
  }

  private static @Nullable String name(Node node, String expected, Values values) {
    String name = values.anyText(node);
    if (name == null || name.equals(expected)) {
      return name;
    }
    if (!NAME.matcher(name).matches()) {
      return values.refuse(
          node, "a name of 1 to 63 lower-case letters, digits and hyphens, here " + expected);
    }
    return values.refuse(node, expected + ": a manifest is named like its file or folder");
  }

  /** Tells whether a folder or file may name a manifest. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
