package io.leadgauge.fuzz;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.events.SourcesAdapter;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.crm.salesforce.SalesforceAdapter;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A delivery is read or quarantined, by words of bounded length, and read the same once more. Who
 * is erased goes, with nobody else: what told of others alone is told as before, and doing it again
 * changes nothing.
 */
@SuppressWarnings("ImmutableEnumChecker") // what reads a delivery keeps nothing of it
enum DeliveryLaw {
  HUBSPOT("plain", "/webhooks/plain"),
  WORKFLOW("plain", "/webhooks/plain/priced"),
  SOURCE("plain", "/webhooks/website"),
  SALESFORCE("org", "/webhooks/org/***");

  /** The longest words of a reason or a note. */
  private static final int LONGEST_WORDS = 2_000;

  /** Made before the laws are, whose adapters ask for it. */
  private static final class Shared {
    private static final Vertx VERTX = Vertx.vertx();
  }

  /** Whom the seeds tell of, by ids and names that stand nowhere else in them. */
  private static final String HUBSPOT_ID = "770077";

  private static final String LEAD_ID = "00Q5f000005bwLFEAY";
  private static final String ADDRESS = "gone@person.example";
  private static final String VISITOR = "v-770077";

  private final Connection connection;
  private final String path;
  private final CrmAdapter adapter;
  private final Erased erased;
  private final List<String> names;

  DeliveryLaw(String name, String path) {
    this.connection = ManifestLaw.connection(name);
    this.path = path;
    ConnectionId id = connection.id();
    boolean isOrg = name.equals("org");
    FixedClock clock = new FixedClock();
    this.adapter =
        new SourcesAdapter(
            isOrg
                ? new SalesforceAdapter(Shared.VERTX, clock)
                : new HubSpotAdapter(Shared.VERTX, clock));
    RecordRef person =
        isOrg ? new RecordRef(id, "lead", LEAD_ID) : RecordRef.contact(id, HUBSPOT_ID);
    this.names = List.of(isOrg ? LEAD_ID.substring(0, 15) : HUBSPOT_ID, ADDRESS, VISITOR);
    Set<RecordRef> gone =
        Set.of(person, RecordRef.emailAddress(id, ADDRESS), RecordRef.visitor(id, VISITOR));
    this.erased = new Erased(gone::contains, Set.of(ADDRESS));
  }

  void check(byte[] body) {
    Delivery delivery =
        new Delivery(connection.id(), SignatureLaw.NOW, "POST", path, List.of(), body);
    Decoded decoded = adapter.decode(connection, delivery);
    Laws.hold(decoded.equals(adapter.decode(connection, delivery)), "read otherwise");
    switch (decoded) {
      case Decoded.Undecodable none -> words(none.reason());
      case Decoded.Events some -> some.events().forEach(DeliveryLaw::noted);
    }
    Redacted redacted = adapter.without(delivery, erased);
    switch (redacted) {
      case Redacted.Untouched same -> {}
      case Redacted.Less less -> less(decoded, less.delivery());
      case Redacted.Nothing nothing -> again(nothing.delivery());
    }
  }

  private static void noted(CrmEvent event) {
    String note = event.note();
    if (note != null) {
      words(note);
    }
  }

  private static void words(String text) {
    Laws.hold(!text.isBlank() && text.length() <= LONGEST_WORDS, "no words, or too many");
  }

  private void less(Decoded before, Delivery rest) {
    again(rest);
    if (!(before instanceof Decoded.Events all)) {
      return;
    }
    if (!(adapter.decode(connection, rest) instanceof Decoded.Events left)) {
      throw new AssertionError("what is left cannot be read");
    }
    List<CrmEvent> kept = new ArrayList<>(left.events());
    for (CrmEvent event : all.events()) {
      boolean isOfOthers =
          event.record() != null
              && !event.facts().isEmpty()
              && names.stream().noneMatch(event.toString()::contains);
      if (isOfOthers) {
        Laws.hold(remove(kept, event), "what told of somebody else is gone");
      }
    }
  }

  private static boolean remove(List<CrmEvent> kept, CrmEvent event) {
    for (CrmEvent one : kept) {
      if (one.facts().equals(event.facts()) && Objects.equals(one.record(), event.record())) {
        return kept.remove(one);
      }
    }
    return false;
  }

  private void again(Delivery rest) {
    switch (adapter.without(rest, erased)) {
      case Redacted.Untouched same -> {}
      case Redacted.Less less ->
          Laws.hold(Arrays.equals(less.delivery().body(), rest.body()), "erased in two steps");
      case Redacted.Nothing nothing ->
          Laws.hold(Arrays.equals(nothing.delivery().body(), rest.body()), "erased in two steps");
    }
  }
}
