package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.http.JsonRequest;
import io.leadgauge.http.JsonRequest.NoSuchThing;
import io.leadgauge.http.JsonRequest.WrongQuestion;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.Erasures;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.Scopes;
import io.leadgauge.store.ErasureExtent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the admin port tells of persons to erase, and how it is told to erase one. */
final class ErasureRoutes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final Scopes scopes;
  private final Erasures erasures;
  private final Clockwork clock;

  ErasureRoutes(Pipeline pipeline, Clockwork clock) {
    this.scopes = pipeline.scopes();
    this.erasures = pipeline.erasures();
    this.clock = clock;
  }

  List<JsonRoute> routes() {
    return List.of(
        new JsonRoute("/api/erasures", Set.of("wait"), this::progress),
        new JsonRoute("/api/connections/{connection}/persons/{person}", Set.of(), this::found),
        JsonRoute.changing("/api/connections/{connection}/persons/{person}/erase", this::erase));
  }

  private Optional<JsonNode> progress(JsonRequest request) {
    long wait = request.number("wait", 0, 0, LONGEST_WAIT_MILLIS);
    try {
      return Optional.of(shown(erasures.await(clock.now() + wait)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(shown(erasures.progress()));
    }
  }

  private Optional<JsonNode> found(JsonRequest request) {
    return Optional.of(found(erasures, connection(request), request.path("person")));
  }

  /**
   * Returns the contacts that an id, or an e-mail address, means, and how much is kept of each. An
   * address that no contact has is meant itself, if something was told of it.
   */
  static JsonNode found(Erasures erasures, ConnectionId connection, String person) {
    ObjectNode json = NODES.objectNode();
    ArrayNode contacts = json.putArray("contacts");
    Set<RecordRef> meant =
        person.indexOf('@') < 0
            ? Set.of(CrmKind.person(connection, person))
            : meant(erasures, RecordRef.emailAddress(connection, person));
    for (RecordRef ref : meant) {
      contacts.addObject().put("id", ref.id()).setAll(shown(erasures.extent(ref)));
    }
    return json;
  }

  private Optional<JsonNode> erase(JsonRequest request) {
    String id = request.path("person");
    ConnectionId connection = connection(request);
    boolean isAddress = id.indexOf('@') >= 0;
    if (isAddress && !erasures.withAddress(connection, id).isEmpty()) {
      throw new WrongQuestion("person: an address that contacts have, expected the id of one");
    }
    return Optional.of(shown(erasures.erase(person(connection, id)).join()));
  }

  private static Set<RecordRef> meant(Erasures erasures, RecordRef address) {
    Set<RecordRef> contacts = erasures.withAddress(address.connection(), address.id());
    boolean isKnown = contacts.isEmpty() && !erasures.extent(address).records().isEmpty();
    return isKnown ? Set.of(address) : contacts;
  }

  /** Returns whom an id means: a person of the CRM, or who has an address. */
  static RecordRef person(ConnectionId connection, String id) {
    return id.indexOf('@') < 0
        ? CrmKind.person(connection, id)
        : RecordRef.emailAddress(connection, id);
  }

  private ConnectionId connection(JsonRequest request) {
    ConnectionId id = JsonRequest.connection(request.path("connection"));
    if (scopes.find(id).isEmpty() && !erasures.knows(id)) {
      throw new NoSuchThing("connection '" + id + "': it is not served, and nothing of it is kept");
    }
    return id;
  }

  static ObjectNode shown(ErasureExtent extent) {
    ObjectNode json = NODES.objectNode();
    ObjectNode records = json.putObject("records");
    extent.records().forEach(records::put);
    return json.put("facts", extent.facts()).put("entries", extent.entries());
  }

  static ObjectNode shown(Erasures.Progress progress) {
    return NODES
        .objectNode()
        .put("done", progress.isDone())
        .put("pending", progress.pending())
        .put("pagesClean", progress.pagesClean())
        .put("trouble", progress.trouble());
  }
}
