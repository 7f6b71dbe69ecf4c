package io.leadgauge.naive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is compared is worth comparing: the same every time, and all of the language. */
class PairGeneratorTest {
  /** Every word of docs/language.md, as models write it. */
  private static final String[] WORDS = {
    "in: [",
    "is: \"",
    "is: true",
    "is: false",
    "like: \"",
    "like: [",
    "regex: ",
    "range: ",
    "ago: ",
    "ahead: ",
    "includes: ",
    "domain: ",
    "mailbox: ",
    "seniority: ",
    "department: ",
    "country: ",
    "present: true",
    "missing: true",
    "all: [",
    "any: [",
    "not: {",
    "list: ",
    "where: ",
    "include: ",
    "exclude: ",
    "other: ",
    "missing: -",
    "within: ",
    "distinct: ",
    "atMost: ",
    "once: true",
    "limit: ",
    "limit: -",
    "\"1..<3\": ",
    "\"2\": ",
    "decay: none",
    "halfLife: ",
    "linear: ",
    "steps: ",
    "lose: ",
    "every: ",
    "expire: ",
    "discount:",
    "after: ",
    "same: ",
    "to: 0%",
    "silentFor: ",
    "min: -",
    "max: ",
    "weight: ",
    "total: ",
    "letters: ",
    "digits: ",
    "thirds: ",
    "enter: ",
    "leave: ",
    "when: \"",
    "label: ",
    "disqualify:",
    "reason: ",
    " and ",
    " or ",
    "total >= ",
    "fit > ",
    "need <= ",
    "interest < ",
    "grade >= ",
    "grade < ",
    "rest: {}"
  };

  @Test
  void seed_makesTheSamePairEveryTime() {
    assertThat(PairGenerator.of(7)).isEqualTo(PairGenerator.of(7));
    assertThat(PairGenerator.of(7).model()).isNotEqualTo(PairGenerator.of(8).model());
  }

  @Test
  void models_holdEveryWordOfTheLanguage() {
    String models =
        LongStream.range(0, 300)
            .mapToObj(PairGenerator::of)
            .map(PairGenerator.Pair::model)
            .collect(Collectors.joining());
    assertThat(models).contains(WORDS);
  }
}
