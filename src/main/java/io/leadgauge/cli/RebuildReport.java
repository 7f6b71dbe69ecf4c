package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.replay.Difference;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.replay.Redecoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a rebuild has come to, for people and for programs. */
final class RebuildReport {
  private RebuildReport() {}

  static List<String> lines(Rebuilt rebuilt) {
    List<String> lines = new ArrayList<>();
    boolean isAny = rebuilt.from() <= rebuilt.to();
    lines.add(
        !isAny
            ? "No entry has come since the snapshot of those up to %s."
                .formatted(number(rebuilt.to()))
            : "Entries %s to %s told again: %s and %s"
                .formatted(
                    number(rebuilt.from()),
                    number(rebuilt.to()),
                    count(rebuilt.deliveries(), "delivery", "deliveries"),
                    count(rebuilt.observations(), "answer of the CRM", "answers of the CRM")));
    if (rebuilt.from() > 1 && isAny) {
      lines.add(
          "Entries before %s are told by the snapshot; decisions among them are not taken again."
              .formatted(number(rebuilt.from())));
    }
    lines.add(
        "Compared: %s with %s, and %s"
            .formatted(
                count(rebuilt.records(), "record", "records"),
                count(rebuilt.facts(), "fact", "facts"),
                count(rebuilt.decisions(), "decision", "decisions")));
    if (rebuilt.lost() > 0) {
      lines.add(
          count(rebuilt.lost(), "decision or first sight", "decisions or first sights")
              + " cannot be told again: persons were erased since who had to do with it.");
    }
    if (rebuilt.ofOtherRelease() > 0) {
      lines.add(
          count(rebuilt.ofOtherRelease(), "decision was", "decisions were")
              + " not taken again: this release reads the model otherwise than the one that took"
              + " them.");
    }
    if (rebuilt.beingErased() > 0) {
      lines.add(
          count(rebuilt.beingErased(), "record is", "records are")
              + " being erased and left out; rebuild again when that is done.");
    }
    rebuilt.first().ifPresentOrElse(first -> tell(rebuilt, first, lines), () -> equal(lines));
    return lines;
  }

  private static void equal(List<String> lines) {
    lines.add("The store is what its journal says.");
  }

  private static void tell(Rebuilt rebuilt, Difference first, List<String> lines) {
    lines.add("The store is not what its journal says. First difference:");
    lines.add("  " + subject(first));
    lines.add("    journal: " + (first.journal() == null ? "nothing" : first.journal()));
    lines.add("    store:   " + (first.store() == null ? "nothing" : first.store()));
    lines.add("    " + cause(rebuilt, first));
    if (rebuilt.differences() > 1) {
      lines.add(
          "and " + count(rebuilt.differences() - 1, "further difference", "further differences"));
    }
  }

  private static String subject(Difference difference) {
    return switch (difference.kind()) {
      case FACT, FIRST_SIGHT -> difference.record() + ": " + difference.what();
      case DECISION -> difference.record() + ": decision by the model " + difference.what();
      case STANDING -> difference.record() + ": where it stands by the model " + difference.what();
      case VERSION ->
          difference.record() == null
              ? "connection " + difference.what() + ": version"
              : difference.record() + ": version of the decision by the model " + difference.what();
    };
  }

  private static String cause(Rebuilt rebuilt, Difference first) {
    String entry = "entry " + first.entry();
    return switch (first.kind()) {
      case FACT -> {
        if (first.entry() > 0) {
          yield entry + " brought it; see leadgauge deliveries show " + first.entry();
        }
        boolean untold = first.journal() == null;
        yield untold ? "no entry from " + rebuilt.from() + " on tells it" : "told before";
      }
      case FIRST_SIGHT -> first.entry() > 0 ? entry + " told of it first" : "told before";
      case DECISION -> entry + " holds the decision; taken again it comes out otherwise";
      case STANDING -> "the last decision in the journal is another one";
      case VERSION -> "at " + entry;
    };
  }

  static ObjectNode json(Rebuilt rebuilt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("equal", rebuilt.isEqual());
    json.put("from", rebuilt.from()).put("to", rebuilt.to());
    json.put("deliveries", rebuilt.deliveries()).put("observations", rebuilt.observations());
    json.put("records", rebuilt.records()).put("facts", rebuilt.facts());
    json.put("decisions", rebuilt.decisions());
    json.put("lost", rebuilt.lost()).put("ofOtherRelease", rebuilt.ofOtherRelease());
    json.put("beingErased", rebuilt.beingErased());
    json.put("differences", rebuilt.differences());
    json.set("first", rebuilt.first().map(RebuildReport::json).orElse(null));
    return json;
  }

  private static ObjectNode json(Difference first) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", first.kind().word());
    json.put("record", first.record() == null ? null : first.record().toString());
    json.put("what", first.what()).put("journal", first.journal()).put("store", first.store());
    return first.entry() == 0 ? json.putNull("entry") : json.put("entry", first.entry());
  }

  static List<String> lines(Redecoded redecoded) {
    List<String> lines = new ArrayList<>();
    lines.add(
        count(redecoded.deliveries(), "delivery", "deliveries")
            + (redecoded.from() <= redecoded.to()
                ? " of entries %s to %s".formatted(number(redecoded.from()), number(redecoded.to()))
                : "")
            + " read as today");
    if (redecoded.bodiless() > 0) {
      lines.add(
          count(redecoded.bodiless(), "delivery", "deliveries")
              + " not: the snapshot has taken their place, or they had nothing in them.");
    }
    lines.add(
        redecoded.otherwise() == 0
            ? "All of them tell what they told when they came."
            : count(redecoded.otherwise(), "delivery tells", "deliveries tell")
                + " something else now; "
                + number(redecoded.unreadable())
                + " of them cannot be read any more.");
    for (Redecoded.Example example : redecoded.examples()) {
      lines.add("  " + example.entry() + " of " + example.connection());
      example.gone().forEach(fact -> lines.add("    - " + fact));
      example.added().forEach(fact -> lines.add("    + " + fact));
    }
    if (redecoded.readable() > 0) {
      lines.add(
          count(redecoded.readable(), "delivery that is", "deliveries that are")
              + " quarantined could be read now; see leadgauge deliveries retry.");
    }
    lines.add(
        redecoded.facts() == 0
            ? "No fact in the store would differ."
            : "%s of %s in the store would differ."
                .formatted(
                    count(redecoded.facts(), "fact", "facts"),
                    count(redecoded.records(), "record", "records")));
    return lines;
  }

  static ObjectNode json(Redecoded redecoded) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", redecoded.from()).put("to", redecoded.to());
    json.put("deliveries", redecoded.deliveries()).put("bodiless", redecoded.bodiless());
    json.put("otherwise", redecoded.otherwise()).put("unreadable", redecoded.unreadable());
    json.put("readable", redecoded.readable());
    json.put("records", redecoded.records()).put("facts", redecoded.facts());
    ArrayNode examples = json.putArray("examples");
    for (Redecoded.Example example : redecoded.examples()) {
      ObjectNode one =
          examples
              .addObject()
              .put("entry", example.entry())
              .put("connection", example.connection());
      ArrayNode gone = one.putArray("gone");
      example.gone().forEach(gone::add);
      ArrayNode added = one.putArray("added");
      example.added().forEach(added::add);
    }
    return json;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String count(long count, String one, String several) {
    return number(count) + " " + (count == 1 ? one : several);
  }
}
