package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Records as the REST API shows them. */
final class RowJson {
  private final Org org;
  private final String version;

  /**
   * @param version the segment of the path, such as {@code v67.0}
   */
  RowJson(Org org, String version) {
    this.org = org;
    this.version = version;
  }

  /** A record with what a query selects; a reference that leads nowhere is null. */
  ObjectNode selected(Row row, List<Column> columns) {
    ObjectNode node = withAttributes(row);
    for (Column column : columns) {
      if (column.via().isEmpty()) {
        put(node, row, column.field());
      } else {
        putThere(node, row, column, column.via().get());
      }
    }
    return node;
  }

  /** A record with some fields. */
  ObjectNode with(Row row, List<Field> fields) {
    ObjectNode node = withAttributes(row);
    fields.forEach(field -> put(node, row, field));
    return node;
  }

  private ObjectNode withAttributes(Row row) {
    ObjectNode node = Json.object();
    ObjectNode attributes = node.putObject("attributes");
    attributes.put("type", row.type());
    attributes.put("url", "/services/data/" + version + "/sobjects/" + row.type() + "/" + row.id());
    return node;
  }

  private void putThere(ObjectNode node, Row row, Column column, Field via) {
    String name = via.relationship().orElseThrow();
    Optional<Row> there = org.find(row.valueOrEmpty(via.name()));
    if (there.isEmpty()) {
      node.putNull(name);
      return;
    }
    ObjectNode inner =
        node.get(name) instanceof ObjectNode begun ? begun : withAttributes(there.get());
    node.set(name, inner);
    if (column.kindOnly()) {
      inner.put("Type", there.get().type());
    } else {
      put(inner, there.get(), column.field());
    }
  }

  private static void put(ObjectNode node, Row row, Field field) {
    if (field.type() == FieldType.ADDRESS) {
      node.set(field.name(), Address.of(row, field).map(Address::json).orElse(null));
      return;
    }
    Optional<String> value = row.value(field.name());
    if (value.isPresent()) {
      field.type().write(node, field.name(), value.get());
    } else {
      node.putNull(field.name());
    }
  }
}
