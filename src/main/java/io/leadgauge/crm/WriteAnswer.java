package io.leadgauge.crm;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write, contact by contact.
 *
 * @param outcomes what became of each contact that was asked for; copied
 * @param refused the properties that the CRM refuses for any contact (gone, read-only, an option
 *     that is not there) and that were left out, each with the CRM's own message; copied
 * @param trouble why some contacts were not decided; null when all were
 */
public record WriteAnswer(
    Map<RecordRef, RecordOutcome> outcomes,
    Map<String, String> refused,
    @Nullable CallTrouble trouble) {
  public WriteAnswer {
    outcomes = Map.copyOf(outcomes);
    refused = Map.copyOf(refused);
  }

  /** Makes an answer that refused no property. */
  public WriteAnswer(Map<RecordRef, RecordOutcome> outcomes, @Nullable CallTrouble trouble) {
    this(outcomes, Map.of(), trouble);
  }

  /** What became of one contact in a write. */
  public sealed interface RecordOutcome {
    /**
     * The CRM answered; its values may still differ from those sent.
     *
     * @param facts what the contact holds now, or that it is gone; copied
     */
    record Observed(List<Fact> facts) implements RecordOutcome {
      public Observed {
        facts = List.copyOf(facts);
      }
    }

    /**
     * The CRM refuses this contact's values.
     *
     * @param reason the CRM's own message
     */
    record Rejected(String reason) implements RecordOutcome {}

    /**
     * Nothing was sent of it: what was to be cleared first does not hold the value any more from
     * which it was to be taken back, or could not be looked at.
     *
     * @param facts what it holds now; none where nothing was learned; copied
     */
    record Untouched(List<Fact> facts) implements RecordOutcome {
      public Untouched {
        facts = List.copyOf(facts);
      }
    }

    /** Not decided, for the answer's trouble; to be sent again. */
    record Undecided() implements RecordOutcome {}
  }
}
