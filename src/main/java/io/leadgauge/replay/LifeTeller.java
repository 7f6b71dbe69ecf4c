package io.leadgauge.replay;

import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.MemoryShelf;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.replay.Aftermath.OfContact;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.StoreReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tells the lives of a connection's contacts, from the journal, beside a running serve. Not
 * thread-safe.
 */
public final class LifeTeller {
  /** The most quarantined deliveries that are searched for whom they mention. */
  private static final int MOST_QUARANTINED = 1_000;

  /** So far the consequences of an entry are looked for. */
  private static final int MOST_MOMENTS = 100;

  /** The longest way from a contact to the one that lives on in its place. */
  private static final int MOST_MERGES = 100;

  /** The most hand-offs of one contact whose tasks are told. */
  private static final int MOST_TASKS = 1_000;

  private final StoreReader reader;
  private final InForce versions;
  private final Retelling.Decoder decoder;
  private final String emailProperty;

  /**
   * Makes a teller.
   *
   * @param versions the versions of the connection
   * @param emailProperty the platform's name of the property that holds an e-mail address
   */
  public LifeTeller(
      StoreReader reader, InForce versions, Retelling.Decoder decoder, String emailProperty) {
    this.reader = reader;
    this.versions = versions;
    this.decoder = decoder;
    this.emailProperty = emailProperty;
  }

  /**
   * Tells the life of a contact; empty if nothing is kept of it.
   *
   * @param most so many of the entries that name it, or a record whose facts are part of it, are
   *     told, the newest; 1 or more
   * @param now until when time is told of that has passed since the last entry
   */
  public Optional<Life> life(RecordRef contact, int most, long now) {
    return reader.load(contact).map(state -> life(state, most, now));
  }

  private Life life(RecordState state, int most, long now) {
    Relations relations = relations(state);
    long from = reader.lives().newest(relations.all(), most);
    Telling telling = telling(state.ref(), relations, from, most);
    pages(state.ref(), relations).forEachRemaining(telling::tell);
    telling.passTime(reader.counts().lastSequence(), now);
    return telling.life(
        List.copyOf(reader.unwritten().refusedFields(state.ref().connection()).values()));
  }

  /**
   * Looks at a contact at an instant of the past; empty if nothing is kept of it, or no version was
   * in force then.
   */
  public Optional<AsOf> asOf(RecordRef contact, long at) {
    return reader.load(contact).flatMap(state -> asOf(state, at));
  }

  private Optional<AsOf> asOf(RecordState state, long at) {
    Relations relations = relations(state);
    Told told = new Told(decoder, reader, relations.all(), emailProperty);
    Hindsight hindsight = new Hindsight(state.ref(), at, told);
    pages(state.ref(), relations).forEachRemaining(hindsight::tell);
    return versions.at(state.ref().connection(), versionAt(state.ref(), at)).map(hindsight::asOf);
  }

  /** Returns a number at which the version was in force that was in force at an instant. */
  private long versionAt(RecordRef contact, long at) {
    long sequence = 1;
    for (long change : reader.lives().switches(contact.connection())) {
      if (isBy(change, at)) {
        sequence = change + 1;
      }
    }
    return sequence;
  }

  private boolean isBy(long sequence, long at) {
    return reader
        .journal()
        .entry(sequence)
        .filter(entry -> entry.entry().receivedAt() <= at)
        .isPresent();
  }

  /**
   * Tells what an entry changed.
   *
   * @param most of no more contacts than this; 1 or more
   */
  public Aftermath aftermath(JournalEntry entry, int most) {
    Set<RecordRef> contacts = concerned(entry);
    List<OfContact> told = new ArrayList<>();
    for (RecordRef contact : contacts) {
      if (told.size() < most) {
        reader
            .load(contact)
            .ifPresent(state -> told.add(new OfContact(contact, after(entry.sequence(), state))));
      }
    }
    return new Aftermath(told, contacts.size() - told.size());
  }

  /** Returns the contacts that an entry told of, by their own names or others. */
  private Set<RecordRef> concerned(JournalEntry entry) {
    Set<RecordRef> contacts = new LinkedHashSet<>();
    Set<RecordRef> others = new LinkedHashSet<>();
    Retelling retelling = new Retelling(decoder, new MemoryShelf(emailProperty, reader::keyed));
    for (Fact fact : retelling.told(entry)) {
      (fact.of().isContact() ? contacts : others).add(fact.of());
    }
    for (RecordRef other : others) {
      contacts.addAll(reader.lives().concerned(entry.sequence(), other));
      if (other.type().equals(RecordRef.EMAIL_ADDRESS)) {
        contacts.addAll(reader.contactsWithAddress(other));
      }
    }
    Set<RecordRef> living = new LinkedHashSet<>();
    contacts.forEach(contact -> living.addAll(survivors(contact)));
    return living;
  }

  /** Whoever was absorbed lives on in another, whose story it is. */
  private Set<RecordRef> survivors(RecordRef contact) {
    Set<RecordRef> seen = new LinkedHashSet<>();
    Set<RecordRef> living = new LinkedHashSet<>();
    Deque<RecordRef> open = new ArrayDeque<>(List.of(contact));
    while (!open.isEmpty() && seen.size() < MOST_MERGES) {
      RecordRef next = open.remove();
      List<RecordRef> survivors =
          reader.load(next).map(state -> state.facts().survivors()).orElse(List.of());
      if (seen.add(next) && survivors.isEmpty()) {
        living.add(next);
      }
      open.addAll(survivors);
    }
    return living;
  }

  private List<Moment> after(long sequence, RecordState state) {
    Relations relations = relations(state);
    Telling telling = telling(state.ref(), relations, sequence, MOST_TASKS);
    Pages pages = pages(state.ref(), relations);
    while (pages.hasNext() && telling.moments().size() < MOST_MOMENTS) {
      telling.tell(pages.next());
    }
    return consequences(sequence, telling.moments());
  }

  private static List<Moment> consequences(long sequence, List<Moment> moments) {
    List<Moment> all = new ArrayList<>();
    boolean written = false;
    boolean moved = false;
    for (Moment moment : moments) {
      boolean isWrite =
          moment.occasion() instanceof Occasion.Written
              || moment.occasion() instanceof Occasion.Refused;
      boolean isDecision =
          moment.occasion() instanceof Occasion.Decided decided && decided.cause() == sequence;
      if (moment.sequence() == sequence
          || isDecision
          || (isWrite && !written && moved && moment.sequence() > sequence)) {
        all.add(moment);
        moved |=
            isDecision
                || !moment.movements().isEmpty()
                || moment.learned().stream().anyMatch(Learned::isNew);
        written |= isWrite && moment.sequence() > sequence;
      }
    }
    return all;
  }

  private Telling telling(RecordRef contact, Relations relations, long from, int most) {
    return new Telling(
        contact,
        relations,
        versions,
        new Told(decoder, reader, relations.all(), emailProperty),
        reader.unwritten().intentsOf(contact, Math.min(most, MOST_TASKS)),
        from);
  }

  private Relations relations(RecordState state) {
    return Relations.of(reader, state, emailProperty);
  }

  /** Entries that are kept while these are read belong to the next story. */
  private Pages pages(RecordRef contact, Relations relations) {
    long last = reader.counts().lastSequence();
    SortedMap<Long, JournalEntry> others = new TreeMap<>();
    reader.lives().switches(contact.connection()).forEach(sequence -> put(others, sequence));
    for (long sequence : reader.lives().quarantined(contact.connection(), MOST_QUARANTINED)) {
      reader
          .journal()
          .entry(sequence)
          .filter(entry -> mentions(entry, contact.id()))
          .ifPresent(entry -> others.put(sequence, entry));
    }
    return new Pages(reader.journal(), relations.all(), last, others);
  }

  private void put(SortedMap<Long, JournalEntry> entries, long sequence) {
    reader.journal().entry(sequence).ifPresent(entry -> entries.put(sequence, entry));
  }

  /** Nobody can say of whom a body tells that cannot be read, but whose id stands in it. */
  private static boolean mentions(JournalEntry entry, String id) {
    return entry.entry() instanceof Delivery delivery
        && Pattern.compile("(?<![0-9A-Za-z])" + Pattern.quote(id) + "(?![0-9A-Za-z])")
            .matcher(new String(delivery.body(), StandardCharsets.UTF_8))
            .find();
  }
}
