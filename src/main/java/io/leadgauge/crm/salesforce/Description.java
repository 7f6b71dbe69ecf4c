package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.rest.Json;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How an object is defined in an org, as far as our user may see it. */
sealed interface Description {
  /**
   * It was told.
   *
   * @param fields by name; copied
   */
  record Told(SortedMap<String, OrgField> fields) implements Description {
    public Told {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
  }

  /** It was not. */
  record Untold(CallTrouble trouble) implements Description {}

  /** Asks how an object is defined. */
  static Description of(SalesforceCalls calls, String object) {
    return switch (calls.describe(object)) {
      case Reply.Answered answered -> told(answered.body(), object);
      case Reply.Invalid invalid -> new Untold(invalid.refusal("describe " + object));
      case Reply.Failed failed -> new Untold(failed.trouble());
    };
  }

  private static Description told(JsonNode body, String object) {
    SortedMap<String, OrgField> fields = new TreeMap<>();
    for (JsonNode node : Json.items(body, "fields")) {
      OrgField field = OrgField.of(node);
      if (field != null) {
        fields.put(field.name(), field);
      }
    }
    return fields.isEmpty()
        ? new Untold(
            new CallTrouble.Unknown("Salesforce's description of " + object + " has no field"))
        : new Told(fields);
  }
}
