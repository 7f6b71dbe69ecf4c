package io.leadgauge.replay;

import io.leadgauge.crm.StageMap;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that another model would have changed for the contacts of a connection. Filled contact by
 * contact; not thread-safe.
 */
public final class ModelDifference {
  private final Terms terms;
  private final List<ManifestChange> changes;
  private final Map<Kind, SequencedMap<String, Flow>> flows = new EnumMap<>(Kind.class);
  private final Map<Kind, SortedMap<Move, Long>> moves = new EnumMap<>(Kind.class);
  private final Parts parts = new Parts();
  private final HandOverDays oldDays;
  private final HandOverDays newDays;
  private final NavigableSet<String> unknown;
  private final Map<Side, Long> scored = new EnumMap<>(Side.class);
  private long contacts;
  private @Nullable Threshold threshold;

  /**
   * A contact that is elsewhere by the new model than by the old at the end.
   *
   * @param from what it holds by the old one; empty for nothing
   * @param to what it holds by the new one; empty for nothing
   */
  public record Move(String from, String to) implements Comparable<Move> {
    @Override
    public int compareTo(Move other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }
  }

  ModelDifference(Terms terms) {
    this.terms = terms;
    ModelDefinition old = terms.old().model().definition();
    ModelDefinition other = terms.other().definition();
    changes = ManifestChange.all(old, other);
    for (Kind kind : Kind.values()) {
      SequencedMap<String, Flow> ofKind = new LinkedHashMap<>();
      values(kind, other).forEach(value -> ofKind.put(value, new Flow()));
      values(kind, old).forEach(value -> ofKind.putIfAbsent(value, new Flow()));
      flows.put(kind, ofKind);
      moves.put(kind, new TreeMap<>());
    }
    HandOverDays.Days days = HandOverDays.Days.of(other, terms.since(), terms.until());
    oldDays = new HandOverDays(days);
    newDays = new HandOverDays(days);
    unknown = new TreeSet<>(terms.other().properties());
    unknown.removeAll(terms.old().model().properties());
    terms.other().activityTypes().stream()
        .filter(type -> !terms.old().model().activityTypes().contains(type))
        .forEach(unknown::add);
  }

  private static List<String> values(Kind kind, ModelDefinition model) {
    return switch (kind) {
      case LABEL -> model.labels().stream().map(ModelDefinition.Label::name).toList();
      case GRADE -> grades(model.grade());
      case STAGE -> model.stages().stream().map(ModelDefinition.Stage::name).toList();
      case SEGMENT -> model.segments().stream().map(ModelDefinition.Segment::name).toList();
    };
  }

  private static List<String> grades(ModelDefinition.@Nullable GradeGrid grid) {
    List<String> cells = new ArrayList<>();
    if (grid != null) {
      for (String letter : steps(grid.letters())) {
        steps(grid.digits()).forEach(digit -> cells.add(letter + digit));
      }
    }
    return cells;
  }

  private static List<String> steps(@Nullable GradeScale scale) {
    return scale == null
        ? List.of("")
        : scale.steps().stream().map(ModelDefinition.GradeStep::name).toList();
  }

  /** Adds what became of one contact. */
  void add(Course old, Course other) {
    contacts++;
    count(old, Side.OLD);
    count(other, Side.NEW);
    oldDays.add(old);
    newDays.add(other);
    parts.add(old.score(), other.score());
    unknown.removeAll(other.known());
    for (Kind kind : Kind.values()) {
      compare(kind, old, other);
    }
  }

  private void count(Course course, Side side) {
    scored.merge(side, course.score() == null ? 0L : 1L, Long::sum);
    for (Course.Change change : course.changes()) {
      if (!change.from().isEmpty()) {
        flow(change.kind(), change.from()).leave(side);
      }
      if (!change.to().isEmpty()) {
        flow(change.kind(), change.to()).enter(side);
      }
    }
    for (Kind kind : Kind.values()) {
      String held = course.holding().get(kind);
      if (!held.isEmpty()) {
        flow(kind, held).hold(side);
      }
    }
  }

  private void compare(Kind kind, Course old, Course other) {
    String from = old.holding().get(kind);
    String to = other.holding().get(kind);
    if (from.equals(to)) {
      return;
    }
    moves.getOrDefault(kind, new TreeMap<>()).merge(new Move(from, to), 1L, Long::sum);
    if (!from.isEmpty()) {
      flow(kind, from).lost().add(old.score(), other.score());
    }
    if (!to.isEmpty()) {
      flow(kind, to).gained().add(old.score(), other.score());
    }
  }

  private Flow flow(Kind kind, String value) {
    return flows(kind).computeIfAbsent(value, fresh -> new Flow());
  }

  void set(@Nullable Threshold found) {
    threshold = found;
  }

  /** Returns what was compared. */
  public Terms terms() {
    return terms;
  }

  /** Returns what is different in the models themselves. */
  public List<ManifestChange> changes() {
    return changes;
  }

  /** Returns how many contacts there are, gone ones included. */
  public long contacts() {
    return contacts;
  }

  /** Returns how many of them a model scores at the end. */
  public long scored(Side side) {
    return scored.getOrDefault(side, 0L);
  }

  /** Returns the labels, grades, … that either model has, in the new one's order. */
  public SequencedMap<String, Flow> flows(Kind kind) {
    return flows.computeIfAbsent(kind, fresh -> new LinkedHashMap<>());
  }

  /** Returns how many contacts are elsewhere at the end, by where from and where to. */
  public SortedMap<Move, Long> moves(Kind kind) {
    return moves.getOrDefault(kind, new TreeMap<>());
  }

  /** Returns what each rule has to do with the difference of all scores at the end. */
  public Parts parts() {
    return parts;
  }

  /** Returns the hand-offs of each day. */
  public HandOverDays handOvers(Side side) {
    return switch (side) {
      case OLD -> oldDays;
      case NEW -> newDays;
    };
  }

  /** Returns what would meet the capacity; null if nobody asked. */
  public @Nullable Threshold threshold() {
    return threshold;
  }

  /**
   * Returns the properties and types of activities that only the new model reads and of which
   * nothing is known of any contact.
   */
  public NavigableSet<String> unknown() {
    return Collections.unmodifiableNavigableSet(unknown);
  }

  /** Returns the stages of the new model that the connection does not say what they mean. */
  public List<String> strangeStages() {
    StageMap stages = terms.old().use().stages();
    return stages == null
        ? List.of()
        : values(Kind.STAGE, terms.other().definition()).stream()
            .filter(stage -> !stages.values().containsKey(stage))
            .toList();
  }
}
