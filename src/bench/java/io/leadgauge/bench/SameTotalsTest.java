package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.HandTuned;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.Ours;
import io.leadgauge.scoring.Shared;
import io.leadgauge.scoring.Subject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Nothing is timed before all variants agree on every contact, at instants far and near. */
class SameTotalsTest {
  private static final List<Subject> CONTACTS = Contacts.make();
  private static final long[] INSTANTS =
      LongStream.of(0, 1, 40, 400)
          .map(days -> Contacts.NOW + TimeUnit.DAYS.toMillis(days) + 7 * days)
          .toArray();

  private final Ours ours = new Ours(FortyRules.load().definition());

  @Test
  void model_hasFortyRules() {
    ModelDefinition definition = FortyRules.load().definition();
    assertThat(definition.dimensions())
        .flatExtracting(ModelDefinition.Dimension::rules)
        .hasSize(40);
  }

  @Test
  void handTuned_everyContact_sameDimensionsAndTotal() {
    for (Subject subject : CONTACTS) {
      HandTuned.Contact contact = HandTuned.read(subject);
      for (long now : INSTANTS) {
        Evaluation evaluation = ours.read(subject).evaluate(now);
        assertThat(evaluation.score().dimensions())
            .containsEntry("fit", contact.fit())
            .containsEntry("engagement", contact.engagement(now));
        assertThat(evaluation.score().total())
            .isEqualTo(contact.total(now))
            .isEqualTo(contact.totalOfSlots(now));
      }
    }
  }

  @Test
  void ours_readOnce_sameTotalAndLedgerAsEvaluate() {
    for (Subject subject : CONTACTS) {
      Ours.Read contact = ours.read(subject);
      for (long now : INSTANTS) {
        Evaluation evaluation = ours.read(subject).evaluate(now);
        assertThat(contact.total(now)).isEqualTo(evaluation.score().total());
        assertThat(contact.ledger(now)).isEqualTo(evaluation.score().contributions());
      }
    }
  }

  @Test
  void drools_everyContact_sameSum() {
    assertSameSums(new Drools());
  }

  @Test
  void cel_everyContact_sameSum() {
    assertSameSums(new CommonExpression());
  }

  @Test
  void jexl_everyContact_sameSum() {
    assertSameSums(new Jexl());
  }

  @Test
  void easyRules_everyContact_sameSum() {
    assertSameSums(new EasyRules());
  }

  private static <F> void assertSameSums(RuleEngine<F> engine) {
    for (Subject subject : CONTACTS) {
      HandTuned.Contact contact = HandTuned.read(subject);
      for (boolean grouped : List.of(false, true)) {
        F form = engine.form(Person.of(subject, grouped));
        for (long now : INSTANTS) {
          long sum = engine.sum(form, now);
          assertThat(sum).isEqualTo(contact.fit() + contact.engagement(now));
          assertThat(Shared.whole(sum)).isEqualTo(contact.total(now));
        }
      }
    }
  }
}
