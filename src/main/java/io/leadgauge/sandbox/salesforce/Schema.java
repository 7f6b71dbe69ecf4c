package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The objects of an org and their fields: those of a new org to begin with. */
final class Schema {
  private static final String RESOURCE = "/sandbox/salesforce/objects.json";

  private final Map<String, SObject> objects = new LinkedHashMap<>();

  private Schema() {}

  static Schema ofNewOrg() {
    Schema schema = new Schema();
    try (InputStream stream = Schema.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("missing on the class path: " + RESOURCE);
      }
      Json.read(stream).forEach(object -> schema.put(object(object)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return schema;
  }

  Collection<SObject> objects() {
    return objects.values();
  }

  Optional<SObject> find(String name) {
    return Optional.ofNullable(objects.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The object that is known to be there. */
  SObject of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no object " + name));
  }

  private void put(SObject object) {
    objects.put(object.name().toLowerCase(Locale.ROOT), object);
  }

  private static SObject object(JsonNode node) {
    SObject object =
        new SObject(
            node.path("name").asText(),
            node.path("label").asText(),
            node.path("labelPlural").asText(),
            node.path("keyPrefix").asText());
    node.path("fields")
        .forEach(field -> object.put(FieldReader.field(field.path("name").asText(), field)));
    return object;
  }
}
