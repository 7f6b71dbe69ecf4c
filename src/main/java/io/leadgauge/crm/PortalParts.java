package io.leadgauge.crm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whose events stand in one delivery to an app. */
public sealed interface PortalParts {
  /**
   * It could be read.
   *
   * @param bodies the body of each portal: the whole where all events are its own, else an array of
   *     the bytes of its events as they came; under the empty text what names no portal; copied
   */
  record ByPortal(SortedMap<String, byte[]> bodies) implements PortalParts {
    public ByPortal {
      bodies = Collections.unmodifiableSortedMap(new TreeMap<>(bodies));
    }
  }

  /**
   * It could not be read.
   *
   * @param reason what is wrong, where, and what was expected
   */
  record Unreadable(String reason) implements PortalParts {}
}
