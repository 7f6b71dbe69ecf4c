package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What became of one record that was to be saved. */
sealed interface Saved {

  /** It is saved. */
  record Done(String id, boolean created) implements Saved {}

  /** It stays as it was. */
  record Failed(SaveError error) implements Saved {}

  /** The result as lists of them hold it: one that failed does not say which record it was. */
  default ObjectNode json() {
    ObjectNode node = Json.object();
    switch (this) {
      case Done(String id, boolean created) -> {
        node.put("id", id);
        node.put("success", true);
        node.putArray("errors");
      }
      case Failed(SaveError error) -> {
        node.put("success", false);
        ObjectNode told = node.putArray("errors").addObject();
        told.put("statusCode", error.code());
        told.put("message", error.message());
        told.set("fields", Json.array(error.fields()));
      }
    }
    return node;
  }
}
