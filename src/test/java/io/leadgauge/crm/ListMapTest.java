package io.leadgauge.crm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListMapTest {
  @ParameterizedTest
  @CsvSource({
    "Newsletter, true",
    "webinars; newsletter ;, true",
    "newsletters, false",
    "news;letter, false",
    ";, false"
  })
  void list_ofSeveralValues_isFoundAmongThem(String text, boolean isIn) {
    assertThat(new ListMap("interests", "newsletter ").isIn(text)).isEqualTo(isIn);
  }
}
