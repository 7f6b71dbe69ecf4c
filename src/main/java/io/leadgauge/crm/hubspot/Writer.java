package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.EventField.APP_ID;
import static io.leadgauge.crm.hubspot.EventField.CHANGE_SOURCE;
import static io.leadgauge.crm.hubspot.EventField.SOURCE_ID;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.model.Fact;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who set a value, as HubSpot tells it: a source such as {@code CRM_UI} or {@code INTEGRATION}, an
 * open set, and an id in it such as {@code userId:98499705} or the number of an app.
 *
 * @param name both, as text
 */
record Writer(String name) {
  private static final String INTEGRATION = "INTEGRATION";
  private static final int LONGEST = 100;

  /** Returns who an event says it was. */
  static Writer of(WireEvent event) {
    return of(event.get(CHANGE_SOURCE), event.get(SOURCE_ID));
  }

  /** Returns who an entry of a property's history says it was. */
  static Writer of(JsonNode entry) {
    return of(Json.text(entry, "sourceType"), Json.text(entry, "sourceId"));
  }

  private static Writer of(@Nullable String source, @Nullable String id) {
    String both =
        (Objects.requireNonNullElse(source, "") + " " + Objects.requireNonNullElse(id, "")).strip();
    String shown = both.isEmpty() ? "somebody" : PlainText.shown(both);
    return new Writer(shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST));
  }

  /** Tells whether it was the app whose subscription the event comes from: we ourselves. */
  boolean isThisApp(WireEvent event) {
    String app = event.get(APP_ID);
    return app != null
        && INTEGRATION.equals(event.get(CHANGE_SOURCE))
        && app.equals(event.get(SOURCE_ID));
  }

  /** Returns the fact that it was they who set a value. */
  Fact of(Fact.Assigned assigned) {
    Stamp stamp = new Stamp(assigned.stamp().at(), SourceRank.EVENT, name);
    return new Fact.Assigned(assigned.of(), Fact.Assigned.BY + assigned.property(), stamp);
  }
}
