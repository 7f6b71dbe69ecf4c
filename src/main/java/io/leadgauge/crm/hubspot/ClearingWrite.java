package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A write of contacts of which some must be cleared first. HubSpot ignores a lifecycle stage that
 * is moved back, with a success, unless it was empty before; and it must have been emptied by
 * another request (contacts guide, read 30 Mar 2026). Used once, by one thread.
 *
 * <p>A contact that could not be cleared is not written. One that was cleared and then could not be
 * written is answered with what was cleared, so that the next write finds it empty.
 */
final class ClearingWrite {
  private final HubSpotCalls calls;
  private final String address;

  ClearingWrite(HubSpotCalls calls, String address) {
    this.calls = calls;
    this.address = address;
  }

  /** Writes these contacts. */
  WriteAnswer write(List<RecordWrite> writes) {
    List<RecordWrite> clearings = new ArrayList<>();
    for (RecordWrite write : writes) {
      if (!write.clearFirst().isEmpty()) {
        clearings.add(clearing(write));
      }
    }
    if (clearings.isEmpty()) {
      return new BatchUpdate(calls, address).write(writes);
    }
    WriteAnswer cleared = new BatchUpdate(calls, address).write(clearings);
    return cleared.trouble() == null ? writeRest(writes, cleared) : stopped(writes, cleared);
  }

  private static RecordWrite clearing(RecordWrite write) {
    TreeMap<String, String> empty = new TreeMap<>();
    write.clearFirst().forEach(property -> empty.put(property, ""));
    return new RecordWrite(write.record(), empty);
  }

  private static WriteAnswer stopped(List<RecordWrite> writes, WriteAnswer cleared) {
    Map<RecordRef, RecordOutcome> outcomes = new HashMap<>(cleared.outcomes());
    for (RecordWrite write : writes) {
      outcomes.putIfAbsent(write.record(), new RecordOutcome.Undecided());
    }
    return new WriteAnswer(outcomes, cleared.refused(), cleared.trouble());
  }

  private WriteAnswer writeRest(List<RecordWrite> writes, WriteAnswer cleared) {
    List<RecordWrite> rest =
        writes.stream()
            .filter(write -> write.clearFirst().isEmpty() || isCleared(write, cleared))
            .toList();
    WriteAnswer written = new BatchUpdate(calls, address).write(rest);
    Map<RecordRef, RecordOutcome> outcomes = new HashMap<>(written.outcomes());
    cleared
        .outcomes()
        .forEach((record, outcome) -> outcomes.merge(record, outcome, ClearingWrite::later));
    Map<String, String> refused = new HashMap<>(cleared.refused());
    refused.putAll(written.refused());
    return new WriteAnswer(outcomes, refused, written.trouble());
  }

  private static boolean isCleared(RecordWrite write, WriteAnswer cleared) {
    return cleared.outcomes().get(write.record()) instanceof Observed observed
        && write.clearFirst().stream()
            .allMatch(
                property -> observed.facts().stream().anyMatch(fact -> empties(fact, property)));
  }

  private static boolean empties(Fact fact, String property) {
    return fact instanceof Fact.Assigned assigned
        && assigned.property().equals(property)
        && assigned.stamp().value().isEmpty();
  }

  /** What the contact holds now is told by the write, or else by the clearing. */
  private static RecordOutcome later(RecordOutcome written, RecordOutcome cleared) {
    return written instanceof Observed ? written : cleared;
  }
}
