package io.leadgauge.cli;

import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.Mutant;
import io.leadgauge.manifest.Mutant.Part;
import io.leadgauge.manifest.Mutants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tells which parts of models their cases hold in place. Not thread-safe. */
final class MutantReport {
  private static final int BAR = 20;

  /** Narrower terminals have no bars. */
  private static final int BAR_FROM = 80;

  private final Terminal terminal;
  private final List<String> lines = new ArrayList<>();

  MutantReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A part of a model. */
  private record Held(Part part, String name) {
    static Held of(Mutant mutant) {
      return new Held(mutant.part(), mutant.name());
    }
  }

  /** Changes a model part by part, and prints at once what no case would miss. */
  void add(String name, ModelManifest model, Tally tally) {
    Set<Held> parts = new HashSet<>();
    Set<Held> loose = new HashSet<>();
    List<Mutant> mutants = Mutants.of(model);
    int unnoticed = 0;
    for (Mutant mutant : mutants) {
      Held part = Held.of(mutant);
      parts.add(part);
      // Where nobody misses the whole, nobody misses the half.
      if (!mutant.isNoticed(model) && loose.add(part)) {
        unnoticed++;
        if (!model.cases().isEmpty()) {
          print(mutant);
        }
      }
    }
    tally.changes(mutants.size(), unnoticed);
    lines.add(line(name, parts, loose, model.cases().size()));
  }

  private void print(Mutant mutant) {
    String place = mutant.at() + ":";
    String text = "nothing would notice if " + mutant.text();
    int length = place.length() + 1 + text.length();
    boolean fits = terminal.columns().orElse(length) >= length;
    terminal
        .out()
        .println(Style.DOUBTFUL.of(place + (fits ? " " : "\n  ") + text, terminal.colour()));
  }

  private String line(String name, Set<Held> parts, Set<Held> loose, int cases) {
    if (cases == 0) {
      String text = "  %-24s no cases, so nothing would notice any change".formatted(name);
      return Style.DOUBTFUL.of(text, terminal.colour());
    }
    int all = parts.size();
    int held = all - loose.size();
    String bar = terminal.width() < BAR_FROM ? "" : bar(held, all) + "   ";
    return "  %-24s %s%s".formatted(name, bar, text(parts, loose));
  }

  private String bar(int held, int all) {
    // Full only if nothing is missing.
    int full = all == 0 ? BAR : held * BAR / all;
    String rest = Style.FAINT.of("░".repeat(BAR - full), terminal.colour());
    return Style.GOOD.of("█".repeat(full), terminal.colour()) + rest;
  }

  private String text(Set<Held> parts, Set<Held> loose) {
    Predicate<Held> isRule = part -> part.part() == Part.RULE;
    String rules = ofAll(parts, loose, isRule, "rule");
    return parts.stream().allMatch(isRule)
        ? rules
        : rules + ", " + ofAll(parts, loose, isRule.negate(), "other part");
  }

  private String ofAll(Set<Held> parts, Set<Held> loose, Predicate<Held> which, String noun) {
    int all = (int) parts.stream().filter(which).count();
    int held = all - (int) loose.stream().filter(which).count();
    String text = held + " of " + Tally.counted(all, noun);
    return (held == all ? Style.GOOD : Style.DOUBTFUL).of(text, terminal.colour());
  }

  /** Returns a line for each model: how many of its parts are held. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
