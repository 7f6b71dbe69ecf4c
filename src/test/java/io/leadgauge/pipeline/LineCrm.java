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
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.model.Activity;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A platform in memory, whose deliveries are lines {@code id property at value}. An id stands for a
 * contact, and such as {@code company/7} for a record of another type. The property {@code ~into}
 * tells that a record was merged into another, {@code ~out-of} that this was undone; {@code ~did}
 * that it did something, {@code ~works-at} and {@code ~with} that a contact is associated with
 * another record, X histories and refuses what it is told to. Thread-safe.
 */
final class LineCrm implements CrmAdapter {
  private String unreadable = "";
  private @Nullable ConnectionId timeless;
  private static final List<String> PROPERTIES =
      List.of(
          "jobtitle",
          "form_date",
          "form_name",
          "lifecyclestage",
          "lg_score",
          "lg_label",
          "lg_why",
          "firstname",
          "hubspot_owner_id");

  /** How many contacts a page of the list has. */
  static final int LISTED_AT_ONCE = 3;

  private static final Set<String> LINKS =
      Set.of("~into", "~out-of", "~works-at", "~with", "~left");

  private final ConnectionId connection;
  private final Map<String, Map<String, List<Stamp>>> contacts = new TreeMap<>();
  private final Map<String, String> writers = new HashMap<>();
  private final Map<String, String> rejected = new HashMap<>();
  private final Set<String> untold = new HashSet<>();
  private final Set<String> failing = new HashSet<>();
  private final Map<String, String> stubborn = new HashMap<>();
  private final Map<String, String> refused = new TreeMap<>();
  final List<RecordWrite> writes = new CopyOnWriteArrayList<>();
  final List<String> reads = new CopyOnWriteArrayList<>();
  private final Map<String, CrmProperty> definitions = new TreeMap<>();

  /** Is run before a delivery is redacted; may throw. */
  volatile Runnable beforeRedaction = () -> {};

  private @Nullable CallTrouble trouble;
  private int asked;
  private boolean readsHeld;
  private boolean writesHeld;
  private int heldWrites;
  private int heldReads;
  final LineTasks tasks = new LineTasks();
  private boolean searchable;
  private @Nullable String unlistedFrom;
  private boolean losesClearing;
  private boolean goesAway;
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

  /** Sets a value as somebody whom the CRM names, and returns the line that would tell of it. */
  synchronized String setBy(String writer, String id, String property, String value) {
    String line = set(id, property, value);
    writers.put(id + " " + property + " " + now, writer);
    return line;
  }

  /** Moves the CRM's clock on, if it is behind this. */
  synchronized void passTo(long instant) {
    now = Math.max(now, instant);
  }

  /** Returns the value as a fact, and who set it, if the CRM names them. */
  private List<Fact> told(RecordRef ref, String property, Stamp stamp) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact.Assigned(ref, property, stamp));
    String writer = writers.get(id(ref) + " " + property + " " + stamp.at());
    if (writer != null) {
      Stamp by = new Stamp(stamp.at(), SourceRank.EVENT, writer);
      facts.add(new Fact.Assigned(ref, Fact.Assigned.BY + property, by));
    }
    return facts;
  }

  /** Returns what the CRM holds. */
  synchronized String get(String id, String property) {
    List<Stamp> history = history(id, property);
    return history.isEmpty() ? "" : history.getLast().value();
  }

  /** Defines properties; those with options take no other value. */
  final synchronized void define(String name, String... options) {
    definitions.put(name, new CrmProperty(name, List.of(options), true));
  }

  /** Returns how often the definitions were asked for. */
  synchronized int asked() {
    return asked;
  }

  /** From now on no read says anything of a record, or does again. */
  synchronized void hide(String id, boolean hidden) {
    if (hidden) {
      untold.add(id);
    } else {
      untold.remove(id);
    }
  }

  /** From now on every call that reads this contact fails, or no longer. */
  synchronized void failFor(String id, boolean fails) {
    if (fails) {
      failing.add(id);
    } else {
      failing.remove(id);
    }
  }

  synchronized void remove(String id) {
    contacts.remove(id);
  }

  /** From now on reads are not answered, or are answered again. */
  synchronized void holdReads(boolean held) {
    readsHeld = held;
    notifyAll();
  }

  /** Returns how many calls to read wait. */
  synchronized int heldReads() {
    return heldReads;
  }

  private synchronized void awaitRelease() {
    heldReads++;
    try {
      while (readsHeld) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      heldReads--;
    }
  }

  /** From now on writes are not carried out, or are again. */
  synchronized void holdWrites(boolean held) {
    writesHeld = held;
    notifyAll();
  }

  /** Returns how many calls to write wait. */
  synchronized int heldWrites() {
    return heldWrites;
  }

  private synchronized void awaitWritesReleased() {
    heldWrites++;
    try {
      while (writesHeld) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      heldWrites--;
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
      reject(id, "not today");
    } else {
      rejected.remove(id);
    }
  }

  /** From now on writes of this contact are refused for a reason. */
  synchronized void reject(String id, String reason) {
    rejected.put(id, reason);
  }

  /** Carries the next write out, but does not answer it, nor anything after it. */
  synchronized void goAwayAfterNextWrite() {
    goesAway = true;
  }

  /** From now on a write that clears something first ends there, and its answer is lost. */
  synchronized void loseAnswersToClearing(boolean lost) {
    losesClearing = lost;
  }

  /** From now on writes of a property are answered with success and ignored. */
  synchronized void ignoreWritesOf(String property) {
    stubborn.put(property, "");
  }

  /** From now on a property is refused for all contacts, or no longer with null. */
  synchronized void refuse(String property, @Nullable String message) {
    if (message == null) {
      refused.remove(property);
    } else {
      refused.put(property, message);
    }
  }

  /** Takes the definition of a property away, and refuses it from now on. */
  synchronized void undefine(String property) {
    definitions.remove(property);
    refuse(property, "Property \"" + property + "\" does not exist");
  }

  private List<Stamp> history(String id, String property) {
    return contacts
        .computeIfAbsent(id, contact -> new HashMap<>())
        .computeIfAbsent(property, name -> new ArrayList<>());
  }

  @Override
  public synchronized Decoded decode(Connection settings, Delivery delivery) {
    return decode(delivery);
  }

  /** From here on, what tells of this property cannot be read; empty for none. */
  synchronized void cannotRead(String property) {
    unreadable = property;
  }

  private synchronized Decoded decode(Delivery delivery) {
    List<CrmEvent> events = new ArrayList<>();
    for (String line : new String(delivery.body(), StandardCharsets.UTF_8).lines().toList()) {
      String[] part = line.split(" ", 4);
      if (part.length < 4) {
        return new Decoded.Undecodable("not a line of four parts: " + line);
      }
      if (part[1].equals(unreadable)) {
        return new Decoded.Undecodable("cannot read " + unreadable + " yet");
      }
      RecordRef ref = ref(part[0]);
      long at = Long.parseLong(part[2]);
      if (part[1].equals("~resync")) {
        events.add(new CrmEvent("overflow", null, at, Meaning.RESYNC, List.of()));
        continue;
      }
      Meaning meaning = part[1].equals("~erase") ? Meaning.ERASURE : Meaning.FACTS;
      events.add(new CrmEvent("change", ref, at, meaning, facts(ref, part[1], at, part[3])));
    }
    return new Decoded.Events(events);
  }

  /** A line names a contact if it begins with its id; one about a link names both ends. */
  @Override
  public Redacted without(Delivery delivery, Erased erased) {
    beforeRedaction.run();
    String body = new String(delivery.body(), StandardCharsets.UTF_8);
    if (decode(delivery) instanceof Decoded.Undecodable) {
      return erased.isNamedIn(connection, body)
          ? Redacted.nothing(delivery)
          : new Redacted.Untouched();
    }
    List<String> kept = body.lines().filter(line -> !names(line.split(" ", 4), erased)).toList();
    return kept.size() == body.lines().count()
        ? new Redacted.Untouched()
        : Redacted.less(delivery, String.join("\n", kept).getBytes(StandardCharsets.UTF_8));
  }

  private boolean names(String[] part, Erased erased) {
    return erased.is(ref(part[0])) || (LINKS.contains(part[1]) && erased.is(ref(part[3])));
  }

  /** Returns the record that an id stands for. */
  RecordRef ref(String id) {
    int slash = id.indexOf('/');
    return slash < 0
        ? RecordRef.contact(connection, id)
        : new RecordRef(connection, id.substring(0, slash), id.substring(slash + 1));
  }

  private static String id(RecordRef ref) {
    return ref.isContact() ? ref.id() : ref.type() + "/" + ref.id();
  }

  private List<Fact> facts(RecordRef ref, String property, long at, String value) {
    return switch (property) {
      case "~into" -> List.of(link(ref, LinkKind.MERGED_INTO, value, at, true));
      case "~out-of" -> List.of(link(ref, LinkKind.MERGED_INTO, value, at, false));
      case "~works-at" -> List.of(link(ref, LinkKind.WORKS_AT, value, at, true));
      case "~with" -> List.of(link(ref, LinkKind.ASSOCIATED_WITH, value, at, true));
      case "~left" ->
          List.of(
              link(ref, LinkKind.WORKS_AT, value, at, false),
              link(ref, LinkKind.ASSOCIATED_WITH, value, at, false));
      case "~did" -> List.of(new Fact.Happened(ref, Activity.of(value, at, Map.of("n", "" + at))));
      case "~erase" -> List.of(Fact.Assigned.presence(ref, at, SourceRank.EVENT, false));
      default -> told(ref, property, new Stamp(at, SourceRank.EVENT, value));
    };
  }

  private Fact link(RecordRef ref, LinkKind kind, String to, long at, boolean holds) {
    Stamp stamp = new Stamp(at, SourceRank.EVENT, Boolean.toString(holds));
    return new Fact.Linked(ref, kind, ref(to), stamp);
  }

  /** Returns what a reading of a contact's associations with records of a type tells. */
  private List<Fact> associated(RecordRef contact, String type) {
    List<Fact> facts = new ArrayList<>(List.of(Fact.Assigned.associated(contact, type, now)));
    Stamp held = new Stamp(now, SourceRank.READ, "true");
    for (LinkKind kind : List.of(LinkKind.WORKS_AT, LinkKind.ASSOCIATED_WITH)) {
      String property = kind == LinkKind.WORKS_AT ? "~works-at" : "~with";
      for (Stamp link : history(id(contact), property)) {
        boolean left =
            history(id(contact), "~left").stream()
                .anyMatch(gone -> gone.at() > link.at() && gone.value().equals(link.value()));
        if (!left && link.value().startsWith(type + "/")) {
          facts.add(new Fact.Linked(contact, kind, ref(link.value()), held));
        }
      }
    }
    return facts;
  }

  /** Fails whenever it is asked what of a connection is good for a limited time. */
  synchronized void cannotTellExpiriesOf(ConnectionId id) {
    timeless = id;
  }

  @Override
  public synchronized List<Expiry> expiries(Connection settings) {
    if (settings.id().equals(timeless)) {
      throw new IllegalStateException("a fault in what is good until when");
    }
    return List.of();
  }

  @Override
  public CrmClient connect(Connection settings) {
    return new Client();
  }

  private final class Client implements CrmClient {
    @Override
    public ReadAnswer read(String type, List<String> ids, Set<String> properties) {
      List<RecordRef> refs = ids.stream().map(id -> new RecordRef(connection, type, id)).toList();
      synchronized (LineCrm.this) {
        awaitRelease();
        refs.forEach(ref -> reads.add(LineCrm.id(ref)));
        if (trouble != null) {
          return new ReadAnswer(List.of(), Set.copyOf(refs), trouble);
        }
        if (refs.stream().map(LineCrm::id).anyMatch(failing::contains)) {
          CallTrouble down = new CallTrouble.Wait(Duration.ZERO, "an internal error");
          return new ReadAnswer(List.of(), Set.copyOf(refs), down);
        }
        List<Fact> facts = new ArrayList<>();
        Set<RecordRef> silent = new HashSet<>();
        refs.forEach(
            ref -> {
              if (untold.contains(LineCrm.id(ref))) {
                silent.add(ref);
              } else {
                facts.addAll(facts(ref, properties));
              }
            });
        return new ReadAnswer(facts, silent, null);
      }
    }

    private List<Fact> facts(RecordRef ref, Set<String> properties) {
      String id = LineCrm.id(ref);
      if (!contacts.containsKey(id)) {
        return List.of(Fact.Assigned.presence(ref, now, SourceRank.READ, false));
      }
      List<Fact> facts = new ArrayList<>();
      for (String property : properties) {
        if (property.startsWith(Fact.Assigned.ASSOCIATED)) {
          facts.addAll(associated(ref, property.substring(Fact.Assigned.ASSOCIATED.length())));
          continue;
        }
        List<Stamp> history = contacts.getOrDefault(id, Map.of()).getOrDefault(property, List.of());
        history.forEach(stamp -> facts.addAll(told(ref, property, stamp)));
        if (history.isEmpty()) {
          facts.add(new Fact.Assigned(ref, property, new Stamp(now, SourceRank.READ, "")));
        }
      }
      return facts;
    }

    @Override
    public WriteAnswer write(List<RecordWrite> asked) {
      synchronized (LineCrm.this) {
        awaitWritesReleased();
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
        Map<String, String> met = refusals(asked);
        Map<RecordRef, RecordOutcome> outcomes = new HashMap<>();
        asked.forEach(write -> outcomes.put(write.record(), write(write, met.keySet())));
        if (goesAway) {
          goesAway = false;
          trouble = new CallTrouble.Unknown("the answer is lost");
          return new WriteAnswer(Map.of(), trouble);
        }
        return new WriteAnswer(outcomes, met, null);
      }
    }

    private Map<String, String> refusals(List<RecordWrite> asked) {
      Map<String, String> met = new TreeMap<>(refused);
      met.keySet()
          .removeIf(
              name -> asked.stream().noneMatch(write -> write.properties().containsKey(name)));
      return met;
    }

    private RecordOutcome write(RecordWrite write, Set<String> leftOut) {
      writes.add(write);
      String id = write.record().id();
      String reason = rejected.get(id);
      if (reason != null) {
        return new RecordOutcome.Rejected(reason);
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
                if (leftOut.contains(property)) {
                  return;
                }
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
    public TaskAnswer createTask(NewTask task) {
      synchronized (LineCrm.this) {
        return trouble != null ? new TaskAnswer.Failed(trouble) : tasks.create(task);
      }
    }

    @Override
    public TasksAnswer tasksOf(RecordRef contact) {
      synchronized (LineCrm.this) {
        return trouble != null ? new TasksAnswer(Map.of(), trouble) : tasks.of(contact);
      }
    }

    @Override
    public OwnersAnswer owners() {
      return tasks.owners();
    }

    @Override
    public ChangedPage changed(
        long from, long to, String afterId, SortedMap<String, SortedSet<String>> properties) {
      synchronized (LineCrm.this) {
        throwFault();
        List<ChangedContact> page = new ArrayList<>();
        List<String> ids = new ArrayList<>(searchable ? contacts.keySet() : Set.of());
        ids.sort(Comparator.comparing(id -> ref(id).isContact()));
        for (String id : ids) {
          Map<String, String> values = new HashMap<>();
          properties
              .getOrDefault(ref(id).type(), Collections.emptySortedSet())
              .forEach(property -> values.put(property, get(id, property)));
          page.add(new ChangedContact(ref(id), values));
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
            ids.stream()
                .limit(LISTED_AT_ONCE)
                .map(id -> RecordRef.contact(connection, id))
                .toList(),
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
