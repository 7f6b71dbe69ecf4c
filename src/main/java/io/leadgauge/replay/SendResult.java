package io.leadgauge.replay;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of sending deliveries again.
 *
 * @param sent how many were answered
 * @param answers how many by each status; copied
 * @param firstBodies the beginning of the first answer of each status that is no success; copied
 * @param unanswered how many nobody answered, after all tries
 * @param emptied how many could not be sent since their bodies are not kept any more
 * @param waits how often one was told to come again later, and did
 * @param nanos how long all of it took
 */
public record SendResult(
    long sent,
    SortedMap<Integer, Long> answers,
    SortedMap<Integer, String> firstBodies,
    long unanswered,
    long emptied,
    long waits,
    long nanos) {
  private static final int SUCCESS = 2;
  private static final int HUNDRED = 100;

  public SendResult {
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    firstBodies = Collections.unmodifiableSortedMap(new TreeMap<>(firstBodies));
  }

  /** Tells whether each was taken. */
  public boolean isWell() {
    return unanswered == 0
        && emptied == 0
        && answers.keySet().stream().allMatch(SendResult::isSuccess);
  }

  static boolean isSuccess(int status) {
    return status / HUNDRED == SUCCESS;
  }
}
