package io.leadgauge.crm;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a read.
 *
 * @param facts what was learned; copied
 * @param unanswered the records of which nothing, or not all that was asked for, was learned;
 *     copied
 * @param refused the names that the CRM refuses to tell of any record, or the type of all records
 *     that it refuses to tell of, with its message; copied
 * @param trouble what kept the call from being carried out; null when it was answered, and contacts
 *     that the answer says nothing of are unanswered for themselves
 */
public record ReadAnswer(
    List<Fact> facts,
    Set<RecordRef> unanswered,
    Map<String, String> refused,
    @Nullable CallTrouble trouble) {
  public ReadAnswer {
    refused = Map.copyOf(refused);
    facts = List.copyOf(facts);
    unanswered = Set.copyOf(unanswered);
  }

  /** Makes an answer that refuses no name. */
  public ReadAnswer(List<Fact> facts, Set<RecordRef> unanswered, @Nullable CallTrouble trouble) {
    this(facts, unanswered, Map.of(), trouble);
  }
}
