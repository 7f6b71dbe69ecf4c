package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.http.AdminReads;
import io.leadgauge.http.JsonRequest.NoSuchThing;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Appraisal;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ContactView;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.ScoreJson;
import io.leadgauge.pipeline.WriteBackJson;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptDelivery;
import io.leadgauge.store.StoreReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the admin port shows of the store. A contact is scored anew, at the instant of asking. */
final class StoreViews {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final int MOST_HAND_OFFS = 20;

  private final Pipeline pipeline;
  private final StoreReader reader;
  private final Clockwork clock;

  StoreViews(Pipeline pipeline, StoreReader reader, Clockwork clock) {
    this.pipeline = pipeline;
    this.reader = reader;
    this.clock = clock;
  }

  AdminReads reads() {
    return new AdminReads(this::contact, this::deliveries, this::delivery);
  }

  private Optional<JsonNode> contact(RecordRef ref, @Nullable String model) {
    return pipeline.scopes().find(ref.connection()).flatMap(scope -> contact(scope, ref, model));
  }

  private Optional<JsonNode> contact(ConnectionScope scope, RecordRef ref, @Nullable String model) {
    List<ModelAtWork> asked =
        scope.models().stream().filter(one -> model == null || one.name().equals(model)).toList();
    if (asked.isEmpty()) {
      throw new NoSuchThing(
          "model '"
              + model
              + "': expected "
              + String.join(" or ", scope.connection().modelNames()));
    }
    Optional<RecordState> state = pipeline.states().current(ref);
    if (state.isEmpty() || !Appraisal.isPossible(scope, state.get())) {
      throw new NoSuchThing(ref.type() + " '" + ref.id() + "': " + whyUnscored(state));
    }
    return Optional.of(shown(scope, state.get(), asked));
  }

  private static String whyUnscored(Optional<RecordState> state) {
    if (state.isEmpty()) {
      return "nobody has told of it, and no backfill has read it";
    }
    return state.get().facts().isGone()
        ? "it was deleted, merged into another, or is a lead that lives on as its contact"
        : "it is not read yet, or is nobody who is scored";
  }

  private ObjectNode shown(ConnectionScope scope, RecordState state, List<ModelAtWork> asked) {
    ContactView view = ContactView.of(scope, state, pipeline.states());
    ObjectNode json = scores(asked, Appraisal.of(scope, view));
    json.set("writeBack", writeBack(scope, state));
    if (state.cut() > 0) {
      json.set("cut", cut(view));
    }
    return json;
  }

  /** Says what is not looked at: rules that look further back see no more than this. */
  private static ObjectNode cut(ContactView view) {
    ObjectNode json = NODES.objectNode().put("facts", view.contact().cut());
    ObjectNode activities = json.putObject("activities");
    RecordFacts facts = view.contact().facts();
    for (String type : new TreeSet<>(facts.activityTypes())) {
      List<Activity> kept = facts.activities(type);
      if (kept.size() >= RecordFacts.MOST_ACTIVITIES) {
        activities.put(type, Instant.ofEpochMilli(kept.getFirst().at()).toString());
      }
    }
    return json;
  }

  private ObjectNode writeBack(ConnectionScope scope, RecordState state) {
    return WriteBackJson.of(
        scope,
        state,
        pipeline.scopes().refused(scope.id()).values(),
        reader.unwritten().intentsOf(state.ref(), MOST_HAND_OFFS),
        clock.now());
  }

  /** Returns the score by one model as it is, those by several in a list. */
  private ObjectNode scores(List<ModelAtWork> models, Appraisal appraisal) {
    long now = clock.now();
    if (models.size() == 1) {
      return score(models.getFirst(), appraisal, now);
    }
    ObjectNode json = NODES.objectNode();
    ArrayNode scores = json.putArray("scores");
    models.forEach(model -> scores.add(score(model, appraisal, now)));
    return json;
  }

  private static ObjectNode score(ModelAtWork model, Appraisal appraisal, long now) {
    Evaluation evaluation = appraisal.evaluate(model, now);
    return ScoreJson.of(
        model.name(),
        model.hash(),
        evaluation,
        appraisal.outlook(model, evaluation.decision(), now));
  }

  private JsonNode deliveries(@Nullable ConnectionId connection, int limit, long before) {
    ObjectNode json = NODES.objectNode();
    ArrayNode list = json.putArray("deliveries");
    reader
        .keptDeliveries()
        .before(DeliveryFilter.all(connection), before, limit)
        .forEach(line -> list.add(line(line)));
    return json;
  }

  private Optional<JsonNode> delivery(long sequence) {
    return reader.keptDeliveries().find(sequence).map(this::explained);
  }

  private JsonNode explained(KeptDelivery kept) {
    ObjectNode json = kept(kept);
    ArrayNode notes = json.putArray("notes");
    if (kept.line().noted() > 0 && kept.hasBody()) {
      pipeline.notes(kept.delivery()).forEach(notes::add);
    }
    return json;
  }

  /** Returns a delivery as JSON, its body as text. */
  static ObjectNode kept(KeptDelivery kept) {
    ObjectNode json = line(kept.line());
    json.put("method", kept.delivery().method());
    json.put("path", kept.delivery().path());
    ArrayNode headers = json.putArray("headers");
    for (Delivery.Header header : kept.delivery().headers()) {
      headers.addObject().put("name", header.name()).put("value", header.value());
    }
    json.put("bodyKept", kept.hasBody());
    json.put("body", new String(kept.delivery().body(), StandardCharsets.UTF_8));
    return json;
  }

  private static ObjectNode line(JournalLine line) {
    ObjectNode json = NODES.objectNode();
    json.put("sequence", line.sequence());
    json.put("connection", line.connection());
    json.put("receivedAt", Instant.ofEpochMilli(line.receivedAt()).toString());
    json.put("outcome", line.quarantined() == null ? "applied" : "quarantined");
    json.put("reason", line.quarantined());
    json.put("bytes", line.bytes());
    json.put("events", line.events());
    json.put("noted", line.noted());
    return json;
  }
}
