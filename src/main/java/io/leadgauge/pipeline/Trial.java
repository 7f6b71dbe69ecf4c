package io.leadgauge.pipeline;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Working.Mark;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the CRM has treated one contact lately.
 *
 * @param attempts how many calls in a row failed for it
 * @param problem what stood in the way last; null when nothing did
 * @param retryAt not to be tried before this instant, because a call has just failed; 0 if none has
 */
record Trial(int attempts, @Nullable String problem, long retryAt) {
  private static final int LONGEST_PROBLEM = 500;
  private static final Trial WELL = new Trial(0, null, 0);

  /** Judges a contact by what this transaction has told of it. */
  static Trial of(ConnectionScope scope, Working working, RecordState state, long now) {
    String failure = failure(scope, working, state);
    if (failure != null) {
      int attempts = working.state().due().attempts() + 1;
      return new Trial(attempts, failure, now + RetrySchedule.CONTACT.afterFailure(attempts));
    }
    if (working.has(Mark.CONCERNED) || working.askedAt() > 0 || working.writtenAt() > 0) {
      return WELL;
    }
    return new Trial(working.state().due().attempts(), working.state().due().problem(), 0);
  }

  private static @Nullable String failure(
      ConnectionScope scope, Working working, RecordState state) {
    if (!working.refusal().isEmpty()) {
      return bounded(working.refusal());
    }
    if (working.askedAt() > 0 && !state.facts().isGone() && !scope.isKnown(state)) {
      SortedSet<String> missing = new TreeSet<>(scope.required(state.ref().type()));
      missing.removeAll(state.facts().properties());
      return bounded("the CRM did not tell " + named(missing));
    }
    return null;
  }

  private static String named(Set<String> names) {
    return names.stream()
        .map(
            name ->
                name.replace(Fact.Assigned.ASSOCIATED, "the associations with records of type "))
        .collect(Collectors.joining(", "));
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST_PROBLEM ? text : text.substring(0, LONGEST_PROBLEM);
  }
}
