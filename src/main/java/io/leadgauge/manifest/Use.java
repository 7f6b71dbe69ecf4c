package io.leadgauge.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rule reads, and where it says so: for checks against the connections that feed it. */
sealed interface Use {
  /** Returns the rule's id. */
  String rule();

  /** Returns where the name stands. */
  Position at();

  /**
   * A property.
   *
   * @param property its name
   * @param need what its value must be read as
   */
  record OfProperty(String rule, Position at, String property, Need need) implements Use {}

  /**
   * A type of activity.
   *
   * @param activity its type
   * @param attributes the attributes that the rule reads, and where; copied
   * @param role what it is to the rule
   */
  record OfActivity(
      String rule, Position at, String activity, SortedMap<String, Position> attributes, Role role)
      implements Use {
    public OfActivity {
      attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
  }

  /** What an activity is to a rule. */
  enum Role {
    /** The rule gives points for it. */
    GIVES,
    /** A discount makes it worth less. */
    DISCOUNTED,
    /** A discount asks whether it came before another. */
    PRECEDES
  }

  /**
   * The membership in a list.
   *
   * @param list its name
   */
  record OfList(String rule, Position at, String list) implements Use {}

  /** The silence between activities. */
  record OfSilence(String rule, Position at) implements Use {}

  /** What a value must be read as. */
  enum Need {
    TEXT,
    NUMBER,
    TRUTH,
    DATE,
    /** Only whether it is there matters. */
    NOTHING
  }
}
