package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Models and contacts made from a seed. Few names and values, so that rules meet facts; points that
 * are no round numbers, so that rounding shows; thresholds where totals are.
 */
final class Generated {
  private static final List<String> DIMENSIONS = List.of("fit", "engagement", "need");
  private static final List<String> TYPES = List.of("view", "call", "mail");
  private static final List<String> PROPERTIES =
      List.of("title", "size", "email", "consent", "renewal", "topics", "list:vip");
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "title", List.of("VP Sales", "CEO", "Assistant to the CEO", "Engineer"),
          "size", List.of("10", "250", "5000.5", "many"),
          "email", List.of("a@mail.example", "b@firm.example", "nobody"),
          "consent", List.of("true", "false", "perhaps"),
          "renewal",
              List.of("2026-11-05", "2026-10-20T12:00:00Z", "2026-12-01T00:00:00+02:00", "soon"),
          "topics", List.of("crm; mail", "mail", "CRM"),
          "list:vip", List.of("true", "false"));

  /** Near the dates that contacts have, a whole number of days away from them. */
  static final long DATE = Samples.at("2026-11-05T00:00:00Z");

  private final SplittableRandom random;
  private int rules;

  /** Whether all points of activities are positive and nothing gives points for silence. */
  private boolean onlyFalling;

  Generated(long seed) {
    random = new SplittableRandom(seed);
  }

  Generated onlyFalling() {
    onlyFalling = true;
    return this;
  }

  /** A contact to be scored: where it stands, and when. */
  record Case(
      ModelDefinition definition,
      ScoringModel model,
      Subject subject,
      Decision previous,
      StageInCrm crm,
      long now) {
    Evaluation evaluate() {
      return evaluate(previous, now);
    }

    Evaluation evaluate(Decision before, long at) {
      return model.evaluate(subject, before, crm, at);
    }
  }

  Case next() {
    ModelDefinition definition = definition();
    StageInCrm crm = place(chance(90) ? Map.of("lead", 0, "mql", 1, "sql", 2) : Map.of());
    long now = Samples.NOW + random.nextLong(3 * Samples.DAY);
    ScoringModel model = ScoringModel.of(definition);
    return new Case(definition, model, subject(), previous(model), crm, now);
  }

  /** A decision that an earlier life of another contact led to. */
  private Decision previous(ScoringModel model) {
    Decision decision = Decision.NONE;
    for (int i = random.nextInt(4); i > 0; i--) {
      long at = Samples.NOW - i * Samples.DAY * random.nextInt(1, 10);
      StageInCrm crm = place(Map.of("lead", 0, "mql", 1, "sql", 2));
      decision = model.evaluate(subject(), decision, crm, at).decision();
    }
    return decision;
  }

  ModelDefinition definition() {
    List<ModelDefinition.Dimension> dimensions = new ArrayList<>();
    for (String name : DIMENSIONS.subList(0, random.nextInt(1, 4))) {
      List<Rule> own = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        own.add(rule("r" + rules++));
      }
      Long min = chance(40) ? -random.nextLong(20) * FixedPoint.ONE : null;
      long weight = chance(60) ? FixedPoint.ONE : random.nextLong(3 * FixedPoint.ONE);
      Long max = chance(60) ? random.nextLong(60) * FixedPoint.ONE : null;
      dimensions.add(new ModelDefinition.Dimension(name, min, max, weight, own));
    }
    long hot = random.nextLong(15, 60);
    long warm = random.nextLong(5, hot);
    return new ModelDefinition(
        "generated",
        chance(20) ? new Condition.Not(condition()) : null,
        chance(40) ? discounts() : List.of(),
        dimensions,
        chance(80) ? 0 : Samples.points(-20),
        Samples.points(100),
        chance(20)
            ? List.of(new ModelDefinition.Disqualifier("d", condition(), "does not fit"))
            : List.of(),
        List.of(
            new ModelDefinition.Label(
                "hot", Samples.points(hot), Samples.points(hot - 5), chance(30) ? points() : null),
            new ModelDefinition.Label(
                "warm",
                Samples.points(warm),
                Samples.points(warm - 5),
                chance(30) ? points() : null),
            new ModelDefinition.Label("cold", 0, 0, null)),
        chance(50) ? grid() : null,
        List.of(
            new ModelDefinition.Segment("s1", "warm", points()),
            new ModelDefinition.Segment("s2", null, points()),
            new ModelDefinition.Segment("s3", "cold", null)),
        List.of(stage("mql"), stage("sql")));
  }

  private ModelDefinition.Stage stage(String name) {
    return new ModelDefinition.Stage(
        name,
        points(),
        chance(50) ? points() : null,
        random.nextLong(20) * Samples.DAY,
        chance(40) ? random.nextLong(10) * Samples.DAY : 0,
        chance(50)
            ? new ModelDefinition.Recycle("lead", points(), random.nextLong(10) * Samples.DAY)
            : null,
        chance(50)
            ? new ModelDefinition.HandOff(
                "Call", Samples.HOUR, null, "contact-owner", null, random.nextLong(9) * Samples.DAY)
            : null);
  }

  private ModelDefinition.GradeGrid grid() {
    ModelDefinition.GradeScale scale =
        new ModelDefinition.GradeScale(
            DIMENSIONS.getFirst(),
            List.of(
                new ModelDefinition.GradeStep("A", Samples.points(random.nextLong(10, 40))),
                new ModelDefinition.GradeStep("B", Samples.points(random.nextLong(10))),
                new ModelDefinition.GradeStep("C", 0)));
    return new ModelDefinition.GradeGrid(scale, chance(50) ? scale : null);
  }

  private PointsCondition points() {
    return switch (random.nextInt(6)) {
      case 0 -> new PointsCondition.All(List.of(points(), points()));
      case 1 -> new PointsCondition.Any(List.of(points(), points()));
      default ->
          new PointsCondition.Compare(
              chance(50) ? null : DIMENSIONS.getFirst(),
              pick(List.of(PointsCondition.Comparison.values())),
              random.nextLong(60 * FixedPoint.ONE));
    };
  }

  private Rule rule(String id) {
    return switch (random.nextInt(9)) {
      case 0 -> new Rule.OnProperty(id, timeless(), points(-30, 30), null);
      case 1 ->
          new Rule.ByRange(
              id,
              "size",
              List.of(
                  new Rule.Band(null, Samples.points(50), points(-5, 20)),
                  new Rule.Band(Samples.points(50), Samples.points(500), points(-5, 20)),
                  new Rule.Band(Samples.points(1000), null, points(-5, 20))),
              points(-5, 5),
              null);
      case 3 ->
          new Rule.ByValue(
              id,
              "title",
              new LinkedHashMap<>(Map.of("ceo", points(-5, 20), "Engineer", points(-5, 20))),
              points(-5, 5),
              points(-5, 5),
              null);
      case 2 ->
          new Rule.OnSilence(
              id,
              random.nextLong(1, 60 * Samples.DAY),
              onlyFalling ? points(-20, 0) : points(-20, 20),
              null);
      default -> onActivity(id);
    };
  }

  /** A condition that time cannot make true, where points may only fall. */
  private Condition timeless() {
    return onlyFalling ? new Condition.In("title", Set.of("vp sales", "ceo")) : condition();
  }

  private Rule onActivity(String id) {
    if (!onlyFalling && chance(25)) {
      return activityRule(id, new Rule.Gives.ByCount(bands()), null);
    }
    long points = onlyFalling || chance(60) ? points(0, 20) : points(-20, 0);
    // Whole points and a common half-life, so that rules give and take for the same activities.
    points -= chance(50) ? points % FixedPoint.ONE : 0;
    long limit = random.nextLong(1, 40) * FixedPoint.ONE;
    return activityRule(
        id,
        new Rule.Gives.Each(points),
        chance(30) ? Long.valueOf(points < 0 ? -limit : limit) : null);
  }

  private Rule activityRule(String id, Rule.Gives gives, @Nullable Long limit) {
    return new Rule.OnActivity(
        id,
        pick(TYPES),
        chance(40) ? condition() : null,
        gives,
        chance(40) ? random.nextLong(1, 40 * Samples.DAY) : null,
        decay(),
        limit,
        new Rule.Choice(
            chance(20) ? "title" : null,
            chance(30) ? Integer.valueOf(random.nextInt(1, 4)) : null,
            chance(10)),
        null);
  }

  private List<Rule.Band> bands() {
    return List.of(
        new Rule.Band(Samples.points(1), Samples.points(2), points(-10, 10)),
        new Rule.Band(Samples.points(2), Samples.points(4), points(-10, 20)),
        new Rule.Band(Samples.points(5), null, points(-10, 20)));
  }

  private Decay decay() {
    return switch (random.nextInt(7)) {
      case 0 -> new Decay.None();
      case 1 -> new Decay.Linear(random.nextLong(1, 60 * Samples.DAY));
      case 2 -> Decay.Steps.expiry(random.nextLong(1, 60 * Samples.DAY));
      case 3 -> {
        long first = random.nextLong(1, 20 * Samples.DAY);
        yield new Decay.Steps(
            List.of(
                new Decay.Step(first, random.nextLong(500_000, 1_000_000)),
                new Decay.Step(first + random.nextLong(1, 20 * Samples.DAY), 250_000)));
      }
      case 4 -> new Decay.HalfLife(random.nextLong(1, 30 * Samples.DAY));
      default -> new Decay.HalfLife(10 * Samples.DAY);
    };
  }

  private List<ModelDefinition.Discount> discounts() {
    return List.of(
        new ModelDefinition.Discount(
            "x1", pick(TYPES), condition(), null, random.nextLong(1_000_000)),
        new ModelDefinition.Discount(
            "x2",
            pick(TYPES),
            null,
            new ModelDefinition.After(
                pick(TYPES), random.nextLong(1, 2 * Samples.DAY), chance(50) ? "title" : null),
            chance(50) ? 0 : 300_000));
  }

  private long points(int least, int most) {
    return random.nextLong(least * FixedPoint.ONE, most * FixedPoint.ONE + 1);
  }

  private Condition condition() {
    return switch (random.nextInt(15)) {
      case 0 -> new Condition.All(List.of(condition(), condition()));
      case 1 -> new Condition.Any(List.of(condition(), condition()));
      case 2 -> new Condition.Not(condition());
      case 3 -> new Condition.In("title", Set.of("vp sales", "ceo"));
      case 4 -> new Condition.Is("consent", chance(50));
      case 5 -> new Condition.Present(pick(PROPERTIES));
      case 6 -> new Condition.Missing(pick(PROPERTIES));
      case 7 -> new Condition.InRange("size", Samples.points(random.nextLong(300)), null);
      case 8 -> new Condition.Like("email", List.of("*@mail.*", "b@*"));
      case 11 -> new Condition.Includes("topics", Set.of("crm"));
      case 12 -> new Condition.Matches("title", "^(vp|ceo)\\b");
      case 13 ->
          onlyFalling
              ? new Condition.Listed("vip")
              : new Condition.Aged(
                  "renewal",
                  chance(50) ? random.nextLong(-20, 20) * Samples.DAY : null,
                  chance(50) ? random.nextLong(20, 40) * Samples.DAY : null);
      case 14 -> new Condition.Listed("vip");
      case 9 -> new Condition.MailDomain("email", Set.of("mail.example"));
      default -> new Condition.TitleSeniority("title", Set.of(Seniority.C_LEVEL, Seniority.VP));
    };
  }

  /** Returns bounds of a total that is the same everywhere and of every dimension. */
  Bounds bounds(int dimensions) {
    long[] least = new long[dimensions + 1];
    long[] most = new long[dimensions + 1];
    least[Bounds.TOTAL] = Samples.points(random.nextLong(101));
    most[Bounds.TOTAL] = least[Bounds.TOTAL];
    for (int slot = 1; slot <= dimensions; slot++) {
      least[slot] = points(-5, 50);
      most[slot] = least[slot] + points(0, 20);
    }
    return new Bounds(least, most);
  }

  /** Returns exact points within bounds, often on one of them. */
  Bounds within(Bounds bounds, int dimensions) {
    long[] exact = new long[dimensions + 1];
    for (int slot = 0; slot <= dimensions; slot++) {
      long least = bounds.least(slot);
      long most = bounds.most(slot);
      exact[slot] = chance(40) ? pick(List.of(least, most)) : instant(least, most);
    }
    return new Bounds(exact, exact);
  }

  /** Returns any decision, also one that no life leads to. */
  Decision decision(long now) {
    List<Decision.StageMark> marks = new ArrayList<>();
    for (String stage : List.of("mql", "sql")) {
      long holdsSince = chance(30) ? now - random.nextLong(10 * Samples.DAY) : 0;
      long vetoedAt = chance(50) ? now - random.nextLong(20 * Samples.DAY) : 0;
      marks.add(
          new Decision.StageMark(
              stage,
              chance(50),
              0,
              chance(50),
              vetoedAt,
              vetoedAt > 0 && chance(50),
              holdsSince,
              holdsSince > 0 && chance(50),
              chance(30) ? recycling(now) : null,
              chance(30) ? new Decision.HandOff(chance(50), now - Samples.DAY, now) : null));
    }
    return new Decision(pick(List.of("hot", "warm", "cold")), 0, marks);
  }

  private Decision.Recycling recycling(long now) {
    return new Decision.Recycling("lead", now - random.nextLong(10 * Samples.DAY), chance(40));
  }

  StageInCrm crm() {
    return place(chance(80) ? Map.of("lead", 0, "mql", 1, "sql", 2) : Map.of("mql", 1));
  }

  private StageInCrm place(Map<String, Integer> positions) {
    return new StageInCrm(random.nextInt(-1, 4), positions, chance(60), chance(10));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  Subject subject() {
    List<Activity> activities = new ArrayList<>();
    for (int i = random.nextInt(25); i > 0; i--) {
      activities.add(activity());
    }
    long knownSince = Samples.NOW - random.nextLong(100 * Samples.DAY);
    return new Subject(values(), activities, knownSince);
  }

  private Activity activity() {
    long age = random.nextLong(-2 * Samples.DAY, 60 * Samples.DAY);
    long at = chance(30) ? Samples.NOW - age / Samples.DAY * Samples.DAY : Samples.NOW - age;
    return Activity.of(pick(TYPES), at, values());
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    for (String name : PROPERTIES) {
      String value = value(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  private @Nullable String value(String name) {
    return chance(60) ? pick(VALUES.getOrDefault(name, List.of(""))) : null;
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** Returns the same items in another order. */
  <T> List<T> shuffled(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(random.nextInt(i + 1), shuffled.get(i)));
    }
    return shuffled;
  }

  /** Returns an instant in a span, both ends inclusive. */
  long instant(long first, long last) {
    return last - first <= 0 ? first : first + random.nextLong(last - first);
  }
}
