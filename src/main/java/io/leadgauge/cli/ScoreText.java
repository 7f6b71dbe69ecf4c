package io.leadgauge.cli;

import io.leadgauge.manifest.Millionths;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.SampleContact;
import io.leadgauge.model.Contribution;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.Outlook;
import io.leadgauge.scoring.Score;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A result as a page for people: the answer first, then every line that leads to it. */
final class ScoreText {
  private static final String INDENT = "  ";
  private static final int BAR = 20;

  private final ModelManifest manifest;
  private final SampleContact contact;
  private final Evaluation evaluation;
  private final Outlook outlook;
  private final Score score;
  private final int width;
  private final boolean colour;
  private final Column points;
  private final int ruleWidth;
  private final StringBuilder page = new StringBuilder();

  ScoreText(
      ModelManifest manifest,
      SampleContact contact,
      Evaluation evaluation,
      Outlook outlook,
      int width,
      boolean colour) {
    this.manifest = manifest;
    this.contact = contact;
    this.evaluation = evaluation;
    this.outlook = outlook;
    this.score = evaluation.score();
    this.width = width;
    this.colour = colour;
    this.points = Column.of(score);
    this.ruleWidth =
        score.contributions().stream().mapToInt(line -> line.rule().length()).max().orElse(0);
  }

  /** Returns the page, without a line break at its end. */
  String text() {
    head();
    if (score.scored()) {
      for (Dimension dimension : manifest.definition().dimensions()) {
        dimension(dimension);
      }
      total();
    }
    foot();
    return page.toString().replaceAll(" +\n", "\n").stripTrailing();
  }

  // The answer

  private void head() {
    String name = manifest.model().name() + " " + manifest.model().hash().substring(0, 8);
    page.append(Style.FAINT.of(name + " at " + Instant.ofEpochMilli(score.at()), colour));
    page.append("\n\n").append(INDENT);
    String answer =
        score.scored() ? Tally.counted((int) score.total(), "point") : "not scored by this model";
    page.append(Style.STRONG.of(answer, colour));
    answer("", evaluation.decision().label());
    answer("grade ", score.grade());
    answer("stage ", evaluation.decision().stage());
    answer("segment ", evaluation.segment());
    page.append('\n');
    for (String reason : score.disqualified()) {
      page.append(INDENT).append(Style.BAD.of("disqualified: " + reason, colour)).append('\n');
    }
  }

  private void answer(String what, @Nullable String value) {
    if (value != null) {
      page.append("  ·  ").append(what).append(Style.STRONG.of(value, colour));
    }
  }

  // The ledger

  private void dimension(Dimension dimension) {
    long sum = score.dimensions().getOrDefault(dimension.name(), 0L);
    Long max = dimension.max();
    page.append('\n').append(INDENT).append(Style.STRONG.of(dimension.name(), colour));
    page.append("  ").append(Millionths.text(sum));
    if (max != null && max > 0) {
      page.append(" of ").append(Millionths.text(max)).append("  ").append(bar(sum, max));
    }
    page.append('\n');
    for (Contribution line : score.contributions()) {
      if (line.dimension().equals(dimension.name())) {
        line(line);
      }
    }
  }

  private String bar(long sum, long max) {
    int full = Math.clamp(Math.ceilDiv(sum * BAR, max), 0, BAR);
    return Style.GOOD.of("█".repeat(full), colour) + Style.FAINT.of("░".repeat(BAR - full), colour);
  }

  private void total() {
    page.append('\n').append(INDENT).append(Style.STRONG.of("total", colour)).append('\n');
    for (Dimension dimension : manifest.definition().dimensions()) {
      long sum = score.dimensions().getOrDefault(dimension.name(), 0L);
      line(new Contribution(dimension.name(), "", weighted(dimension, sum), sumOf(dimension)));
    }
    score.contributions().stream().filter(line -> line.dimension().isEmpty()).forEach(this::line);
    String rule = "─".repeat(points.width());
    page.append(INDENT).append(INDENT).append(rule).append('\n');
    String shown = points.text(score.total() * Millionths.ONE, false);
    page.append(INDENT).append(INDENT).append(Style.STRONG.of(shown, colour)).append('\n');
  }

  private long weighted(Dimension dimension, long sum) {
    return sum
        + score.contributions().stream()
            .filter(line -> line.rule().equals("_weight:" + dimension.name()))
            .mapToLong(Contribution::points)
            .sum();
  }

  private static String sumOf(Dimension dimension) {
    return dimension.weight() == Millionths.ONE
        ? "Sum of the lines above"
        : "Sum of the lines above, weight included";
  }

  private void line(Contribution line) {
    String number = points.text(line.points(), true);
    Style style = line.points() < 0 ? Style.BAD : Style.GOOD;
    String rule = pad(line.rule(), ruleColumn());
    int indent = 2 * INDENT.length() + points.width() + 2 + rule.length() + 2;
    page.append(INDENT).append(INDENT).append(style.of(number, colour)).append("  ");
    page.append(rule).append("  ");
    page.append(String.join("\n" + " ".repeat(indent), Wrapping.of(line.reason(), width - indent)));
    page.append('\n');
  }

  private int ruleColumn() {
    int longestDimension =
        manifest.definition().dimensions().stream()
            .mapToInt(dimension -> dimension.name().length())
            .max()
            .orElse(0);
    return Math.max(ruleWidth, longestDimension);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  // What comes next

  private void foot() {
    page.append('\n');
    Evaluation.NextLabel next = evaluation.next();
    if (next != null) {
      note("next label", next.label() + missing(next));
      outlook
          .ways()
          .forEach(way -> note("", "by " + way.rule() + ", +" + Millionths.text(way.points())));
    }
    if (outlook.labelUntil() != Long.MAX_VALUE && outlook.labelUntil() != 0) {
      String until = Instant.ofEpochMilli(outlook.labelUntil()).toString();
      note("label until", until + " if nothing happens");
    }
    Evaluation.HandOff handOff = evaluation.handOff();
    if (handOff != null) {
      note("hand-off", handOff.task());
      note("", "due " + Instant.ofEpochMilli(handOff.dueAt()) + ", owner " + owner(handOff));
    }
    note("valid until", validUntil());
    if (!score.unreadable().isEmpty()) {
      note("unreadable", String.join(", ", score.unreadable()));
    }
    Set<String> unused = new TreeSet<>(contact.properties().keySet());
    unused.removeAll(manifest.model().properties());
    if (!unused.isEmpty()) {
      note("not read", String.join(", ", unused));
    }
  }

  private static String missing(Evaluation.NextLabel next) {
    String points = next.points() == 0 ? "" : ", " + next.points() + " more";
    return next.gate() == null ? points : points + ", and " + next.gate().text();
  }

  private static String owner(Evaluation.HandOff handOff) {
    String fallback = handOff.fallbackOwner();
    return fallback == null ? handOff.owner() : handOff.owner() + " or else " + fallback;
  }

  private String validUntil() {
    if (evaluation.validUntil() == Long.MAX_VALUE) {
      return "something happens: time alone changes nothing";
    }
    return evaluation.validUntil() == 0
        ? "unknown, look again at " + Instant.ofEpochMilli(evaluation.recheckAt())
        : Instant.ofEpochMilli(evaluation.validUntil()) + ", when time alone changes something";
  }

  private void note(String what, String text) {
    page.append(INDENT).append(Style.FAINT.of(pad(what, 13), colour)).append(text).append('\n');
  }

  /**
   * A column of numbers with their points below each other.
   *
   * @param whole how wide sign and whole part are
   * @param fraction how wide point and fraction are
   */
  private record Column(int whole, int fraction) {
    static Column of(Score score) {
      int whole = Long.toString(score.total()).length() + 1;
      int fraction = 0;
      List<Long> all = new ArrayList<>(score.dimensions().values());
      score.contributions().forEach(line -> all.add(line.points()));
      for (long points : all) {
        String text = Millionths.text(Math.abs(points));
        int point = text.indexOf('.');
        whole = Math.max(whole, 1 + (point < 0 ? text.length() : point));
        fraction = Math.max(fraction, point < 0 ? 0 : text.length() - point);
      }
      return new Column(whole, fraction);
    }

    int width() {
      return whole + fraction;
    }

    String text(long points, boolean signed) {
      String sign = points < 0 ? "-" : signed && points > 0 ? "+" : "";
      String text = sign + Millionths.text(Math.abs(points));
      int point = text.indexOf('.');
      int before = whole - (point < 0 ? text.length() : point);
      return pad(" ".repeat(Math.max(0, before)) + text, width());
    }
  }
}
