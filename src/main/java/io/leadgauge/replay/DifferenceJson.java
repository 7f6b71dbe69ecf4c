package io.leadgauge.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.manifest.Millionths;
import io.leadgauge.scoring.ScoringModel;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A difference for programs; points are exact decimal numbers. */
public final class DifferenceJson {
  private final ModelDifference difference;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private DifferenceJson(ModelDifference difference) {
    this.difference = difference;
  }

  /** Returns all of a difference. */
  public static ObjectNode of(ModelDifference difference) {
    return new DifferenceJson(difference).json();
  }

  private ObjectNode json() {
    Terms terms = difference.terms();
    json.put("connection", terms.scope().id().name());
    json.put("since", instant(terms.since())).put("until", instant(terms.until()));
    model(Side.OLD, terms.old().name(), terms.old().model());
    model(Side.NEW, terms.other().name(), terms.other());
    changes();
    json.put("contacts", difference.contacts());
    ObjectNode scored = json.putObject("scored");
    for (Side side : Side.values()) {
      scored.put(side.word(), difference.scored(side));
    }
    for (Kind kind : Kind.values()) {
      flows(kind);
    }
    json.set("scores", parts(difference.parts()));
    handOvers();
    notes();
    return json;
  }

  private static String instant(long at) {
    return Instant.ofEpochMilli(at).toString();
  }

  private void model(Side side, String name, ScoringModel model) {
    json.putObject(side.word()).put("model", name).put("hash", model.hash());
  }

  private void changes() {
    ArrayNode changes = json.putArray("manifest");
    for (ManifestChange change : difference.changes()) {
      ObjectNode one =
          changes
              .addObject()
              .put("way", change.way().word())
              .put("what", change.what())
              .put("name", change.name());
      ArrayNode aspects = one.putArray("aspects");
      change
          .aspects()
          .forEach(
              aspect ->
                  aspects
                      .addObject()
                      .put("name", aspect.name())
                      .put("before", orNull(aspect.before()))
                      .put("after", orNull(aspect.after())));
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void flows(Kind kind) {
    ObjectNode ofKind = json.putObject(kind.word() + "s");
    ArrayNode all = ofKind.putArray("each");
    difference
        .flows(kind)
        .forEach(
            (name, flow) -> {
              ObjectNode one = all.addObject().put("name", name);
              for (Side side : Side.values()) {
                one.putObject(side.word())
                    .put("entered", flow.entered(side))
                    .put("left", flow.left(side))
                    .put("atTheEnd", flow.held(side));
              }
              one.set("gained", parts(flow.gained()));
              one.set("lost", parts(flow.lost()));
            });
    ArrayNode moves = ofKind.putArray("moves");
    difference
        .moves(kind)
        .forEach(
            (move, count) ->
                moves
                    .addObject()
                    .put("from", orNull(move.from()))
                    .put("to", orNull(move.to()))
                    .put("contacts", count));
  }

  private static ObjectNode parts(Parts parts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("contacts", parts.contacts());
    json.put("old", Millionths.decimal(parts.before()));
    json.put("new", Millionths.decimal(parts.after()));
    json.put("difference", Millionths.decimal(parts.difference()));
    ArrayNode all = json.putArray("parts");
    for (Parts.Part part : parts.differing()) {
      all.addObject()
          .put("rule", part.rule())
          .put("dimension", orNull(part.dimension()))
          .put("old", Millionths.decimal(part.before()))
          .put("new", Millionths.decimal(part.after()))
          .put("difference", Millionths.decimal(part.difference()));
    }
    return json;
  }

  private void handOvers() {
    HandOverDays old = difference.handOvers(Side.OLD);
    HandOverDays other = difference.handOvers(Side.NEW);
    ObjectNode handOffs = json.putObject("handOffs");
    handOffs.put("zone", other.days().zone().getId());
    handOffs.put("workingDays", other.days().working());
    Long capacity = difference.terms().capacity();
    handOffs.put("capacity", capacity);
    load(handOffs.putObject(Side.OLD.word()), old, capacity);
    load(handOffs.putObject(Side.NEW.word()), other, capacity);
    Threshold threshold = difference.threshold();
    if (threshold != null) {
      ObjectNode least = handOffs.putObject("threshold");
      least.put("metAsItIs", threshold.isMet()).put("total", threshold.total());
      if (threshold.total() != null && threshold.days() != null) {
        load(least.putObject("then"), threshold.days(), capacity);
      }
    }
    SortedSet<LocalDate> days = new TreeSet<>(old.counts().keySet());
    days.addAll(other.counts().keySet());
    ArrayNode all = handOffs.putArray("days");
    for (LocalDate day : days) {
      all.addObject()
          .put("day", day.toString())
          .put(Side.OLD.word(), old.on(day))
          .put(Side.NEW.word(), other.on(day));
    }
  }

  private static void load(ObjectNode json, HandOverDays days, @Nullable Long capacity) {
    LocalDate worst = days.worst();
    json.put("total", days.total());
    json.put("perWorkingDay", Millionths.decimal(days.perWorkingDay() * Millionths.ONE / 100));
    json.put("worstDay", worst == null ? null : worst.toString());
    json.put("onWorstDay", worst == null ? 0 : days.on(worst));
    json.put("daysAbove", capacity == null ? null : days.daysAbove(capacity));
  }

  private void notes() {
    ArrayNode unknown = json.putArray("unknown");
    difference.unknown().forEach(unknown::add);
    ArrayNode strange = json.putArray("stagesWithoutMeaning");
    difference.strangeStages().forEach(strange::add);
    json.put("movesStages", difference.terms().old().use().stages() != null);
  }
}
