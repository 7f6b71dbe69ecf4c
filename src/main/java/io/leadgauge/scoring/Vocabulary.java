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
  private final List<String> titles;
  private final List<String> fullNames;
  private final List<Set<Value.Need>> needs;
  private final Values none;

  private Vocabulary(String prefix, List<String> names, List<Set<Value.Need>> needs) {
    this.names = names;
    this.needs = needs;
    fullNames = names.stream().map(prefix::concat).toList();
    titles = names.stream().map(Wording::capitalised).toList();
    none = new Values(this, new @Nullable Value[names.size()], true);
  }

  /** Collects names while rules are compiled. */
  static final class Builder {
    private final String prefix;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Set<Value.Need>> needs = new ArrayList<>();

    /**
     * Starts without names.
     *
     * @param prefix what stands before a name where it stands among others
     */
    Builder(String prefix) {
      this.prefix = prefix;
    }

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
      return new Vocabulary(prefix, List.copyOf(names), List.copyOf(needs));
    }
  }

  List<String> names() {
    return names;
  }

  /** Reads the values that rules read, each once. */
  Values read(Map<String, String> texts) {
    if (names.isEmpty()) {
      return none;
    }
    @Nullable Value[] read = new @Nullable Value[names.size()];
    boolean readable = true;
    for (int slot = 0; slot < read.length; slot++) {
      String text = texts.get(names.get(slot));
      if (text != null) {
        Value value = Value.read(text, needs.get(slot));
        read[slot] = value;
        readable &= value == null || value.readable();
      }
    }
    return new Values(this, read, readable);
  }

  /** The values of one contact or one activity, by slot. */
  static final class Values {
    private final Vocabulary vocabulary;
    private final @Nullable Value[] values;
    private final boolean readable;

    private Values(Vocabulary vocabulary, @Nullable Value[] values, boolean readable) {
      this.vocabulary = vocabulary;
      this.values = values;
      this.readable = readable;
    }

    /** Returns the name of a slot as people would write it at the start of a sentence. */
    String title(int slot) {
      return vocabulary.titles.get(slot);
    }

    /** Returns the value in a slot; null if it is missing. */
    @Nullable Value at(int slot) {
      return values[slot];
    }

    /** Adds the names, with their prefix, of the values that are there and could not be read. */
    void addUnreadable(Set<String> unreadable) {
      for (int slot = 0; slot < values.length && !readable; slot++) {
        Value value = values[slot];
        if (value != null && !value.readable()) {
          unreadable.add(vocabulary.fullNames.get(slot));
        }
      }
    }
  }
}
