package io.leadgauge.store;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import java.util.Collection;

/**
 * A record's new state, and which of its rows differ from those stored.
 *
 * @param state the state
 * @param added facts that the store does not hold yet
 * @param removed facts that it holds and that gave way
 * @param standings the standings that changed
 * @param receivedAt when the added facts were learned
 * @param due whether what is due may differ from what the store holds: then its indices are written
 */
public record RecordChange(
    RecordState state,
    Collection<Fact> added,
    Collection<Fact> removed,
    Collection<Standing> standings,
    long receivedAt,
    boolean due) {
  /** Makes a change after which something else may be due. */
  public RecordChange(
      RecordState state,
      Collection<Fact> added,
      Collection<Fact> removed,
      Collection<Standing> standings,
      long receivedAt) {
    this(state, added, removed, standings, receivedAt, true);
  }
}
