package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.MailboxKind;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.scoring.Seniority;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PossibilityTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final List<String> NAMES = List.of("a", "b");
  private static final List<String> VALUES =
      List.of(
          "",
          "x",
          "X",
          "xy",
          "true",
          "false",
          "5",
          "10",
          "15.5",
          "2027-01-01",
          "2026-01-01",
          "VP Sales",
          "Manager",
          "CEO",
          "DE",
          "Austria",
          "us",
          "a@corp.example",
          "a@eu.corp.example",
          "a@gmail.com",
          "x;y");

  @TempDir private Path dir = Path.of("");

  @Test
  void condition_thatSomeContactSatisfies_isNeverTakenForImpossible() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    int impossible = 0;
    for (int round = 0; round < 3_000; round++) {
      Condition condition = condition(random, 3);
      boolean possible = Possibility.isPossible(condition);
      boolean certain = Possibility.isCertain(condition);
      ScoringModel model = ScoringModel.of(scoredIf(condition));
      for (int i = 0; i < 40; i++) {
        Map<String, String> contact = contact(random);
        boolean holds = holds(model, contact);
        String what = "seed %d, round %d: %s of %s".formatted(seed, round, condition, contact);
        assertThat(possible || !holds).as(what).isTrue();
        assertThat(holds || !certain).as(what).isTrue();
      }
      impossible += possible ? 0 : 1;
    }
    assertThat(impossible).as("seed %d: how many were found out", seed).isGreaterThan(100);
  }

  private static Condition condition(SplittableRandom random, int depth) {
    int kind = depth == 0 ? 3 : random.nextInt(6);
    return switch (kind) {
      case 0 -> new Condition.All(conditions(random, depth - 1));
      case 1 -> new Condition.Any(conditions(random, depth - 1));
      case 2 -> new Condition.Not(condition(random, depth - 1));
      default -> test(random, NAMES.get(random.nextInt(NAMES.size())));
    };
  }

  private static List<Condition> conditions(SplittableRandom random, int depth) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      conditions.add(condition(random, depth));
    }
    return conditions;
  }

  private static Condition test(SplittableRandom random, String name) {
    long number = random.nextInt(0, 4) * 5L * Millionths.ONE;
    long age = (random.nextInt(0, 4) - 2) * 100L * Spans.DAY;
    return switch (random.nextInt(12)) {
      case 0 ->
          new Condition.In(name, Set.of("other", VALUES.get(random.nextInt(1, VALUES.size()))));
      case 1 -> new Condition.Is(name, random.nextBoolean());
      case 2 -> new Condition.Present(name);
      case 3 -> new Condition.Missing(name);
      case 4 -> new Condition.InRange(name, number, random.nextBoolean() ? null : number + 1);
      case 5 -> new Condition.InRange(name, null, number);
      case 6 -> new Condition.Like(name, List.of(random.nextBoolean() ? "x*" : "manager"));
      case 7 ->
          new Condition.MailDomain(
              name, Set.of(random.nextBoolean() ? "corp.example" : "eu.corp.example"));
      case 8 ->
          new Condition.TitleSeniority(
              name,
              Set.of(Seniority.VP, random.nextBoolean() ? Seniority.MANAGER : Seniority.DIRECTOR));
      case 9 ->
          new Condition.Mailbox(name, Set.of(List.of(MailboxKind.values()).get(random.nextInt(4))));
      case 10 -> new Condition.CountryIn(name, Set.of(random.nextBoolean() ? "DE" : "AT", "US"));
      default -> new Condition.Aged(name, age, random.nextBoolean() ? null : age + Spans.DAY);
    };
  }

  private static Map<String, String> contact(SplittableRandom random) {
    Map<String, String> properties = new HashMap<>();
    NAMES.forEach(name -> properties.put(name, VALUES.get(random.nextInt(VALUES.size()))));
    return properties;
  }

  private static boolean holds(ScoringModel model, Map<String, String> properties) {
    return model
        .evaluate(
            new Subject(properties, List.of(), 0), Decision.NONE, new StageInCrm(-1, Map.of()), NOW)
        .score()
        .scored();
  }

  private static ModelDefinition scoredIf(Condition condition) {
    return new ModelDefinition(
        "m",
        condition,
        List.of(),
        List.of(),
        0,
        Millionths.ONE,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of());
  }

  @Test
  void conditionOfVeryManyWays_isTakenForPossibleInTime() {
    List<Condition> either = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      either.add(
          new Condition.Any(
              List.of(new Condition.Is("a" + i, true), new Condition.Is("b" + i, true))));
    }

    assertThat(Possibility.isPossible(new Condition.All(either))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ property: p, is: de }, { property: p, country: [DE, AT] }",
        "{ property: p, domain: corp.example }, { property: p, domain: eu.corp.example }",
        "{ property: p, range: '10..' }, { not: { property: p, range: '10..<20' } }",
        "{ property: p, ago: '..<30d' }, { property: p, ago: '20d..' }",
        "{ property: p, like: '*sales*' }, { property: p, like: '*head*' }",
        "{ property: p, missing: true }, { not: { property: p, is: x } }",
        "{ property: p, mailbox: free }, { not: { property: p, domain: corp.example } }",
        "{ list: vips }, { not: { list: partners } }",
        "{ property: p, seniority: [vp, director] }, { property: p, department: sales }",
      })
  void conditions_thatHaveAValueInCommon_areLeftAlone(String conditions) {
    assertThat(problems(conditions)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ property: p, is: x }, { property: p, is: z }",
        "{ property: p, is: true }, { property: p, is: false }",
        "{ property: p, in: [VP, CEO] }, { property: p, seniority: manager }",
        "{ property: p, seniority: vp }, { property: p, seniority: [manager, director] }",
        "{ property: p, country: eu }, { property: p, country: [US, CH] }",
        "{ property: p, domain: corp.example }, { property: p, domain: rival.example }",
        "{ property: p, domain: a.corp.example }, { not: { property: p, domain: corp.example } }",
        "{ property: p, range: '10..<20' }, { not: { property: p, range: '5..' } }",
        "{ property: p, range: '10..' }, { property: p, is: true }",
        "{ property: p, range: '10..' }, { property: p, ago: '1d..' }",
        "{ property: p, ago: '30d..' }, { property: p, ago: '..<30d' }",
        "{ property: p, mailbox: free }, { property: p, mailbox: [business, student] }",
        "{ property: p, present: true }, { property: p, missing: true }",
        "{ list: vips }, { not: { list: vips } }",
        "{ property: p, like: 'sales' }, { property: p, like: 'm*' }",
        "{ property: q, present: true }, { all: [ { property: q, missing: true } ] }",
      })
  void conditions_thatExcludeEachOther_areRefusedAtTheSecond(String conditions) {
    int second = conditions.indexOf("}, {") + 3;

    assertThat(problems(conditions))
        .singleElement()
        .asString()
        .startsWith("models/m/model.yaml:8:" + (35 + second) + ": no contact can satisfy this and")
        .contains("the condition at 8:35");
  }

  private List<String> problems(String conditions) {
    String spec =
        """
        spec:
          dimensions:
            d:
              rules:
                - { id: r, when: { all: [ %s ] }, points: 1 }
        """
            .formatted(conditions);
    return new Folder(dir)
        .model(spec).problems().stream().filter(line -> !line.contains("no cases.yaml")).toList();
  }
}
