package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KEYS = List.of("id", "points", "property", "silentFor", "when");

  @ParameterizedTest
  @CsvSource({
    "point,points",
    "pionts,points",
    "silentfor,silentFor",
    "proprety,property",
    "wenn,when",
    "iD,id"
  })
  void word_slightlyWrong_isGuessed(String word, String meant) {
    assertThat(Spelling.nearest(word, KEYS)).hasValue(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "silent"})
  void word_farFromAll_isNotGuessed(String word) {
    assertThat(Spelling.nearest(word, KEYS)).isEmpty();
  }

  @Test
  void word_ofHugeLength_isNotCompared() {
    assertThat(Spelling.nearest("x".repeat(1_000_000), KEYS)).isEmpty();
  }

  @Test
  void hint_withoutAGuess_tellsWhatThereIs() {
    assertThat(Spelling.hint("x", List.of("mql"))).isEqualTo(", expected mql");
    assertThat(Spelling.hint("xyz", List.of("mql", "sql"))).isEqualTo(", expected one of mql, sql");
    assertThat(Spelling.hint("x", List.of())).isEqualTo(", there are none");
  }
}
