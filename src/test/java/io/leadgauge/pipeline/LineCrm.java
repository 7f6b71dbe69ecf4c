package io.leadgauge.pipeline;

import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A platform in memory, whose deliveries are lines {@code id property at value}; the property
 * {@code ~into} tells that the contact was merged into another. It keeps histories and refuses what
 * it is told to. Thread-safe.
 */
final class LineCrm implements CrmAdapter {
  private static final List<String> PROPERTIES =
      List.of(
          "jobtitle", "form_date", "form_name", "lifecyclestage", "lg_score", "lg_label", "lg_why");

  /** How many contacts a page of the list has. */
  static final int LISTED_AT_ONCE = 3;

  private final ConnectionId connection;
  private final Map<String, Map<String, List<Stamp>>> contacts = new TreeMap<>();
  private final Set<String> rejected = new HashSet<>();
  private final Map<String, String> stubborn = new HashMap<>();
  final List<RecordWrite> writes = new CopyOnWriteArrayList<>();
  final List<String> reads = new CopyOnWriteArrayList<>();
  private final Map<String, CrmProperty> definitions = new TreeMap<>();
  private @Nullable CallTrouble trouble;
  private int asked;
  private boolean readsHeld;
  private boolean searchable;
  private @Nullable String unlistedFrom;
  private boolean losesClearing;
  private @Nullable RuntimeException fault;
  private int faults;
  private long now;

  LineCrm(ConnectionId connection, long startAt) {
    this.connection = connection;
    this.now = startAt;
    PROPERTIES.forEach(name -> define(name));
  }

  /** Sets a value in the CRM and returns the line that would tell of it. */
  synchronized String set(String id, String property, String value) {
    now++;
    history(id, property).add(new Stamp(now, SourceRank.EVENT, value));
    return id + " " + property + " " + now + " " + value;
  }

  /** Returns what the CRM holds. */
  synchronized String get(String id, String property) {
    List<Stamp> history = history(id, property);
    return history.isEmpty() ? "" : history.getLast().value();
  }

  /** Defines properties; those with options take no other value. */
  final synchronized void define(String name, String... options) {
    definitions.put(name, new CrmProperty(name, Set.of(options), true));
  }

  /** Returns how often the definitions were asked for. */
  synchronized int asked() {
    return asked;
  }

  synchronized void remove(String id) {
    contacts.remove(id);
  }

  /** From now on reads are not answered, or are answered again. */
  synchronized void holdReads(boolean held) {
    readsHeld = held;
    notifyAll();
  }

  private synchronized void awaitRelease() {
    try {
      while (readsHeld) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on a search for changed contacts finds all of them. */
  synchronized void makeSearchable() {
    searchable = true;
  }

  /** From now on no page of the list that begins with this contact is answered. */
  synchronized void listUntil(String id) {
    unlistedFrom = id;
  }

  /** From now on every call meets this; null for none. */
  synchronized void trouble(@Nullable CallTrouble met) {
    trouble = met;
  }

  /** From now on the adapter itself is broken, or no longer with null. */
  synchronized void fault(@Nullable RuntimeException thrown) {
    fault = thrown;
    faults = 0;
  }

  /** Returns how often the fault was met. */
  synchronized int faults() {
    return faults;
  }

  private void throwFault() {
    if (fault != null) {
      faults++;
      throw fault;
    }
  }

  /** From now on writes of this contact are refused, or no longer. */
  synchronized void reject(String id, boolean refused) {
    if (refused) {
      rejected.add(id);
    } else {
      rejected.remove(id);
    }
  }

  /** From now on a write that clears something first ends there, and its answer is lost. */
  synchronized void loseAnswersToClearing(boolean lost) {
    losesClearing = lost;
  }

  /** From now on writes of a property are answered with success and ignored. */
  synchronized void ignoreWritesOf(String property) {
    stubborn.put(property, "");
  }

  private List<Stamp> history(String id, String property) {
    return contacts
        .computeIfAbsent(id, contact -> new HashMap<>())
        .computeIfAbsent(property, name -> new ArrayList<>());
  }

  @Override
  public Decoded decode(Connection settings, Delivery delivery) {
    List<CrmEvent> events = new ArrayList<>();
    for (String line : new String(delivery.body(), StandardCharsets.UTF_8).lines().toList()) {
      String[] part = line.split(" ", 4);
      if (part.length < 4) {
        return new Decoded.Undecodable("not a line of four parts: " + line);
      }
      RecordRef ref = RecordRef.contact(connection, part[0]);
      long at = Long.parseLong(part[2]);
      Stamp stamp = new Stamp(at, SourceRank.EVENT, part[3]);
      Fact fact =
          part[1].equals("~into")
              ? merged(ref, at, part[3])
              : new Fact.Assigned(ref, part[1], stamp);
      events.add(new CrmEvent("change", ref, at, Meaning.FACTS, List.of(fact)));
    }
    return new Decoded.Events(events);
  }

  private Fact merged(RecordRef ref, long at, String into) {
    RecordRef survivor = RecordRef.contact(connection, into);
    Stamp holds = new Stamp(at, SourceRank.EVENT, "true");
    return new Fact.Linked(ref, LinkKind.MERGED_INTO, survivor, holds);
  }

  @Override
  public CrmClient connect(Connection settings) {
    return new Client();
  }

  private final class Client implements CrmClient {
    @Override
    public ReadAnswer read(List<String> ids, Set<String> properties) {
      synchronized (LineCrm.this) {
        awaitRelease();
        reads.addAll(ids);
        if (trouble != null) {
          return new ReadAnswer(List.of(), Set.copyOf(refs(ids)), trouble);
        }
        List<Fact> facts = new ArrayList<>();
        ids.forEach(id -> facts.addAll(facts(id, properties)));
        return new ReadAnswer(facts, Set.of(), null);
      }
    }

    private List<RecordRef> refs(List<String> ids) {
      return ids.stream().map(id -> RecordRef.contact(connection, id)).toList();
    }

    private List<Fact> facts(String id, Set<String> properties) {
      RecordRef ref = RecordRef.contact(connection, id);
      if (!contacts.containsKey(id)) {
        return List.of(Fact.Assigned.presence(ref, now, SourceRank.READ, false));
      }
      List<Fact> facts = new ArrayList<>();
      for (String property : properties) {
        List<Stamp> history = contacts.getOrDefault(id, Map.of()).getOrDefault(property, List.of());
        history.forEach(stamp -> facts.add(new Fact.Assigned(ref, property, stamp)));
        if (history.isEmpty()) {
          facts.add(new Fact.Assigned(ref, property, new Stamp(now, SourceRank.READ, "")));
        }
      }
      return facts;
    }

    @Override
    public WriteAnswer write(List<RecordWrite> asked) {
      synchronized (LineCrm.this) {
        if (trouble != null) {
          Map<RecordRef, RecordOutcome> untouched = new HashMap<>();
          asked.stream()
              .filter(write -> !write.clearFirst().isEmpty())
              .forEach(
                  write -> untouched.put(write.record(), new RecordOutcome.Untouched(List.of())));
          return new WriteAnswer(untouched, trouble);
        }
        if (losesClearing && asked.stream().anyMatch(write -> !write.clearFirst().isEmpty())) {
          asked.forEach(
              write ->
                  write
                      .clearFirst()
                      .forEach((property, held) -> set(write.record().id(), property, "")));
          return new WriteAnswer(Map.of(), new CallTrouble.Unknown("the answer is lost"));
        }
        Map<RecordRef, RecordOutcome> outcomes = new HashMap<>();
        asked.forEach(write -> outcomes.put(write.record(), write(write)));
        return new WriteAnswer(outcomes, null);
      }
    }

    private RecordOutcome write(RecordWrite write) {
      writes.add(write);
      String id = write.record().id();
      if (rejected.contains(id)) {
        return new RecordOutcome.Rejected("not today");
      }
      List<Fact> facts = new ArrayList<>();
      for (Map.Entry<String, String> taken : write.clearFirst().entrySet()) {
        if (!get(id, taken.getKey()).equals(taken.getValue())) {
          Stamp held = history(id, taken.getKey()).getLast();
          return new RecordOutcome.Untouched(
              List.of(new Fact.Assigned(write.record(), taken.getKey(), held)));
        }
      }
      write
          .properties()
          .forEach(
              (property, value) -> {
                if (write.clearFirst().containsKey(property)) {
                  set(id, property, "");
                }
                if (!stubborn.containsKey(property) && !isBackward(id, property, value)) {
                  set(id, property, value);
                }
                Stamp held = new Stamp(now, SourceRank.READ, get(id, property));
                facts.add(new Fact.Assigned(write.record(), property, held));
              });
      return new RecordOutcome.Observed(facts);
    }

    /** A stage goes back only from an empty one; a write that would is ignored with a success. */
    private boolean isBackward(String id, String property, String value) {
      List<String> order = List.of("", "lead", "mql", "customer");
      return property.equals("lifecyclestage")
          && order.indexOf(value) < order.indexOf(get(id, property));
    }

    @Override
    public ChangedPage changed(long from, long to, String afterId, Set<String> properties) {
      synchronized (LineCrm.this) {
        throwFault();
        List<ChangedContact> page = new ArrayList<>();
        for (String id : searchable ? contacts.keySet() : Set.<String>of()) {
          Map<String, String> values = new HashMap<>();
          properties.forEach(property -> values.put(property, get(id, property)));
          page.add(new ChangedContact(RecordRef.contact(connection, id), values));
        }
        return new ChangedPage(page, true, null);
      }
    }

    @Override
    public ListedPage listed(String after) {
      synchronized (LineCrm.this) {
        throwFault();
        if (trouble != null) {
          return new ListedPage(List.of(), null, trouble);
        }
        if (after.equals(unlistedFrom)) {
          CallTrouble down = new CallTrouble.Wait(Duration.ofDays(1), "no more pages");
          return new ListedPage(List.of(), null, down);
        }
        List<String> ids =
            contacts.keySet().stream().filter(id -> after.compareTo(id) <= 0).toList();
        return new ListedPage(
            ids.stream().limit(LISTED_AT_ONCE).toList(),
            ids.size() > LISTED_AT_ONCE ? ids.get(LISTED_AT_ONCE) : null,
            null);
      }
    }

    @Override
    public CountAnswer count() {
      synchronized (LineCrm.this) {
        return new CountAnswer(contacts.size(), trouble);
      }
    }

    @Override
    public CrmClient inBackground() {
      return this;
    }

    @Override
    public Allowance allowance() {
      return Allowance.UNLIMITED;
    }

    @Override
    public PropertiesAnswer properties() {
      synchronized (LineCrm.this) {
        asked++;
        return trouble != null
            ? new PropertiesAnswer(Map.of(), trouble)
            : new PropertiesAnswer(definitions, null);
      }
    }

    @Override
    public int batchSize() {
      synchronized (LineCrm.this) {
        throwFault();
        return 100;
      }
    }

    @Override
    public void close() {}
  }
}
