package io.leadgauge.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Saves the records of one call at once: each by itself, or all or none. */
final class Saving {
  private final Org org;
  private final Actor actor;
  private final String client;
  private final CallCounts counts;

  /** A record that is to be saved, and the look at it. */
  record Item(SObject object, Supplier<Prepared> look) {}

  Saving(Org org, Actor actor, String client, CallCounts counts) {
    this.org = org;
    this.actor = actor;
    this.client = client;
    this.counts = counts;
  }

  /**
   * Saves records in their order. Each is looked at when the ones before it are saved, unless all
   * or none is asked for.
   */
  List<Saved> save(List<Item> items, boolean allOrNone) {
    Work work = org.begin(actor);
    List<Saved> results = allOrNone ? together(items, work) : eachForItself(items, work);
    work.commit();
    return results;
  }

  private List<Saved> eachForItself(List<Item> items, Work work) {
    List<Saved> results = new ArrayList<>();
    for (Item item : items) {
      results.add(saved(item, item.look().get(), work));
    }
    return results;
  }

  private List<Saved> together(List<Item> items, Work work) {
    List<Prepared> looked = items.stream().map(item -> item.look().get()).toList();
    boolean good = looked.stream().noneMatch(Prepared.Wrong.class::isInstance);
    List<Saved> results = new ArrayList<>();
    for (int i = 0; i < looked.size(); i++) {
      boolean undone = !good && !(looked.get(i) instanceof Prepared.Wrong);
      Prepared record = undone ? new Prepared.Wrong(SaveError.rolledBack()) : looked.get(i);
      results.add(saved(items.get(i), record, work));
    }
    return results;
  }

  private Saved saved(Item item, Prepared record, Work work) {
    int changed = record.changedValues();
    int equal = record.equalValues();
    Saved saved = record.save(work);
    counts.written(item.object().name(), client, saved, changed, equal);
    return saved;
  }
}
