package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Fact;
import io.leadgauge.model.Fact.Assigned;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A platform that tells what is, and not who set it: what we wrote is known by our own note. */
class ContestWithoutHistoryTest {
  private static final RecordRef LEAD = new RecordRef(Rig.ACME, RecordRef.LEAD, "00Q000000000001");
  private static final String SCORE = "Lead_Score__c";
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;

  private final List<Fact> facts = new ArrayList<>();

  private Assigned seen(long at, String value) {
    Assigned seen = new Assigned(LEAD, SCORE, new Stamp(at, SourceRank.READ, value));
    facts.add(seen);
    return seen;
  }

  private void wrote(long at, String value) {
    facts.add(seen(at, value).asWritten());
  }

  private @Nullable Contest contest(int corrections, long now) {
    Contest contest = Contest.of(joined(), SCORE, corrections, now);
    Collections.reverse(facts);
    assertThat(Contest.of(joined(), SCORE, corrections, now)).isEqualTo(contest);
    return contest;
  }

  private RecordFacts joined() {
    return RecordFacts.NONE.join(facts).facts();
  }

  @Test
  void valueOfAnother_afterOurs_isAContest() {
    wrote(10 * SECOND, "40");
    seen(20 * SECOND, "99");
    assertThat(contest(3, 30 * SECOND)).isEqualTo(new Contest(SCORE, Contest.SOMEBODY, 0));
  }

  @Test
  void ourValue_seenAgain_isNone() {
    wrote(10 * SECOND, "40");
    seen(20 * SECOND, "40.0");
    assertThat(contest(3, 30 * SECOND)).isNull();
    seen(5 * SECOND, "99");
    assertThat(contest(3, 30 * SECOND)).isNull();
  }

  @Test
  void fightWithinAnHour_isLeftToTheOther_untilItWasQuiet() {
    long last = 0;
    for (int round = 1; round <= 4; round++) {
      last = round * 60L * SECOND;
      wrote(last, "40");
      seen(last + 10 * SECOND, "9" + round);
      Contest contest = Objects.requireNonNull(contest(3, last + 20 * SECOND));
      assertThat(contest.isLost()).isEqualTo(round == 4);
      if (round < 4) {
        facts.add(contest.putRight(seen(last + 60 * SECOND, "40")));
      }
    }
    assertThat(contest(3, last + HOUR + 11 * SECOND))
        .isEqualTo(new Contest(SCORE, Contest.SOMEBODY, 0));
  }
}
