package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Intent;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.StoreReader;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the journal as it grows, and holds what senders were acknowledged against it. What it reads
 * it hands to an oracle. For one thread.
 */
final class Audit {
  private static final Pattern SENDING = Pattern.compile("\"sending\":\"([0-9]+)\"");
  private static final int PAGE = 500;

  private final List<Ledger> ledgers;
  private final Oracle oracle;
  private final BitSet acknowledged = new BitSet();
  private final BitSet journalled = new BitSet();
  private final Set<String> handOffs = new HashSet<>();
  private final Map<String, Long> lastHandOffs = new HashMap<>();
  private long deliveries;
  private long entries;
  private long last;

  Audit(List<Ledger> ledgers, Oracle oracle) {
    this.ledgers = ledgers;
    this.oracle = oracle;
  }

  /** Reads what has come since; fails if anything was acknowledged that is not there. */
  void catchUp(StoreReader reader) {
    for (Ledger ledger : ledgers) {
      for (long sending : ledger.news()) {
        acknowledged.set(Math.toIntExact(sending));
      }
    }
    List<JournalEntry> page = reader.journal().after(last, PAGE);
    while (!page.isEmpty()) {
      page.forEach(this::take);
      last = page.getLast().sequence();
      page = reader.journal().after(last, PAGE);
    }
    BitSet lost = (BitSet) acknowledged.clone();
    lost.andNot(journalled);
    if (!lost.isEmpty()) {
      throw new AssertionError(
          lost.cardinality() + " acknowledged deliveries are lost, by the numbers " + lost);
    }
  }

  private void take(JournalEntry entry) {
    entries++;
    boolean isRead = oracle.take(entry);
    if (entry.entry() instanceof Delivery delivery) {
      take(entry, delivery, isRead);
    }
    if (entry.entry() instanceof Decided decided) {
      decided.decision().stages().forEach(mark -> take(decided, mark));
    }
  }

  /** A decision tells of the last hand-off as long as there is no later one. */
  private void take(Decided decided, StageMark mark) {
    long at = mark.handOff() == null ? 0 : mark.handOff().at();
    String place = decided.contact() + " " + decided.model() + " " + mark.stage();
    if (at > lastHandOffs.getOrDefault(place, 0L)) {
      lastHandOffs.put(place, at);
      handOffs.add(Intent.key(decided.contact(), decided.model(), mark.stage(), mark.since()));
    }
  }

  private void take(JournalEntry entry, Delivery delivery, boolean isRead) {
    deliveries++;
    if (isRead != (entry.outcome().quarantined() == null)) {
      throw new AssertionError("entry " + entry.sequence() + " is " + entry.outcome());
    }
    Matcher matcher = SENDING.matcher(new String(delivery.body(), UTF_8));
    if (matcher.find()) {
      int sending = Integer.parseInt(matcher.group(1));
      if (journalled.get(sending)) {
        throw new AssertionError("sending " + sending + " is in the journal twice");
      }
      journalled.set(sending);
    }
  }

  /** Returns what it was read by. */
  Oracle oracle() {
    return oracle;
  }

  /** Returns how many sendings were acknowledged, as far as was read. */
  int acknowledged() {
    return acknowledged.cardinality();
  }

  /** Returns how many deliveries the journal holds, as far as it was read. */
  long deliveries() {
    return deliveries;
  }

  /** Returns how many entries the journal holds, as far as it was read. */
  long entries() {
    return entries;
  }

  /** Returns the keys of all hand-offs that were decided, as far as was read. */
  Set<String> handOffs() {
    return Set.copyOf(handOffs);
  }
}
