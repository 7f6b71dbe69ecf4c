package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.hubspot.HubSpotEvents;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.scoring.ScoringModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Merges, deletions and restores as HubSpot tells them, in every order: the same facts to the byte,
 * the same points, the same contacts alive.
 */
class MergeOrdersTest {
  private static final long NOW = Rig.START;
  private static final long T = NOW - Rig.DAY;
  private static final ConnectionScope SCOPE =
      new ConnectionScope(
          LinksTest.connection(), "", Map.of("plain", ScoringModel.of(LinksTest.model())));

  private static String event(String type, long at, String id, String more) {
    return """
    {"eventId":1,"subscriptionId":2,"portalId":1,"appId":3,"attemptNumber":0,\
    "subscriptionType":"%s","occurredAt":%d,"objectId":%s%s}\
    """
        .formatted(type, at, id, more);
  }

  private static String change(long at, String id, String property, String value) {
    String more = ",\"propertyName\":\"%s\",\"propertyValue\":\"%s\"".formatted(property, value);
    return event("contact.propertyChange", at, id, more);
  }

  private static String merge(long at, String primary, String merged, String survivor) {
    String more =
        ",\"primaryObjectId\":%s,\"mergedObjectIds\":[%s],\"numberOfPropertiesMoved\":5"
            .formatted(primary, merged);
    String fresh = survivor.equals(primary) ? "" : ",\"newObjectId\":" + survivor;
    return event("contact.merge", at, primary, more + fresh);
  }

  /**
   * What two contacts did, that they became one, and what was told late of the one that is gone.
   */
  private static List<String> merging(String survivor) {
    List<String> events = new ArrayList<>();
    events.add(change(T, "1", "jobtitle", "VP"));
    events.add(change(T + 1, "1", "form_date", "" + (T + 1)));
    events.add(change(T + 2, "2", "form_date", "" + (T + 2)));
    events.add(merge(T + 3, "2", "1", survivor));
    events.add(event("contact.deletion", T + 4, "1", ",\"changeFlag\":\"DELETED\""));
    events.add(change(T - 1, "1", "form_date", "" + (T - 1)));
    events.add(event("contact.deletion", T + 5, survivor, ",\"changeFlag\":\"DELETED\""));
    if (survivor.equals("2")) {
      events.add(event("contact.restore", T + 6, survivor, ""));
    } else {
      events.add(event("contact.deletion", T + 4, "2", ",\"changeFlag\":\"DELETED\""));
    }
    return events;
  }

  @ParameterizedTest
  @CsvSource({"2", "9"})
  void merge_inEveryOrder_isTheSame(String survivor) {
    String expected = null;
    int orders = 0;
    for (List<String> order : permutations(merging(survivor))) {
      Map<RecordRef, RecordState> states = folded(order);
      String told = told(states);
      expected = expected == null ? told : expected;
      assertThat(told).as("%s", order).isEqualTo(expected);
      assertThat(forms(states, survivor)).as("%s", order).isEqualTo(3);
      orders++;
    }
    assertThat(orders).isGreaterThanOrEqualTo(720);
  }

  @Test
  void deletionAndRestore_inEveryOrder_areTheSame() {
    List<String> events =
        List.of(
            event("contact.creation", T, "1", ",\"changeFlag\":\"CREATED\""),
            change(T + 1, "1", "form_date", "" + (T + 1)),
            event("contact.deletion", T + 2, "1", ",\"changeFlag\":\"DELETED\""),
            event("contact.restore", T + 3, "1", ""),
            change(T + 4, "1", "jobtitle", "VP"),
            event("contact.restore", T + 3, "1", ""));
    String expected = null;
    for (List<String> order : permutations(events)) {
      Map<RecordRef, RecordState> states = folded(order);
      String told = told(states);
      expected = expected == null ? told : expected;
      assertThat(told).as("%s", order).isEqualTo(expected);
      RecordState one = state(states, "1");
      assertThat(one.facts().isGone()).as("%s", order).isFalse();
      assertThat(one.facts().value("jobtitle")).isEqualTo("VP");
    }
  }

  @Test
  void deletion_inEveryOrder_hidesTheContactAndKeepsItsFacts() {
    List<String> events =
        List.of(
            change(T + 1, "1", "form_date", "" + (T + 1)),
            event("contact.deletion", T + 2, "1", ",\"changeFlag\":\"DELETED\""),
            event("contact.creation", T, "1", ",\"changeFlag\":\"CREATED\""));
    for (List<String> order : permutations(events)) {
      RecordState one = state(folded(order), "1");
      assertThat(one.facts().isGone()).as("%s", order).isTrue();
      assertThat(one.facts().history("form_date")).hasSize(1);
    }
  }

  private static Map<RecordRef, RecordState> folded(List<String> events) {
    Map<RecordRef, Working> touched = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      byte[] body = ("[" + events.get(i) + "]").getBytes(StandardCharsets.UTF_8);
      Decoded decoded = HubSpotEvents.decode(Rig.ACME, "1", body);
      Fold fold = new Fold(SCOPE, ref -> working(touched, ref), i + 1, NOW);
      touched.putAll(fold.events(((Decoded.Events) decoded).events()));
    }
    Map<RecordRef, RecordState> states = new TreeMap<>();
    touched.forEach((ref, working) -> states.put(ref, working.state()));
    return states;
  }

  private static Working working(Map<RecordRef, Working> touched, RecordRef ref) {
    Working known = touched.get(ref);
    return known == null ? Working.of(RecordState.unknown(ref, NOW)) : known;
  }

  private static RecordState state(Map<RecordRef, RecordState> states, String id) {
    return Optional.ofNullable(states.get(RecordRef.contact(Rig.ACME, id))).orElseThrow();
  }

  /** Returns how many forms the contact filled in, by its view. */
  private static int forms(Map<RecordRef, RecordState> states, String id) {
    ContactView view =
        ContactView.of(SCOPE, state(states, id), ref -> Optional.ofNullable(states.get(ref)));
    return NeutralView.subject(SCOPE, view).activities().size();
  }

  private static String told(Map<RecordRef, RecordState> states) {
    StringBuilder text = new StringBuilder();
    states.forEach(
        (ref, state) ->
            text.append(ref)
                .append(' ')
                .append(state.absorbed().stream().sorted().toList())
                .append('\n')
                .append(state.facts().canonical()));
    return text.toString();
  }

  private static List<List<String>> permutations(List<String> events) {
    List<List<String>> all = new ArrayList<>();
    permute(events.toArray(new String[0]), 0, all);
    return all;
  }

  private static void permute(String[] events, int from, List<List<String>> all) {
    if (from == events.length) {
      all.add(List.copyOf(Arrays.asList(events)));
      return;
    }
    for (int i = from; i < events.length; i++) {
      Collections.swap(Arrays.asList(events), from, i);
      permute(events, from + 1, all);
      Collections.swap(Arrays.asList(events), from, i);
    }
  }
}
