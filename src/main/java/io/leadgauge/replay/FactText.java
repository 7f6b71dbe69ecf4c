package io.leadgauge.replay;

import io.leadgauge.model.Fact;
import io.leadgauge.model.Stamp;
import java.time.Instant;
import java.util.Locale;

/** Facts in words. */
final class FactText {
  private FactText() {}

  /** Returns what a fact is about, whatever it says of it: that in which two may disagree. */
  static String subject(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned -> "property " + assigned.property();
      case Fact.Happened happened -> "activity " + happened.activity().type();
      case Fact.Linked link ->
          "link " + link.kind() + " to " + link.to().type() + "/" + link.to().id();
    };
  }

  /** Returns what a fact says. */
  static String said(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned -> stamp(assigned.stamp());
      case Fact.Happened happened ->
          happened.activity().attributes() + " at " + Instant.ofEpochMilli(fact.at());
      case Fact.Linked link -> stamp(link.stamp());
    };
  }

  private static String stamp(Stamp stamp) {
    return '"'
        + stamp.value()
        + "\" at "
        + Instant.ofEpochMilli(stamp.at())
        + " ("
        + stamp.rank().name().toLowerCase(Locale.ROOT)
        + ")";
  }
}
