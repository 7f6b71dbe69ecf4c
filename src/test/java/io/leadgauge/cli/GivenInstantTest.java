package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenInstantTest {
  @Test
  void dayOrInstant_isReadInUtc() {
    assertThat(GivenInstant.of("--since", "2026-11-01")).isEqualTo(1_793_491_200_000L);
    assertThat(GivenInstant.of("--since", "2026-11-01T09:00:00Z")).isEqualTo(1_793_523_600_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "+999999999-12-31T23:59:59Z"})
  void whateverElse_isNamedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> GivenInstant.of("--since", text))
        .isInstanceOf(WrongUse.class)
        .hasMessageStartingWith("--since " + text + ", expected an instant or a day");
  }
}
