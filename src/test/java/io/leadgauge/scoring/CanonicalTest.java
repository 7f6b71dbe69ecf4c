package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.atLeast;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.is;
import static io.leadgauge.scoring.Samples.lessThan;
import static io.leadgauge.scoring.Samples.limited;
import static io.leadgauge.scoring.Samples.on;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Recycle;
import io.leadgauge.scoring.Samples.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The hash of a model: the same for the same meaning, another for another. */
final class CanonicalTest {
  private static final Rule A = when("a", is("x", "1"), 5);
  private static final Rule B = when("b", is("x", "2"), 5);

  @Test
  void hash_isLowerCaseSha256() {
    assertThat(Model.of(dimension("fit", A)).compiled().hash()).matches("[0-9a-f]{64}");
  }

  @Test
  void hash_orderOfRulesAndDimensionsAndSets_doesNotMatter() {
    ModelDefinition.Dimension other = dimension("other", on("call", 1).as("call"));
    assertThat(hash(Model.of(dimension("fit", A, B), other)))
        .isEqualTo(hash(Model.of(other, dimension("fit", B, A))));
    assertThat(hash(in("Germany", "austria"))).isEqualTo(hash(in("AUSTRIA ", "germany")));
  }

  @Test
  void hash_anotherMeaning_isAnother() {
    List<Model> models = different();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < models.size(); i++) {
      assertThat(hashes.add(hash(models.get(i)))).as("model %d", i).isTrue();
    }
  }

  static Stream<Arguments> askingForWords() {
    return Stream.of(
        Arguments.of(
            new Condition.TitleSeniority("x", Set.of(Seniority.VP)), Set.of(WordList.SENIORITIES)),
        Arguments.of(
            new Condition.TitleDepartment("x", Set.of(Department.IT)),
            Set.of(WordList.DEPARTMENTS)),
        Arguments.of(
            new Condition.Mailbox("x", Set.of(MailboxKind.FREE)), Set.of(WordList.MAILBOXES)),
        Arguments.of(new Condition.CountryIn("x", Set.of("DE")), Set.of(WordList.COUNTRIES)),
        Arguments.of(new Condition.MailDomain("x", Set.of("a.example")), Set.of()),
        Arguments.of(is("x", "1"), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("askingForWords")
  void text_otherWordsInAList_isAnotherWhereTheModelAsksForThem(
      Condition condition, Set<WordList> asked) {
    Model inARule = Model.of(dimension("fit", when("a", new Condition.Not(condition), 5)));
    Model ofWhoIsOut = Model.of(dimension("fit", A)).disqualifier("d", condition, "reason");
    for (ModelDefinition model : List.of(inARule.definition(), ofWhoIsOut.definition())) {
      for (WordList list : WordList.values()) {
        String before = Canonical.text(model, any -> "before");
        String after = Canonical.text(model, one -> one == list ? "after" : "before");
        assertThat(after.equals(before)).as("%s", list).isEqualTo(!asked.contains(list));
      }
    }
  }

  @Test
  void hash_isThatOfTheTextWithTheWordsAsTheyAre() {
    Condition vip = new Condition.TitleSeniority("x", Set.of(Seniority.VP));
    ModelDefinition model = Model.of(dimension("fit", when("a", vip, 5))).definition();
    assertThat(Canonical.hash(model))
        .isEqualTo(Canonical.sha256(Canonical.text(model, WordList::digest)))
        .isNotEqualTo(Canonical.sha256(Canonical.text(model, list -> "other")));
  }

  private static List<Model> different() {
    List<Model> models = new ArrayList<>();
    models.add(Model.of());
    models.add(Model.of(dimension("fit", A)));
    models.add(Model.of(dimension("fit", A, B)));
    models.add(Model.of(dimension("fit", A), dimension("more", B)));
    models.add(Model.of(dimension("more", A), dimension("fit", B)));
    models.add(Model.of(limited("fit", 0, 50, A)));
    models.add(Model.of(limited("fit", 0, 51, A)));
    models.add(Model.of(dimension("fit", A)).total(0, 99));
    models.add(Model.of(dimension("fit", A)).total(-1, 100));
    for (Condition condition : conditions()) {
      models.add(Model.of(dimension("fit", when("a", condition, 5))));
      models.add(Model.of(dimension("fit", A)).disqualifier("a", condition, "reason"));
    }
    for (Rule rule : rules()) {
      models.add(Model.of(dimension("fit", rule)));
    }
    models.add(Model.of(dimension("fit", A)).disqualifier("a", is("x", "1"), "another reason"));
    models.add(Model.of(dimension("fit", A)).label("hot", 70, 60));
    models.add(Model.of(dimension("fit", A)).label("hot", 70, 61));
    models.add(Model.of(dimension("fit", A)).label("hot", 70, 60).label("cold", 0, 0));
    models.add(Model.of(dimension("fit", A)).segment("s", null, null));
    models.add(Model.of(dimension("fit", A)).segment("s", "hot", null));
    models.add(Model.of(dimension("fit", A)).segment("s", null, atLeast(null, 3)));
    models.add(Model.of(dimension("fit", A)).segment("s", null, atLeast("fit", 3)));
    models.add(Model.of(dimension("fit", A)).segment("s", null, lessThan("fit", 3)));
    PointsCondition both = new PointsCondition.All(List.of(atLeast("fit", 3)));
    PointsCondition one = new PointsCondition.Any(List.of(atLeast("fit", 3)));
    models.add(Model.of(dimension("fit", A)).segment("s", null, both));
    models.add(Model.of(dimension("fit", A)).segment("s", null, one));
    models.add(Model.of(dimension("fit", A)).stage("mql", atLeast(null, 3), null, 0));
    models.add(Model.of(dimension("fit", A)).stage("mql", atLeast(null, 3), null, 1));
    models.add(Model.of(dimension("fit", A)).stage("mql", atLeast(null, 3), lessThan(null, 3), 0));
    for (ModelDefinition.Stage stage : stages()) {
      models.add(Model.of(dimension("fit", A)).stage(stage));
    }
    models.add(Model.of(dimension("fit", A)).grade(grid("A", null)));
    models.add(Model.of(dimension("fit", A)).grade(grid(null, "A")));
    models.add(Model.of(dimension("fit", A)).grade(grid("A", "A")));
    return models;
  }

  private static List<ModelDefinition.Stage> stages() {
    Recycle recycle = new Recycle("lead", atLeast(null, 3), 5);
    return List.of(
        stage(7, null, null),
        stage(8, null, null),
        stage(0, recycle, null),
        stage(0, new Recycle("open", atLeast(null, 3), 5), null),
        stage(0, new Recycle("lead", atLeast(null, 4), 5), null),
        stage(0, new Recycle("lead", atLeast(null, 3), 6), null),
        stage(0, null, new HandOff("a", 1, null, "b", null, 2)),
        stage(0, null, new HandOff("b", 1, null, "b", null, 2)),
        stage(0, null, new HandOff("a", 2, null, "b", null, 2)),
        stage(0, null, new HandOff("a", 1, null, "c", null, 2)),
        stage(0, null, new HandOff("a", 1, null, "b", "c", 2)),
        stage(0, null, new HandOff("a", 1, null, "b", null, 3)),
        stage(0, null, new HandOff("a", 1, CalendarTest.office(), "b", null, 2)),
        stage(0, recycle, new HandOff("a", 1, null, "b", null, 2)));
  }

  private static ModelDefinition.Stage stage(
      long dwell, @Nullable Recycle recycle, @Nullable HandOff handOff) {
    return new ModelDefinition.Stage("mql", atLeast(null, 3), null, 0, dwell, recycle, handOff);
  }

  private static List<Condition> conditions() {
    return List.of(
        is("x", "2"),
        is("y", "1"),
        new Condition.In("x", Set.of("1", "2")),
        new Condition.In("x", Set.of("1 2")),
        new Condition.In("x", Set.of()),
        new Condition.Is("x", true),
        new Condition.Is("x", false),
        new Condition.Present("x"),
        new Condition.Missing("x"),
        new Condition.InRange("x", 1L, null),
        new Condition.InRange("x", null, 1L),
        new Condition.InRange("x", null, null),
        new Condition.Like("x", List.of("1")),
        new Condition.MailDomain("x", Set.of("1")),
        new Condition.TitleSeniority("x", Set.of(Seniority.VP)),
        new Condition.Not(is("x", "1")),
        new Condition.All(List.of(is("x", "1"))),
        new Condition.Any(List.of(is("x", "1"))));
  }

  private static List<Rule> rules() {
    return List.of(
        on("x", 5).as("a"),
        on("y", 5).as("a"),
        on("x", 5).as("c"),
        on("x", 6).as("a"),
        on("x", 5).within(DAY).as("a"),
        on("x", 5).limit(DAY / FixedPoint.ONE).as("a"),
        on("x", 5).halfLife(DAY).as("a"),
        on("x", 5).distinct("d").as("a"),
        on("x", 5).atMost(1).as("a"),
        on("x", 5).where(is("x", "1")).as("a"),
        Samples.silence("a", DAY, points(5)),
        Samples.byRange("a", "x", List.of(), 0),
        Samples.byRange("a", "x", List.of(), 1),
        Samples.byRange("a", "x", List.of(new Rule.Band(null, 1L, 0)), 0),
        Samples.byRange("a", "x", List.of(new Rule.Band(1L, null, 0)), 0));
  }

  private static ModelDefinition.GradeGrid grid(@Nullable String letter, @Nullable String digit) {
    return new ModelDefinition.GradeGrid(scale(letter), scale(digit));
  }

  private static ModelDefinition.@Nullable GradeScale scale(@Nullable String step) {
    return step == null
        ? null
        : new ModelDefinition.GradeScale("fit", List.of(new ModelDefinition.GradeStep(step, 0)));
  }

  private static Model in(String... countries) {
    Set<String> values = new LinkedHashSet<>(List.of(countries));
    return Model.of(dimension("fit", when("a", new Condition.In("country", values), 5)));
  }

  private static String hash(Model model) {
    return model.compiled().hash();
  }
}
