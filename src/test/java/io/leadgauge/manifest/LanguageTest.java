package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reader and schema take for a model, and what neither does, word by word. */
class LanguageTest {
  @TempDir private Path dir = Path.of("");

  /** Puts a part of a model into a model, as a rule or beside the rules. */
  private static String spec(String kind, String part) {
    return switch (kind) {
      case "rule" -> in("      - { id: a, " + part + " }");
      case "when" -> in("      - { id: a, points: 1, when: { " + part + " } }");
      case "where" -> in("      - { id: a, points: 1, activity: visit, where: { " + part + " } }");
      case "decay" -> in("      - { id: a, points: 1, activity: visit, decay: { " + part + " } }");
      case "dimension" -> in("      - { id: a, points: 1, activity: visit }") + "      " + part;
      case "spec" -> in("      - { id: a, points: 9, activity: visit }") + "  " + part;
      default -> throw new AssertionError("no such part: " + kind);
    };
  }

  private static String in(String rule) {
    return "spec:\n  dimensions:\n    fit:\n      rules:\n  "
        + rule
        + "\n        - { id: visit, activity: visit, points: 1 }\n";
  }

  private List<String> problems(String spec) {
    return new Folder(dir)
        .model(spec).load().problems().stream()
            .filter(problem -> !problem.message().contains("no cases.yaml"))
            .map(Problem::toString)
            .toList();
  }

  private List<Error> schemaErrors() throws IOException {
    return SchemaTest.errors("model", SchemaTest.json(dir.resolve("models/m/model.yaml")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rule      | property: size, points: { 500..: 15, "50..<500": 10, missing: -1 }
          rule      | property: size, points: { missing: -1 }
          rule      | property: industry, points: { software: 10, Real estate: 2.5, other: -1, missing: 0 }
          rule      | property: industry, points: { other: 1 }
          rule      | property: floor, points: { 1: 5, 2: 10 }
          rule      | property: industry, points: { software: 1 }, reason: "{value} is what we serve"
          rule      | when: { property: title, present: true }, points: 1, reason: "{value}: one of us"
          rule      | activity: visit, points: { 1..<3: 5, 3..: 12 }
          rule      | activity: visit, points: { 2: 7 }, within: 14d, distinct: url
          rule      | activity: visit, points: 3, once: true
          rule      | activity: visit, points: 3, once: false, reason: "came {times} or {count}"
          rule      | silentFor: 3d, points: -1, reason: asleep
          when      | property: title, regex: "^v[- ]?p\\\\b"
          when      | property: renewal, ago: 7d..<30d
          when      | property: renewal, ago: ..<30d
          when      | property: renewal, ahead: ..<30d
          when      | property: renewal, ahead: 12h..
          when      | property: interests, includes: newsletter
          when      | property: interests, includes: [newsletter, 5]
          when      | property: email, mailbox: [free, student, disposable, business]
          when      | property: title, seniority: [c-level, senior, entry, student]
          when      | property: title, department: general-management
          when      | property: title, department: [it, finance, hr]
          when      | property: country, country: [DE, "NO", dach, north-america]
          when      | property: country, country: eu
          when      | list: newsletter
          when      | all: [ { list: newsletter }, { not: { list: staff } } ]
          where     | seen: { ago: 7d.. }, url: { regex: pricing }, tags: { includes: [a, b] }
          where     | seen: { not: { ahead: ..<7d } }
          decay     | linear: 90d
          decay     | steps: { 7d: 50%, 30d: "12.5%", 60d: 0% }
          decay     | lose: 40%, every: 30d
          decay     | expire: 30d
          dimension | weight: 0.4
          dimension | weight: 0
          dimension | decay: { lose: 100%, every: 1d }
          spec      | include: { property: country, in: [AT, DE] }
          spec      | exclude: { any: [ { list: staff }, { property: email, domain: us.example } ] }
          spec      | discount: [ { id: d, activity: visit, to: 0% } ]
          spec      | discount: [ { id: d, activity: visit, where: { agent: "*bot*" }, to: 100% } ]
          spec      | discount: [ { id: d, activity: visit, after: { activity: mail, within: 1s, same: id }, to: 20% } ]
          spec      | grade: { thirds: fit }
          spec      | labels: { hot: { enter: 5, leave: 4, when: fit >= 3 }, warm: { enter: 5, leave: 4 }, cold: {} }
          """)
  void part_inOrder_isTakenByReaderAndSchema(String kind, String part) throws IOException {
    assertThat(problems(spec(kind, part))).allMatch(line -> line.contains(": warning: "));
    assertThat(schemaErrors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rule      | property: size, points: {}
          rule      | property: size, points: { 5..: 1, other: 2 }
          rule      | property: size, points: { ..5: 1 }
          rule      | property: industry, points: { software: ten }
          rule      | property: industry, points: { " ": 1 }
          rule      | property: industry, points: { software: 1 }, reason: "{count} of them"
          rule      | property: industry, points: { software: 1 }, reason: "an open { brace"
          rule      | when: { property: title, present: true }, points: 1, reason: ""
          rule      | activity: visit, points: {}
          rule      | activity: visit, points: { 0: 5 }
          rule      | activity: visit, points: { ..<3: 5 }
          rule      | activity: visit, points: { 1.5..: 5 }
          rule      | activity: visit, points: { missing: 5 }
          rule      | activity: visit, points: { 1..: 5 }, limit: 5
          rule      | activity: visit, points: 1, once: 1
          rule      | activity: visit, points: 1, reason: "{value}"
          rule      | silentFor: 3d, points: -1, reason: "{times}"
          when      | property: title, regex: ""
          when      | property: title, regex: 5
          when      | property: renewal, ago: 7d
          when      | property: renewal, ago: ".."
          when      | property: renewal, ago: 7..<30
          when      | property: renewal, ahead: 7d..30d
          when      | property: interests, includes: []
          when      | property: interests, includes: "a;b"
          when      | property: email, mailbox: paid
          when      | property: title, department: [it, kitchen]
          when      | property: title, seniority: boss
          when      | property: country, country: Germany
          when      | property: country, country: [de]
          when      | property: country, country: []
          when      | list: newsletter, is: true
          when      | list: "a list"
          where     | seen: { list: newsletter }
          decay     | linear: 90
          decay     | linear: 90d, expire: 90d
          decay     | steps: {}
          decay     | steps: { 7: 50% }
          decay     | steps: { 7d: 0.5 }
          decay     | steps: { 7d: 101% }
          decay     | steps: { 7d: 1.23456% }
          decay     | lose: 40%
          decay     | every: 30d
          decay     | expire: never
          dimension | weight: 1001
          dimension | weight: 40%
          spec      | include: [ { list: staff } ]
          spec      | exclude: {}
          spec      | discount: { id: d, activity: visit, to: 0% }
          spec      | discount: [ { id: d, activity: visit } ]
          spec      | discount: [ { id: d, activity: visit, to: 0 } ]
          spec      | discount: [ { id: d, activity: visit, after: { activity: mail }, to: 0% } ]
          spec      | discount: [ { id: d, activity: visit, after: { activity: mail, within: 5 }, to: 0% } ]
          spec      | grade: { thirds: fit, digits: { dimension: fit, 1: 0 } }
          spec      | grade: {}
          spec      | labels: { hot: { enter: 5, when: 3 }, cold: {} }
          """)
  void part_broken_isRefusedByReaderAndSchema(String kind, String part) throws IOException {
    assertThat(problems(spec(kind, part))).isNotEmpty();
    assertThat(schemaErrors()).isNotEmpty();
  }

  /** What a schema cannot tell: meanings, and how parts go together. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rule      | property: industry, points: { software: 1, SOFTWARE: 2 } | upper and lower case are alike
          rule      | activity: visit, points: { 1..<3: 5, 2: 7 }              | overlaps 1..<3
          rule      | activity: visit, points: { 1: 5, 3: 7 }                  | warning: no range between 1..<2 and 3..<4
          when      | property: title, regex: "vp("                            | the regular expression: a group without its )
          when      | property: title, regex: "vp(?=s)"                        | the regular expression: look-ahead is not supported
          when      | property: title, regex: "((x{9}){90}){90}"               | it has more than 2500 states
          when      | property: country, country: Germany                      | "Germany", expected a code, did you mean "DE"?
          when      | property: country, country: DACH                         | did you mean "dach"?
          when      | property: country, country: XX                           | "XX" is no country's code and no region
          when      | property: renewal, ago: 30d..<7d                         | is empty
          when      | property: renewal, ahead: ..<0d                          | is empty
          when      | property: renewal, ago: 40000d..                         | bounds of at most 36500d
          decay     | steps: { 7d: 20%, 30d: 50% }                             | 50% from 30d, expected at most the 20% of 7d
          decay     | steps: { 1d: 20%, 24h: 10% }                             | a second step at 1d
          decay     | steps: { 4000d: 0% }                                     | from 1s to 3650d
          decay     | lose: 0.5%, every: 1d                                    | expected at least 1%
          decay     | lose: 1%, every: 37d                                     | nothing left after at most 3650d
          spec      | discount: [ { id: a, activity: visit, to: 0% } ]         | the id "a" is taken
          spec      | discount: [ { id: d, activity: vist, to: 0% } ]          | warning: no rule gives points for vist, so this discounts nothing, did you mean "visit"?
          spec      | labels: { hot: { enter: 9, leave: 4 }, warm: { enter: 5 }, cold: } | without leave, leave is enter 5, expected leave at most 4 of hot
          spec      | labels: { hot: { enter: 9 }, warm: { enter: 9, when: fit > 1 }, cold: } | enter 9, expected less than 9 of hot
          spec      | grade: { thirds: fat }                                   | did you mean "fit"?
          spec      | segments: { s: { when: grade >= A } }                    | the model has no grade
          """)
  void part_wrongInMeaning_isToldByTheReader(String kind, String part, String problem) {
    assertThat(problems(spec(kind, part))).anySatisfy(line -> assertThat(line).contains(problem));
  }
}
