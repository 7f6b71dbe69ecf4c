package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which arrivals of a workflow's webhook are one activity, and when it happened. */
class WorkflowActivitiesTest {
  private static final long HOUR = 3_600_000L;
  private static final long T = Rig.START;
  private static final RecordRef WHO = RecordRef.contact(Rig.ACME, "1");
  private static final WorkflowHook HOOK =
      new WorkflowHook("calls", null, "called", null, null, false, new TreeMap<>());

  private static Fact arrival(long at, String attribute, String value) {
    return new Fact.Happened(
        WHO, Activity.of(HOOK.factType(), at, Map.of(attribute, value, "product", "large")));
  }

  private static Fact withId(long at, String id) {
    return arrival(at, WorkflowHook.CORRELATION, id);
  }

  private static Fact withBody(long at, String body) {
    return arrival(at, WorkflowHook.BODY, body);
  }

  private static List<Activity> activities(List<Fact> facts) {
    return WorkflowActivities.of(HOOK, List.of(RecordFacts.NONE.join(facts).facts()));
  }

  private static List<Long> instants(Fact... facts) {
    return activities(List.of(facts)).stream().map(Activity::at).toList();
  }

  @Test
  void arrivals_ofOneCorrelationId_areOne_atTheFirst_howeverLate() {
    assertThat(instants(withId(T + 9 * Rig.DAY, "a"), withId(T, "a"), withId(T + 1, "b")))
        .containsExactly(T, T + 1);
  }

  @Test
  void arrivals_ofOneBody_areOneWithinThreeDaysOfTheFirst() {
    long last = T + 3 * Rig.DAY;
    assertThat(instants(withBody(T, "x"), withBody(last, "x"))).containsExactly(T);
    assertThat(instants(withBody(T, "x"), withBody(last + 1, "x"))).containsExactly(T, last + 1);
    assertThat(instants(withBody(T, "x"), withBody(T, "y"))).as("same instant").hasSize(1);
    assertThat(instants(withBody(T, "x"), withBody(T + 1, "y"))).hasSize(2);
  }

  @Test
  void threeDays_countFromTheFirst_notFromTheOneBefore() {
    Fact[] chain = {
      withBody(T, "x"), withBody(T + 2 * Rig.DAY, "x"), withBody(T + 4 * Rig.DAY, "x")
    };
    assertThat(instants(chain)).containsExactly(T, T + 4 * Rig.DAY);
  }

  @Test
  void activity_hasTheTypeAndAttributesOfTheModel_andNothingOfTheRequest() {
    Activity activity = activities(List.of(withId(T, "a"))).getFirst();
    assertThat(activity).isEqualTo(Activity.of("called", T, Map.of("product", "large")));
  }

  @Test
  void order_repetitionAndGrouping_doNotMatter() {
    Seeds.forEach(
        300,
        random -> {
          List<Fact> arrivals = arrivals(random);
          List<Activity> expected = activities(arrivals);
          List<Fact> disturbed = new ArrayList<>(arrivals);
          for (int i = random.nextInt(5); i > 0; i--) {
            disturbed.add(arrivals.get(random.nextInt(arrivals.size())));
          }
          shuffle(disturbed, random);
          int cut = random.nextInt(disturbed.size() + 1);
          RecordFacts one = RecordFacts.NONE.join(disturbed.subList(0, cut)).facts();
          RecordFacts other =
              RecordFacts.NONE.join(disturbed.subList(cut, disturbed.size())).facts();
          assertThat(activities(disturbed)).isEqualTo(expected);
          assertThat(WorkflowActivities.of(HOOK, List.of(one, other)))
              .as("as two records that became one")
              .isEqualTo(expected);
          assertThat(WorkflowActivities.of(HOOK, List.of(other, one))).isEqualTo(expected);
        });
  }

  private static List<Fact> arrivals(SplittableRandom random) {
    List<Fact> arrivals = new ArrayList<>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      long at = T + random.nextInt(240) * HOUR;
      String name = "" + random.nextInt(3);
      arrivals.add(random.nextBoolean() ? withId(at, name) : withBody(at, name));
    }
    return arrivals;
  }

  private static void shuffle(List<Fact> facts, SplittableRandom random) {
    for (int i = facts.size() - 1; i > 0; i--) {
      java.util.Collections.swap(facts, i, random.nextInt(i + 1));
    }
  }
}
