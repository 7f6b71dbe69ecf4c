package io.leadgauge.scoring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model's meaning as one text: equal meaning gives equal text, and the text gives the hash.
 *
 * <p>Rules of a dimension are sorted by id, dimensions by name, values of a set as they are
 * compared. Where order means something (labels, segments, stages, steps, the wording of a
 * condition) it is kept. A model that asks for a word list has the list's digest in its text, so
 * that a release that knows other words gives it another hash.
 */
final class Canonical {
  /** Changes whenever the same definition, and the same words, come to give other results. */
  private static final String ARITHMETIC = "3";

  private final StringBuilder text = new StringBuilder();

  private final Set<WordList> asked = EnumSet.noneOf(WordList.class);

  private Canonical() {}

  static String hash(ModelDefinition definition) {
    return sha256(text(definition, WordList::digest));
  }

  /** Returns the SHA-256 of a text in UTF-8, in hexadecimal. */
  static String sha256(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns a model's text.
   *
   * @param digests of the words that a list holds
   */
  static String text(ModelDefinition definition, Function<WordList, String> digests) {
    Canonical canonical = new Canonical();
    canonical.model(definition);
    canonical.asked.forEach(list -> canonical.words(list, digests.apply(list)));
    return canonical.text.toString();
  }

  static String text(Condition condition) {
    return new Canonical().condition(condition).text.toString();
  }

  private void model(ModelDefinition model) {
    open("model").word(ARITHMETIC).word(model.name());
    number(model.minTotal()).number(model.maxTotal());
    if (model.audience() != null) {
      open("audience").condition(model.audience()).close();
    }
    all(sorted(model.discounts(), ModelDefinition.Discount::id), this::discount);
    all(sorted(model.dimensions(), ModelDefinition.Dimension::name), this::dimension);
    all(model.disqualifiers(), this::disqualifier);
    all(model.labels(), this::label);
    if (model.grade() != null) {
      scale(model.grade().letters()).scale(model.grade().digits());
    }
    all(model.segments(), this::segment);
    all(model.stages(), this::stage);
    close();
  }

  private void words(WordList list, String digest) {
    open("words").word(list.name()).word(digest).close();
  }

  private void discount(ModelDefinition.Discount discount) {
    open("discount").word(discount.id()).word(discount.activity()).number(discount.kept());
    if (discount.where() != null) {
      condition(discount.where());
    }
    ModelDefinition.After after = discount.after();
    if (after != null) {
      open("after").word(after.activity()).number(after.within()).word(after.same()).close();
    }
    close();
  }

  private void dimension(ModelDefinition.Dimension dimension) {
    open("dimension").word(dimension.name()).number(dimension.min()).number(dimension.max());
    number(dimension.weight());
    all(sorted(dimension.rules(), Rule::id), this::rule);
    close();
  }

  private void rule(Rule rule) {
    switch (rule) {
      case Rule.OnProperty(String id, Condition when, long points, String reason) ->
          open("property").word(id).condition(when).number(points).word(reason).close();
      case Rule.ByRange range -> {
        open("range").word(range.id()).word(range.property()).number(range.missing());
        all(range.bands(), this::band);
        word(range.reason()).close();
      }
      case Rule.ByValue value -> value(value);
      case Rule.OnActivity activity -> activity(activity);
      case Rule.OnSilence(String id, long span, long points, String reason) ->
          open("silence").word(id).number(span).number(points).word(reason).close();
    }
  }

  private void value(Rule.ByValue rule) {
    open("value").word(rule.id()).word(rule.property()).number(rule.other());
    number(rule.missing());
    Map<String, Long> values = new TreeMap<>();
    rule.values().forEach((value, points) -> values.put(Value.fold(value), points));
    values.forEach((value, points) -> word(value).number(points));
    word(rule.reason()).close();
  }

  private void band(Rule.Band band) {
    open("band").number(band.from()).number(band.to()).number(band.points()).close();
  }

  private void activity(Rule.OnActivity rule) {
    open("activity").word(rule.id()).word(rule.activity());
    if (rule.where() != null) {
      condition(rule.where());
    }
    switch (rule.gives()) {
      case Rule.Gives.Each(long points) -> number(points);
      case Rule.Gives.ByCount(List<Rule.Band> bands) -> all(bands, this::band);
    }
    number(rule.within()).number(rule.limit());
    decay(rule.decay());
    Rule.Choice choice = rule.choice();
    word(choice.distinct()).number(choice.atMost() == null ? null : choice.atMost().longValue());
    word(choice.once() ? "once" : "every").word(rule.reason()).close();
  }

  private void decay(Decay decay) {
    switch (decay) {
      case Decay.None none -> word("none");
      case Decay.HalfLife(long span) -> word("halfLife").number(span);
      case Decay.Linear(long span) -> word("linear").number(span);
      case Decay.Steps(List<Decay.Step> steps) -> {
        word("steps");
        all(steps, step -> number(step.age()).number(step.kept()));
      }
    }
  }

  private Canonical condition(Condition condition) {
    switch (condition) {
      case Condition.All all -> group("all", all.conditions(), this::condition);
      case Condition.Any any -> group("any", any.conditions(), this::condition);
      case Condition.Not not -> open("not").condition(not.condition()).close();
      case Condition.In in -> leaf("in", in.name(), folded(in.values()));
      case Condition.Is is -> leaf("is", is.name(), List.of(Boolean.toString(is.value())));
      case Condition.Present present -> leaf("present", present.name(), List.of());
      case Condition.Missing missing -> leaf("missing", missing.name(), List.of());
      case Condition.InRange(String name, Long from, Long to) ->
          open("inRange").word(name).number(from).number(to).close();
      case Condition.Like like ->
          leaf("like", like.name(), like.globs().stream().map(Value::fold).toList());
      case Condition.MailDomain mail -> leaf("domain", mail.name(), folded(mail.domains()));
      case Condition.TitleSeniority title ->
          leaf(
              WordList.SENIORITIES,
              "seniority",
              title.name(),
              title.seniorities().stream().map(Seniority::word).sorted().toList());
      case Condition.Mailbox(String name, Set<MailboxKind> kinds) ->
          leaf(
              WordList.MAILBOXES,
              "mailbox",
              name,
              kinds.stream().map(MailboxKind::word).sorted().toList());
      case Condition.TitleDepartment(String name, Set<Department> departments) ->
          leaf(
              WordList.DEPARTMENTS,
              "department",
              name,
              departments.stream().map(Department::word).sorted().toList());
      case Condition.CountryIn(String name, Set<String> codes) ->
          leaf(WordList.COUNTRIES, "country", name, codes.stream().sorted().toList());
      case Condition.Includes list -> leaf("includes", list.name(), folded(list.values()));
      case Condition.Matches(String name, String regex) -> leaf("matches", name, List.of(regex));
      case Condition.Aged(String name, Long from, Long to) ->
          open("aged").word(name).number(from).number(to).close();
      case Condition.Listed listed -> leaf("listed", listed.list(), List.of());
    }
    return this;
  }

  private void disqualifier(ModelDefinition.Disqualifier disqualifier) {
    open("disqualifier").word(disqualifier.id()).condition(disqualifier.when());
    word(disqualifier.reason()).close();
  }

  private void label(ModelDefinition.Label label) {
    open("label").word(label.name()).number(label.enter()).number(label.leave());
    if (label.gate() != null) {
      points(label.gate());
    }
    close();
  }

  private Canonical scale(ModelDefinition.@Nullable GradeScale scale) {
    open("scale");
    if (scale != null) {
      word(scale.dimension());
      all(scale.steps(), step -> open("step").word(step.name()).number(step.threshold()).close());
    }
    return close();
  }

  private void segment(ModelDefinition.Segment segment) {
    open("segment").word(segment.name()).word(segment.label());
    if (segment.when() != null) {
      points(segment.when());
    }
    close();
  }

  private void stage(ModelDefinition.Stage stage) {
    open("stage").word(stage.name()).number(stage.cooldown());
    points(stage.enter());
    if (stage.leave() != null) {
      points(stage.leave());
    }
    if (stage.dwell() > 0) {
      open("dwell").number(stage.dwell()).close();
    }
    if (stage.recycle() != null) {
      open("recycle").word(stage.recycle().to()).number(stage.recycle().after());
      points(stage.recycle().when());
      close();
    }
    if (stage.handOff() != null) {
      handOff(stage.handOff());
    }
    close();
  }

  private void handOff(ModelDefinition.HandOff handOff) {
    open("handOff").word(handOff.task()).number(handOff.due()).number(handOff.cooldown());
    word(handOff.owner()).word(handOff.fallbackOwner());
    if (handOff.calendar() != null) {
      calendar(handOff.calendar());
    }
    close();
  }

  private void calendar(Calendar calendar) {
    open("calendar").word(calendar.zone().getId());
    calendar
        .hours()
        .forEach(
            (day, spans) -> {
              open("day").word(day.name());
              spans.forEach(span -> number((long) span.from()).number((long) span.to()));
              close();
            });
    calendar.holidays().forEach(day -> word(day.toString()));
    close();
  }

  private void points(PointsCondition condition) {
    switch (condition) {
      case PointsCondition.All all -> group("all", all.conditions(), this::points);
      case PointsCondition.Any any -> group("any", any.conditions(), this::points);
      case PointsCondition.Compare(String dimension, PointsCondition.Comparison how, long points) ->
          open("compare").word(dimension).word(how.sign()).number(points).close();
    }
  }

  private <T> void group(String name, List<T> parts, Consumer<T> write) {
    open(name);
    all(parts, write);
    close();
  }

  private void leaf(WordList list, String kind, String name, Collection<String> values) {
    asked.add(list);
    leaf(kind, name, values);
  }

  private void leaf(String kind, String name, Collection<String> values) {
    open(kind).word(name);
    values.forEach(this::word);
    close();
  }

  private static Set<String> folded(Set<String> values) {
    Set<String> folded = new TreeSet<>();
    values.forEach(value -> folded.add(Value.fold(value)));
    return folded;
  }

  private static <T> List<T> sorted(List<T> items, Function<T, String> name) {
    return items.stream().sorted(Comparator.comparing(name)).toList();
  }

  private static <T> void all(List<T> items, Consumer<T> write) {
    items.forEach(write);
  }

  private Canonical open(String name) {
    text.append('(').append(name);
    return this;
  }

  private Canonical close() {
    text.append(')');
    return this;
  }

  private Canonical number(@Nullable Long number) {
    text.append(' ').append(number == null ? "-" : number.toString());
    return this;
  }

  /** Writes a word so that no word can be taken for two, or for anything else. */
  private Canonical word(@Nullable String word) {
    text.append(' ');
    if (word == null) {
      text.append('-');
    } else {
      text.append(word.length()).append(':').append(word);
    }
    return this;
  }
}
