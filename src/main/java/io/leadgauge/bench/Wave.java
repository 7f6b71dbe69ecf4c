package io.leadgauge.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Deliveries about some contacts, each of whose events moves its contact's score.
 *
 * @param visits whom it is about, in the order of the first events, and what each contact's
 *     property {@code bench_visits} is in the end
 * @param bodies the deliveries, in the order in which they are to be sent
 * @param each how many events each of them has; the last one may have fewer
 */
record Wave(SequencedMap<Long, Integer> visits, List<byte[]> bodies, int each) {
  /** So few visits, and so many, are worth points that differ by more than any rounding. */
  private static final int FEW = 5;

  private static final int MANY = 60;

  Wave {
    visits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(visits));
    bodies = List.copyOf(bodies);
  }

  /**
   * Makes a wave. Where it has several events for a contact they go to and fro, so that each is
   * worth a write if it is seen alone; the first ones of all come before the second ones of any.
   *
   * @param before the visits that contacts have; those that are not in it have none
   * @param times how many events each contact has
   * @param now when the last ones are said to have happened; each is a millisecond after the one
   *     before of the same contact
   */
  static Wave of(
      BenchPortal portal,
      List<Long> contacts,
      Map<Long, Integer> before,
      int times,
      int each,
      long now) {
    SequencedMap<Long, Integer> visits = new LinkedHashMap<>();
    contacts.forEach(contact -> visits.put(contact, other(before.getOrDefault(contact, 0))));
    List<String> events = new ArrayList<>(times * contacts.size());
    for (int left = times - 1; left >= 0; left--) {
      long at = now - left;
      boolean isFro = left % 2 == 1;
      visits.forEach(
          (contact, last) ->
              events.add(portal.change(contact, "bench_visits", isFro ? other(last) : last, at)));
    }
    List<byte[]> bodies = new ArrayList<>();
    for (int from = 0; from < events.size(); from += each) {
      bodies.add(Deliveries.body(events.subList(from, Math.min(events.size(), from + each))));
    }
    return new Wave(visits, bodies, each);
  }

  private static int other(int visits) {
    return visits == MANY ? FEW : MANY;
  }
}
