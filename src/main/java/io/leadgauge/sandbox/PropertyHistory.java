package io.leadgauge.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The values one property of one record took, newest first, bounded to the newest {@value #KEPT}.
 *
 * <p>Of two values of the same instant the later written stands first.
 */
final class PropertyHistory {
  /** How many values are kept. HubSpot bounds its histories too; its number is unverified. */
  static final int KEPT = 45;

  private final ArrayList<Assignment> newestFirst = new ArrayList<>(2);

  /** Puts a value where its instant belongs. */
  void add(Assignment assignment) {
    int place = 0;
    while (place < newestFirst.size() && newestFirst.get(place).at() > assignment.at()) {
      place++;
    }
    newestFirst.add(place, assignment);
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  /** The value that stands, or nothing where none was ever set. */
  Optional<Assignment> current() {
    return newestFirst.isEmpty() ? Optional.empty() : Optional.of(newestFirst.getFirst());
  }

  /** The value that stood at an instant; nothing where none was set by then. */
  Optional<Assignment> at(long at) {
    for (Assignment assignment : newestFirst) {
      if (assignment.at() <= at) {
        return Optional.of(assignment);
      }
    }
    return Optional.empty();
  }

  /** All kept values, newest first; a view. */
  List<Assignment> newestFirst() {
    return Collections.unmodifiableList(newestFirst);
  }
}
