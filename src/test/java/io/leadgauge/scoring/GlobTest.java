package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*/pricing*, https://x.example/pricing?a=1, true",
    "*/PRICING, https://x.example/pricing, true",
    "/pricing, /pricing/, false",
    "*, anything, true",
    "**, a, true",
    "**ab**, xaby, true",
    "**ab**, axb, false",
    "*?b*, ab, true",
    "*?b*, b, false",
    "?, a, true",
    "?, ab, false",
    "a*b*c, aXbXbc, true",
    "a*b*c, aXbXb, false",
    "a.c, abc, false",
  })
  void glob_text_matchesWhole(String pattern, String text, boolean expected) {
    assertThat(Glob.of(pattern).matches(Value.fold(text))).isEqualTo(expected);
  }

  @Test
  void glob_random_agreesWithRegularExpressions() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 20_000; i++) {
      String pattern = word(random, "ab*?", 8);
      String text = word(random, "ab", 12);
      Pattern expected = Pattern.compile(pattern.replace("*", ".*").replace("?", "."));
      assertThat(Glob.of(pattern).matches(text))
          .as("%s on %s", pattern, text)
          .isEqualTo(expected.matcher(text).matches());
    }
  }

  @Test
  void glob_manyStarsOnALongText_endsSoon() {
    String text = "a".repeat(20_000);
    assertThat(Glob.of("*a".repeat(50) + "*b").matches(text)).isFalse();
  }

  private static String word(SplittableRandom random, String letters, int most) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
