package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of an address by their names in a compound field ({@code city}, {@code postalCode}),
 * empty ones too, with the fields that they come from.
 */
record Address(Row row, Map<String, Field> parts) {

  /** The address that a compound field shows; none where all parts are empty. */
  static Optional<Address> of(Row row, Field compound) {
    String prefix = compound.name().substring(0, compound.name().length() - "Address".length());
    Map<String, Field> parts = new TreeMap<>();
    boolean any = false;
    for (Field field : row.object().fields()) {
      if (field.compound().filter(compound.name()::equals).isPresent()) {
        String part = field.name().substring(prefix.length());
        parts.put(part.substring(0, 1).toLowerCase(Locale.ROOT) + part.substring(1), field);
        any |= row.value(field.name()).isPresent();
      }
    }
    return any ? Optional.of(new Address(row, parts)) : Optional.empty();
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    parts.forEach(
        (name, field) -> {
          Optional<String> value = row.value(field.name());
          if (value.isPresent()) {
            field.type().write(node, name, value.get());
          } else {
            node.putNull(name);
          }
        });
    return node;
  }
}
