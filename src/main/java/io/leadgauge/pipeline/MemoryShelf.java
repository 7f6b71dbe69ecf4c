package io.leadgauge.pipeline;

import io.leadgauge.model.GivenUp;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Stamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Keeps the records of one person's life in memory. Not thread-safe. */
public final class MemoryShelf implements Shelf {
  private final Map<RecordRef, RecordState> states = new HashMap<>();
  private final String emailProperty;
  private final Function<RecordRef, String> keyed;

  /**
   * Makes an empty one.
   *
   * @param emailProperty the platform's name of the property that holds an e-mail address
   * @param keyed the hash by which the journal knows a name that was given up
   */
  public MemoryShelf(String emailProperty, Function<RecordRef, String> keyed) {
    this.emailProperty = emailProperty;
    this.keyed = keyed;
  }

  @Override
  public void put(RecordState state, Joined joined, long receivedAt) {
    states.put(state.ref(), state);
  }

  @Override
  public void forget(GivenUp names) {
    states.replaceAll(
        (ref, state) ->
            ref.isAlias() && names.names().contains(keyed.apply(ref))
                ? state.withFacts(RecordFacts.NONE, 0, state.firstSeenAt())
                : state);
  }

  @Override
  public Optional<RecordState> find(RecordRef ref) {
    return Optional.ofNullable(states.get(ref));
  }

  @Override
  public Set<RecordRef> withAddress(RecordRef address) {
    Set<RecordRef> persons = new HashSet<>();
    for (RecordState state : states.values()) {
      if (state.ref().isContact() && hasHad(state, address)) {
        persons.add(state.ref());
      }
    }
    return persons;
  }

  private boolean hasHad(RecordState state, RecordRef address) {
    for (Stamp stamp : state.facts().history(emailProperty)) {
      if (!stamp.value().isBlank()
          && RecordRef.emailAddress(state.ref().connection(), stamp.value()).equals(address)) {
        return true;
      }
    }
    return false;
  }
}
