package io.leadgauge.crm;

import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.model.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a connection needs to find in its portal, whatever its mode is now: what its models read,
 * what it may write, which stages it moves.
 *
 * @param reads the properties that are read, each as often as it is used; copied
 * @param targets the properties that take the results; copied
 * @param stages the stages that one of the models moves; null where none does
 * @param handsOff whether a stage hands contacts over by a task
 */
public record PortalNeeds(
    List<Read> reads, List<Target> targets, @Nullable StageMap stages, boolean handsOff) {
  public PortalNeeds {
    reads = List.copyOf(reads);
    targets = List.copyOf(targets);
  }

  /**
   * A property that is read.
   *
   * @param object the type of the records that hold it, such as {@code contact}
   * @param property the platform's own name
   * @param use what is made of it
   */
  public record Read(String object, String property, Use use) {}

  /** What is made of a property that is read. */
  public sealed interface Use {
    /**
     * It is a property of the models.
     *
     * @param name how the models call it
     * @param type how its text is read
     */
    record Value(String name, FieldType type) implements Use {}

    /**
     * It is the instant of an activity.
     *
     * @param activity the activity's type in the models' words
     */
    record Moment(String activity) implements Use {}

    /**
     * It describes an activity.
     *
     * @param activity the activity's type in the models' words
     */
    record Detail(String activity) implements Use {}

    /**
     * It tells who is in a list.
     *
     * @param item the value that stands for the list
     */
    record Membership(String item) implements Use {}

    /** It is kept, to tell later how contacts turned out; no score depends on it. */
    record Kept() implements Use {}
  }

  /**
   * A property of contacts that takes a result.
   *
   * @param property the platform's own name
   * @param output which part of the result
   * @param values the only values that it takes, in the model's order; empty where any may come;
   *     copied
   */
  public record Target(String property, Output output, List<String> values) {
    public Target {
      values = List.copyOf(values);
    }
  }

  /** Returns the properties of one type of records that an event should tell of. */
  public SortedSet<String> heard(String object) {
    SortedSet<String> heard = new TreeSet<>();
    for (Read read : reads) {
      if (read.object().equals(object)) {
        heard.add(read.property());
      }
    }
    targets.forEach(target -> heard.remove(target.property()));
    if (stages != null && stages.holders().contains(object)) {
      heard.add(stages.property());
    }
    return heard;
  }

  /** Returns the types of the records that are read; contacts are always among them. */
  public SortedSet<String> objects() {
    SortedSet<String> objects = new TreeSet<>(List.of("contact"));
    reads.forEach(read -> objects.add(read.object()));
    return objects;
  }

  /** Returns what several connections of one app need together. */
  public static PortalNeeds union(List<PortalNeeds> all) {
    List<Read> reads = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    StageMap stages = null;
    boolean handsOff = false;
    for (PortalNeeds one : all) {
      reads.addAll(one.reads);
      targets.addAll(one.targets);
      stages = stages == null ? one.stages : stages;
      handsOff |= one.handsOff;
    }
    return new PortalNeeds(reads, targets, stages, handsOff);
  }
}
