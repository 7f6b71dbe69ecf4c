package io.leadgauge.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When another token is asked for, and what happens when there is none. */
class RefreshedTokenTest {
  private static final Duration LASTS = Duration.ofMinutes(30);

  private final HandClock clock = HandClock.still();
  private final List<String> shown = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private boolean storeDown;
  private GrantAnswer next = granted(1);
  private final RefreshedToken source =
      new RefreshedToken(Secret.of("refresh-0"), this::refresh, this::keep, gone::add, clock);

  private static Granted granted(int number) {
    return new Granted(Secret.of("access-" + number), Secret.of("refresh-" + number), LASTS, "111");
  }

  private GrantAnswer refresh(Secret token) {
    shown.add(token.reveal());
    return next;
  }

  private void keep(Secret token) {
    if (storeDown) {
      throw new IllegalStateException("disk full");
    }
    kept.add(token.reveal());
  }

  private String asked() {
    return switch (source.ask()) {
      case TokenSource.Live live -> live.token().reveal();
      case TokenSource.None none -> none.trouble().reason();
    };
  }

  @Test
  void token_isAskedForBeforeItEnds_withTheNewestRefreshToken() {
    assertThat(asked()).isEqualTo("access-1");
    clock.move(LASTS.multipliedBy(8).dividedBy(10));
    assertThat(asked()).isEqualTo("access-1");
    next = granted(2);
    clock.move(LASTS.dividedBy(10));
    assertThat(asked()).isEqualTo("access-2");
    assertThat(shown).containsExactly("refresh-0", "refresh-1");
    assertThat(kept).containsExactly("refresh-1", "refresh-2");
  }

  @Test
  void crmThatCannotBeAsked_leavesTheOldTokenUntilItsEnd() {
    asked();
    next = new GrantAnswer.Failed(new CallTrouble.Wait(Duration.ofSeconds(7), "down"));
    clock.move(LASTS.multipliedBy(9).dividedBy(10));
    assertThat(asked()).isEqualTo("access-1");
    assertThat(asked()).isEqualTo("access-1");
    assertThat(shown).hasSize(2);
    clock.move(LASTS.dividedBy(10));
    assertThat(asked()).isEqualTo("down");
    assertThat(shown).hasSize(3);
    next = granted(2);
    clock.move(Duration.ofSeconds(6));
    assertThat(asked()).isEqualTo("down");
    clock.move(Duration.ofSeconds(1));
    assertThat(asked()).isEqualTo("access-2");
  }

  @Test
  void fault_isNamed_andQuotesNothing() {
    RefreshedToken faulty =
        new RefreshedToken(
            Secret.of("refresh-0"),
            token -> {
              throw new IllegalStateException("with " + token.reveal());
            },
            this::keep,
            gone::add,
            clock);
    for (int time = 0; time < 2; time++) {
      assertThat(((TokenSource.None) faulty.ask()).trouble().reason())
          .isEqualTo("a fault of ours while a token was asked for; the log has it");
    }
  }

  /** The CRM may have replaced the refresh token, so what it gave is all there is. */
  @Test
  void tokensThatCannotBeKept_areNotUsed_andNotAskedForAgain() {
    storeDown = true;
    assertThat(asked()).contains("cannot be kept", "disk full");
    clock.move(Duration.ofSeconds(5));
    assertThat(asked()).contains("cannot be kept");
    storeDown = false;
    clock.move(Duration.ofSeconds(5));
    assertThat(asked()).isEqualTo("access-1");
    assertThat(shown).containsExactly("refresh-0");
    assertThat(kept).containsExactly("refresh-1");
  }

  @Test
  void refusalForGood_isToldOnce_andEndsAllCalls() {
    next = new GrantAnswer.Gone("BAD_REFRESH_TOKEN");
    assertThat(asked()).isEqualTo("BAD_REFRESH_TOKEN");
    next = granted(1);
    clock.move(Duration.ofDays(1));
    assertThat(asked()).isEqualTo("BAD_REFRESH_TOKEN");
    assertThat(shown).hasSize(1);
    assertThat(gone).containsExactly("BAD_REFRESH_TOKEN");
  }

  @Test
  void tokensThatAreRefusedAtOnce_areRefreshedOnceAMinute() {
    asked();
    next = granted(2);
    assertThat(source.refused(Secret.of("access-1"))).isTrue();
    assertThat(asked()).isEqualTo("access-2");
    assertThat(source.refused(Secret.of("access-1"))).as("another is there").isTrue();
    assertThat(source.refused(Secret.of("access-2"))).isFalse();
    assertThat(asked()).isEqualTo("access-2");
    assertThat(shown).hasSize(2);
    next = granted(3);
    clock.move(Duration.ofMinutes(1));
    assertThat(source.refused(Secret.of("access-2"))).isTrue();
    assertThat(asked()).isEqualTo("access-3");
  }
}
