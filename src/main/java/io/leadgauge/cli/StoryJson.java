package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.manifest.Millionths;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import io.leadgauge.replay.AsOf;
import io.leadgauge.replay.Learned;
import io.leadgauge.replay.Life;
import io.leadgauge.replay.Moment;
import io.leadgauge.replay.Movement;
import io.leadgauge.replay.Occasion;
import io.leadgauge.replay.Occasion.Arrival;
import io.leadgauge.replay.Turn;
import io.leadgauge.scoring.Score;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The life of a contact, and how it was seen at an instant, as JSON. */
final class StoryJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StoryJson() {}

  private static String instant(long at) {
    return Instant.ofEpochMilli(at).toString();
  }

  static ObjectNode of(Life life) {
    ObjectNode json = NODES.objectNode();
    json.put("contact", life.contact().toString());
    put(json, "own", life.relations().own());
    put(json, "linked", life.relations().linked());
    put(json, "survivors", life.relations().survivors());
    json.put("leftOut", life.leftOut());
    json.put("emptied", life.emptied());
    ArrayNode refused = json.putArray("refused");
    for (RefusedField field : life.refused()) {
      refused
          .addObject()
          .put("field", field.property())
          .put("reason", field.message())
          .put("since", instant(field.since()));
    }
    ArrayNode moments = json.putArray("moments");
    life.moments().forEach(moment -> moments.add(of(moment)));
    return json;
  }

  private static void put(ObjectNode json, String name, Collection<RecordRef> records) {
    ArrayNode list = json.putArray(name);
    records.forEach(ref -> list.add(StoryWords.name(ref)));
  }

  static ObjectNode of(Moment moment) {
    ObjectNode json = NODES.objectNode();
    if (moment.sequence() > 0) {
      json.put("sequence", moment.sequence());
    }
    json.put("at", instant(moment.at()));
    put(json, moment.occasion());
    ArrayNode learned = json.putArray("facts");
    moment.learned().forEach(one -> learned.add(of(one)));
    ArrayNode movements = json.putArray("scores");
    moment.movements().forEach(movement -> movements.add(of(movement)));
    return json;
  }

  private static void put(ObjectNode json, Occasion occasion) {
    switch (occasion) {
      case Occasion.Delivered delivered -> {
        json.put("kind", "delivery").put("events", delivered.events());
        json.put("noted", delivered.noted()).put("lateByMillis", delivered.lateBy());
        put(json, delivered.arrival());
      }
      case Occasion.Quarantined quarantined ->
          json.put("kind", "quarantined")
              .put("reason", quarantined.reason())
              .put("retriedBy", quarantined.retried());
      case Occasion.Retried retried ->
          json.put("kind", "retried").put("delivery", retried.delivery());
      case Occasion.Read read ->
          json.put("kind", "read").put("cause", read.cause().name().toLowerCase(Locale.ROOT));
      case Occasion.Written written -> {
        json.put("kind", "written").put("record", StoryWords.name(written.record()));
        written.values().forEach(json.putObject("values")::put);
      }
      case Occasion.Refused refused ->
          json.put("kind", "refused")
              .put("record", StoryWords.name(refused.record()))
              .put("reason", refused.reason());
      case Occasion.Decided decided -> {
        json.put("kind", "decision").put("record", StoryWords.name(decided.contact()));
        json.put("model", decided.model()).put("cause", decided.cause());
        ArrayNode turns = json.putArray("changes");
        decided.turns().forEach(turn -> turns.add(of(turn)));
      }
      case Occasion.NewVersion version -> {
        ArrayNode models = json.put("kind", "version").putArray("models");
        version.models().forEach(models::add);
      }
      case Occasion.TimePassed passed ->
          json.put("kind", "time").put("since", instant(passed.since()));
      case Occasion.Earlier earlier ->
          json.put("kind", "earlier").put("entries", earlier.entries());
    }
  }

  private static void put(ObjectNode json, Arrival arrival) {
    switch (arrival) {
      case Arrival.News news -> json.put("arrival", "news");
      case Arrival.Repetition repetition ->
          json.put("arrival", "repetition").put("of", repetition.first());
      case Arrival.Confirmation confirmation -> json.put("arrival", "confirmation");
      case Arrival.Echo echo -> json.put("arrival", "echo").put("of", echo.write());
      case Arrival.Nothing nothing -> json.put("arrival", "nothing");
      case Arrival.Emptied emptied -> json.put("arrival", "emptied");
    }
  }

  private static ObjectNode of(Turn turn) {
    ObjectNode json = NODES.objectNode();
    switch (turn) {
      case Turn.Label label ->
          json.put("change", "label").put("before", label.before()).put("after", label.after());
      case Turn.Entered entered -> json.put("change", "entered").put("stage", entered.stage());
      case Turn.Left left -> json.put("change", "left").put("stage", left.stage());
      case Turn.Reached reached -> json.put("change", "reached").put("stage", reached.stage());
      case Turn.Vetoed veto ->
          json.put("change", "vetoed").put("stage", veto.stage()).put("at", instant(veto.at()));
      case Turn.Waiting waiting ->
          json.put("change", "waiting")
              .put("stage", waiting.stage())
              .put("since", instant(waiting.since()));
      case Turn.WaitedInVain waited ->
          json.put("change", "waitedInVain").put("stage", waited.stage());
      case Turn.GoingBack back ->
          json.put("change", "goingBack")
              .put("stage", back.stage())
              .put("to", back.to())
              .put("proposed", back.proposed());
      case Turn.HandOffOwed owed -> json.put("change", "handOffOwed").put("stage", owed.stage());
      case Turn.HandedOver over -> {
        json.put("change", "handedOver").put("stage", over.stage());
        json.put("dueAt", over.dueAt() == 0 ? null : instant(over.dueAt()));
        json.set("task", of(over.task()));
      }
      case Turn.Inner inner -> json.put("change", "inner").put("stage", inner.stage());
    }
    return json;
  }

  private static @Nullable ObjectNode of(@Nullable Intent task) {
    return task == null
        ? null
        : NODES
            .objectNode()
            .put("key", task.key())
            .put("subject", task.subject())
            .put("state", task.step().state().word())
            .put("id", task.step().task())
            .put("problem", task.step().problem());
  }

  static ObjectNode of(Learned learned) {
    ObjectNode json = of(learned.fact());
    json.put("effect", learned.effect().name().toLowerCase(Locale.ROOT));
    if (learned.fact() instanceof Fact.Assigned) {
      json.put("before", learned.before());
    }
    return json;
  }

  static ObjectNode of(Fact fact) {
    ObjectNode json = NODES.objectNode().put("record", StoryWords.name(fact.of()));
    json.put("at", instant(fact.at()));
    switch (fact) {
      case Fact.Assigned assigned ->
          json.put("property", assigned.property()).put("value", assigned.stamp().value());
      case Fact.Happened happened -> {
        json.put("activity", happened.activity().type());
        happened.activity().attributes().forEach(json.putObject("attributes")::put);
      }
      case Fact.Linked link ->
          json.put("link", link.kind().name().toLowerCase(Locale.ROOT))
              .put("to", StoryWords.name(link.to()))
              .put("holds", Boolean.parseBoolean(link.stamp().value()));
    }
    return json;
  }

  static ObjectNode of(Movement movement) {
    ObjectNode json = NODES.objectNode().put("model", movement.model());
    json.put("modelHash", movement.modelHash());
    json.put("before", total(movement.before())).put("after", total(movement.after()));
    ArrayNode rules = json.putArray("rules");
    movement
        .shifts()
        .forEach(
            shift ->
                rules
                    .addObject()
                    .put("rule", shift.rule())
                    .put("dimension", shift.dimension())
                    .put("before", Millionths.decimal(shift.before()))
                    .put("after", Millionths.decimal(shift.after()))
                    .put("points", Millionths.decimal(shift.points()))
                    .put("reason", shift.reason()));
    return json;
  }

  private static @Nullable Long total(@Nullable Score score) {
    return score == null ? null : Long.valueOf(score.total());
  }

  static ObjectNode of(AsOf asOf) {
    ObjectNode json = NODES.objectNode();
    json.put("contact", asOf.contact().toString());
    json.put("at", instant(asOf.at()));
    json.put("emptied", asOf.emptied());
    json.set("known", of(asOf.known()));
    json.set("happened", of(asOf.happened()));
    ArrayNode late = json.putArray("late");
    asOf.late()
        .forEach(
            one ->
                late.add(
                    of(one.fact())
                        .put("sequence", one.sequence())
                        .put("receivedAt", instant(one.receivedAt()))));
    ArrayNode difference = json.putArray("difference");
    asOf.difference().forEach(movement -> difference.add(of(movement)));
    return json;
  }

  private static ObjectNode of(AsOf.Seen seen) {
    ObjectNode json = NODES.objectNode();
    ArrayNode scores = json.putArray("scores");
    for (AsOf.Standing standing : seen.scores()) {
      ObjectNode one = scores.addObject();
      one.put("model", standing.model()).put("modelHash", standing.modelHash());
      one.put("total", standing.score().scored() ? standing.score().total() : null);
      one.put("grade", standing.score().grade());
      one.put("label", standing.label()).put("stage", standing.stage());
      ArrayNode lines = one.putArray("contributions");
      standing
          .score()
          .contributions()
          .forEach(
              line ->
                  lines
                      .addObject()
                      .put("rule", line.rule())
                      .put("dimension", line.dimension())
                      .put("points", Millionths.decimal(line.points()))
                      .put("reason", line.reason()));
    }
    seen.properties().forEach(json.putObject("properties")::put);
    seen.activities().forEach(json.putObject("activities")::put);
    return json;
  }
}
