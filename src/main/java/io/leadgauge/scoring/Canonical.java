package io.leadgauge.scoring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model's meaning as one text: equal meaning gives equal text, and the text gives the hash.
 *
 * <p>Rules of a dimension are sorted by id, dimensions by name, values of a set as they are
 * compared. Where order means something (labels, segments, stages, steps, the wording of a
 * condition) it is kept.
 */
final class Canonical {
  /** Changes whenever the same definition comes to give other results. */
  private static final String ARITHMETIC = "1";

  private final StringBuilder text = new StringBuilder();

  private Canonical() {}

  static String hash(ModelDefinition definition) {
    byte[] bytes = text(definition).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String text(ModelDefinition definition) {
    Canonical canonical = new Canonical();
    canonical.model(definition);
    return canonical.text.toString();
  }

  private void model(ModelDefinition model) {
    open("model").word(ARITHMETIC).word(model.name());
    number(model.minTotal()).number(model.maxTotal());
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

  private void dimension(ModelDefinition.Dimension dimension) {
    open("dimension").word(dimension.name()).number(dimension.min()).number(dimension.max());
    all(sorted(dimension.rules(), Rule::id), this::rule);
    close();
  }

  private void rule(Rule rule) {
    switch (rule) {
      case Rule.OnProperty(String id, Condition when, long points) ->
          open("property").word(id).condition(when).number(points).close();
      case Rule.ByRange(String id, String property, List<Rule.Band> bands, long missing) -> {
        open("range").word(id).word(property).number(missing);
        all(bands, this::band);
        close();
      }
      case Rule.OnActivity activity -> activity(activity);
      case Rule.OnSilence(String id, long span, long points) ->
          open("silence").word(id).number(span).number(points).close();
    }
  }

  private void band(Rule.Band band) {
    open("band").number(band.from()).number(band.to()).number(band.points()).close();
  }

  private void activity(Rule.OnActivity rule) {
    open("activity").word(rule.id()).word(rule.activity());
    if (rule.where() != null) {
      condition(rule.where());
    }
    number(rule.points()).number(rule.within()).number(rule.limit());
    switch (rule.decay()) {
      case Decay.None none -> word("none");
      case Decay.HalfLife(long span) -> word("halfLife").number(span);
    }
    word(rule.distinct());
    number(rule.atMost() == null ? null : rule.atMost().longValue());
    close();
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
              "seniority",
              title.name(),
              title.seniorities().stream().map(Seniority::word).sorted().toList());
    }
    return this;
  }

  private void disqualifier(ModelDefinition.Disqualifier disqualifier) {
    open("disqualifier").word(disqualifier.id()).condition(disqualifier.when());
    word(disqualifier.reason()).close();
  }

  private void label(ModelDefinition.Label label) {
    open("label").word(label.name()).number(label.enter()).number(label.leave()).close();
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
