package io.leadgauge.pipeline;

import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.Optional;
import java.util.Set;

/** How all records stand at one time: for whoever looks at one by its links. */
@FunctionalInterface
public interface Neighbourhood {
  /** Returns a record, if it is known. */
  Optional<RecordState> find(RecordRef ref);

  /** Returns persons that have, or once had, an e-mail address; at most a hundred. */
  default Set<RecordRef> withAddress(RecordRef address) {
    return Set.of();
  }
}
