package io.leadgauge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final Secret SECRET = Secret.of("marked-secret");

  private record Holder(Secret secret) {}

  @Test
  void secret_printedInWhateverHoldsIt_isMasked() {
    assertThat(SECRET).hasToString("***");
    assertThat(new Holder(SECRET)).hasToString("Holder[secret=***]");
    assertThat(List.of(SECRET)).hasToString("[***]");
    assertThat("%s".formatted(SECRET)).isEqualTo("***");
  }

  @Test
  void secret_comparedWithAnother_isTheSameByItsText() {
    assertThat(SECRET.isSame(Secret.of("marked-secret"))).isTrue();
    assertThat(SECRET.isSame(Secret.of("marked-secret2"))).isFalse();
    assertThat(SECRET.isSame(Secret.of("marked-secreT"))).isFalse();
  }

  @Test
  void secret_thatIsBlank_isNone() {
    assertThatThrownBy(() -> Secret.of(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
