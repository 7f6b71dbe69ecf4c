package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of values that rules read, each with a slot, and what each must be read as. */
final class Vocabulary {
  private final List<String> names;
  private final List<Set<Value.Need>> needs;

  private Vocabulary(List<String> names, List<Set<Value.Need>> needs) {
    this.names = names;
    this.needs = needs;
  }

  /** Collects names while rules are compiled. */
  static final class Builder {
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Set<Value.Need>> needs = new ArrayList<>();

    /** Returns the slot of a name whose value is read as text. */
    int slot(String name) {
      return slots.computeIfAbsent(
          name,
          fresh -> {
            names.add(fresh);
            needs.add(EnumSet.noneOf(Value.Need.class));
            return names.size() - 1;
          });
    }

    /** Returns the slot of a name whose value is read as something else as well. */
    int slot(String name, Value.Need need) {
      int slot = slot(name);
      needs.get(slot).add(need);
      return slot;
    }

    Vocabulary build() {
      return new Vocabulary(List.copyOf(names), List.copyOf(needs));
    }
  }

  List<String> names() {
    return names;
  }

  /** Reads the values that rules read, each once. */
  Values read(Map<String, String> texts) {
    @Nullable Value[] read = new @Nullable Value[names.size()];
    for (int slot = 0; slot < read.length; slot++) {
      String text = texts.get(names.get(slot));
      read[slot] = text == null ? null : Value.read(text, needs.get(slot));
    }
    return new Values(names, read);
  }

  /** The values of one contact or one activity, by slot. */
  static final class Values {
    private final List<String> names;
    private final @Nullable Value[] values;

    private Values(List<String> names, @Nullable Value[] values) {
      this.names = names;
      this.values = values;
    }

    String name(int slot) {
      return names.get(slot);
    }

    /** Returns the value in a slot; null if it is missing. */
    @Nullable Value at(int slot) {
      return values[slot];
    }

    /** Adds the names of the values that are there and could not be read. */
    void addUnreadable(String prefix, Set<String> unreadable) {
      for (int slot = 0; slot < values.length; slot++) {
        Value value = values[slot];
        if (value != null && !value.readable()) {
          unreadable.add(prefix + names.get(slot));
        }
      }
    }
  }
}
