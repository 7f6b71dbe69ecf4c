package io.leadgauge.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.model.SealedToken;
import io.leadgauge.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TokenKeysTest {
  private static final Secret OLD = Secret.of("00".repeat(32));
  private static final Secret NEW = Secret.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  private static final Secret TOKEN = Secret.of("refresh-" + "é".repeat(800));

  private final Consumer<byte[]> chance = new Random(5)::nextBytes;
  private final TokenKeys old = new TokenKeys(List.of(OLD));
  private final TokenKeys both = new TokenKeys(List.of(NEW, OLD));

  @Test
  void token_sealed_isOpenedByItsKeyAlone() {
    SealedToken sealed = old.seal(TOKEN, "acme", "111", chance);

    assertThat(both.open(sealed, "acme", "111").map(Secret::reveal)).hasValue(TOKEN.reveal());
    assertThat(new TokenKeys(List.of(NEW)).open(sealed, "acme", "111")).isEmpty();
    assertThat(both.newest()).isNotEqualTo(sealed.keyId());
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("refresh");
    assertThat(old.seal(TOKEN, "acme", "111", chance).bytes()).isNotEqualTo(sealed.bytes());
  }

  @Test
  void token_putInTheRowOfAnother_doesNotOpen() {
    SealedToken sealed = old.seal(TOKEN, "acme", "111", chance);

    assertThat(old.open(sealed, "acme", "222")).isEmpty();
    assertThat(old.open(sealed, "other", "111")).isEmpty();
  }

  @Test
  void token_changedInAnyBit_doesNotOpen() {
    SealedToken sealed = old.seal(TOKEN, "acme", "111", chance);
    Seeds.forEach(
        200,
        random -> {
          byte[] bytes = sealed.bytes().clone();
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          assertThat(old.open(new SealedToken(sealed.keyId(), bytes), "acme", "111")).isEmpty();
        });
    assertThat(old.open(new SealedToken(sealed.keyId(), new byte[3]), "acme", "111")).isEmpty();
  }

  @Test
  void key_isThirtyTwoBytes() {
    assertThat(TokenKeys.isKey(OLD)).isTrue();
    assertThat(TokenKeys.isKey(NEW)).isTrue();
    assertThat(TokenKeys.isKey(Secret.of("ab".repeat(31)))).isFalse();
    assertThat(TokenKeys.isKey(Secret.of("a password"))).isFalse();
    assertThat(both).hasToString("***");
  }
}
