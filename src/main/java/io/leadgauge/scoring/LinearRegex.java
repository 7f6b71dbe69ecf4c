package io.leadgauge.scoring;

import io.leadgauge.scoring.Letters.Letter;
import io.leadgauge.scoring.RegexPart.Choice;
import io.leadgauge.scoring.RegexPart.One;
import io.leadgauge.scoring.RegexPart.Place;
import io.leadgauge.scoring.RegexPart.Repeat;
import io.leadgauge.scoring.RegexPart.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression whose cost is bounded: it is a machine of states, and a search goes through
 * the beginning of a text once. Immutable and thread-safe.
 */
final class LinearRegex {
  // A search keeps the set of the states that the machine can be in, and never goes back. At each
  // place each state is visited at most once, so the cost is at most the number of states times
  // that of the places, which are one more than the characters. The method is that of K. Thompson,
  // Regular Expression Search Algorithm, Communications of the ACM 11 (6), June 1968.

  /** How many states a machine has at most. */
  static final int MOST_STATES = 2_500;

  private final List<State> states;
  private final int first;

  private LinearRegex(List<State> states, int first) {
    this.states = List.copyOf(states);
    this.first = first;
  }

  /**
   * Builds the machine of an expression.
   *
   * @throws RegexException if it is none, one that is not understood, or one of too many states
   */
  static LinearRegex of(String regex) {
    Builder builder = new Builder();
    int first = builder.before(RegexParser.parse(regex), builder.add(new State.Found()));
    return new LinearRegex(builder.states, first);
  }

  /** Tells whether the expression matches somewhere in the text. */
  boolean isIn(String text) {
    return search(text).found;
  }

  Search search(String text) {
    String looked = text.substring(0, Math.min(text.length(), Condition.Matches.MOST_MATCHED));
    Search search = new Search();
    int before = Place.NOTHING;
    int at = 0;
    while (at < looked.length() && !search.found) {
      int after = looked.codePointAt(at);
      search.visit(before, after);
      before = after;
      at += Character.charCount(after);
    }
    search.visit(before, Place.NOTHING);
    return search;
  }

  /** Returns how many states there are. */
  int size() {
    return states.size();
  }

  /** What the machine does next; another state is named by its number. */
  private sealed interface State {
    /** There is a match. */
    record Found() implements State {}

    /** Goes on with both. */
    record Either(int one, int other) implements State {}

    /** Goes on if it stands at such a place. */
    record Stands(Place place, int next) implements State {}

    /** Goes on behind the next character if that is one of these. */
    record Reads(Letters letters, int next) implements State {}
  }

  /** Builds a machine from its end to its beginning, since a state names what comes next. */
  private static final class Builder {
    private final List<State> states = new ArrayList<>();

    int add(State state) {
      if (states.size() == MOST_STATES) {
        throw new RegexException(
            0, "with its repetitions written out it has more than " + MOST_STATES + " states");
      }
      states.add(state);
      return states.size() - 1;
    }

    /** Returns the state that begins a part which goes on with the next state. */
    int before(RegexPart part, int next) {
      return switch (part) {
        case One(Letters letters) -> add(new State.Reads(letters, next));
        case Place place -> add(new State.Stands(place, next));
        case Row(List<RegexPart> parts) -> row(parts, next);
        case Choice(List<RegexPart> ways) -> choice(ways, next);
        case Repeat(RegexPart again, int least, int most) when most == Repeat.UNBOUNDED ->
            endless(again, least, next);
        case Repeat(RegexPart again, int least, int most) ->
            times(again, least, upTo(again, most - least, next));
      };
    }

    private int row(List<RegexPart> parts, int next) {
      int begin = next;
      for (RegexPart part : parts.reversed()) {
        begin = before(part, begin);
      }
      return begin;
    }

    private int choice(List<RegexPart> ways, int next) {
      int begin = before(ways.getLast(), next);
      for (int i = ways.size() - 2; i >= 0; i--) {
        begin = add(new State.Either(before(ways.get(i), next), begin));
      }
      return begin;
    }

    private int endless(RegexPart part, int least, int next) {
      int loop = add(new State.Either(next, next));
      int begin = before(part, loop);
      states.set(loop, new State.Either(begin, next));
      return least == 0 ? loop : times(part, least - 1, begin);
    }

    private int upTo(RegexPart part, int most, int next) {
      int begin = next;
      for (int i = 0; i < most; i++) {
        begin = add(new State.Either(before(part, begin), next));
      }
      return begin;
    }

    /** Nothing, however often, is nothing: it ends at once. */
    private int times(RegexPart part, int count, int next) {
      int begin = next;
      for (int i = 0; i < count; i++) {
        int copy = before(part, begin);
        if (copy == begin) {
          return begin;
        }
        begin = copy;
      }
      return begin;
    }
  }

  /** One way through a text. Not thread-safe. */
  final class Search {
    private StateSet here = new StateSet(states.size());
    private StateSet ahead = new StateSet(states.size());
    private boolean found;
    private int steps;

    /** Visits the states at the place between two characters. */
    private void visit(int before, int after) {
      Letter letter = Letter.of(after);
      here.add(first);
      for (int i = 0; i < here.size && !found; i++) {
        steps++;
        visit(states.get(here.members[i]), before, letter);
      }
      StateSet done = here;
      here = ahead;
      ahead = done;
      ahead.size = 0;
    }

    private void visit(State state, int before, Letter after) {
      switch (state) {
        case State.Found end -> found = true;
        case State.Either(int one, int other) -> {
          here.add(one);
          here.add(other);
        }
        case State.Stands(Place place, int next) -> {
          if (place.isBetween(before, after.code())) {
            here.add(next);
          }
        }
        case State.Reads(Letters letters, int next) -> {
          if (after.code() != Place.NOTHING && letters.contains(after)) {
            ahead.add(next);
          }
        }
      }
    }

    boolean found() {
      return found;
    }

    /** Returns how many states were visited. */
    int steps() {
      return steps;
    }
  }

  /** A set of states in the order they came, which is emptied by setting its size to 0. */
  private static final class StateSet {
    private final int[] members;

    /** Where a state stands among the members if it is one, and anything if it is none. */
    private final int[] places;

    private int size;

    StateSet(int states) {
      members = new int[states];
      places = new int[states];
    }

    void add(int state) {
      boolean isIn = places[state] < size && members[places[state]] == state;
      if (!isIn) {
        places[state] = size;
        members[size++] = state;
      }
    }
  }
}
