package io.leadgauge.pipeline;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A contact as it was at each instant since its first fact, by what had happened by then, whenever
 * that was told. Goes forward only, a chapter at a time. Pure, but for what it finds; not
 * thread-safe.
 */
public final class Hindsight {
  private static final Comparator<Activity> OLDEST_FIRST = Comparator.comparingLong(Activity::at);

  private final ConnectionScope scope;
  private final RecordState contact;
  private final Neighbourhood around;
  private final OptionalLong beganAt;
  private final Set<String> read;

  /** The instants at which a property or a link of a record changed that was met so far. */
  private final NavigableSet<Long> changes = new TreeSet<>();

  private final Map<RecordRef, Optional<RecordState>> met = new HashMap<>();
  private List<RecordRef> doers = List.of();
  private @Nullable List<Activity> done;

  /**
   * The time from one change of what a contact is to the next.
   *
   * @param from when it begins
   * @param to when the next one begins; {@link Long#MAX_VALUE} for never
   * @param view the contact and what it is linked to, by the facts of until then
   * @param activities what it did and was to do, at any time, oldest first
   */
  public record Chapter(long from, long to, ContactView view, List<Activity> activities) {
    /** Tells whether the contact is deleted, or lives on in another one. */
    public boolean isGone() {
      return view.contact().facts().isGone();
    }
  }

  /**
   * Begins with a contact.
   *
   * @param scope what its connection and models read
   * @param contact all that is known of it
   * @param around all that is known of other records
   */
  public Hindsight(ConnectionScope scope, RecordState contact, Neighbourhood around) {
    this.scope = scope;
    this.contact = contact;
    this.around = around;
    this.read = read(scope, contact.ref().type());
    this.beganAt =
        contact.facts().all(contact.ref()).stream()
            .filter(fact -> !isReserved(fact))
            .mapToLong(Fact::at)
            .min();
    beganAt.ifPresent(
        began -> {
          changes.add(began);
          meet(contact, began);
        });
  }

  /** What we noted ourselves, and when we looked, is nothing that happened to the contact. */
  private static boolean isReserved(Fact fact) {
    return fact instanceof Fact.Assigned assigned
        && assigned.property().startsWith(Fact.Assigned.RESERVED)
        && !assigned.property().equals(Fact.Assigned.PRESENCE);
  }

  /** Returns when the first fact happened; empty where nothing is known of the contact. */
  public OptionalLong beganAt() {
    return beganAt;
  }

  /** Returns all that is known of the contact. */
  public RecordState contact() {
    return contact;
  }

  /** Returns the next chapter, if it begins before an instant. */
  public Optional<Chapter> next(long until) {
    Long from = changes.pollFirst();
    if (from == null || from >= until) {
      return Optional.empty();
    }
    ContactView view =
        ContactView.of(
            scope,
            asOf(contact, from),
            new Neighbourhood() {
              @Override
              public Optional<RecordState> find(RecordRef ref) {
                return met(ref, from).map(record -> asOf(record, from));
              }

              @Override
              public Set<RecordRef> withAddress(RecordRef address) {
                return around.withAddress(address);
              }
            });
    List<Activity> activities = activities(view);
    long to = changes.isEmpty() ? Long.MAX_VALUE : changes.first();
    return Optional.of(new Chapter(from, to, view, activities));
  }

  /** Nothing was decided of it yet, and we have known it since its first fact. */
  private RecordState asOf(RecordState record, long at) {
    return new RecordState(
        record.ref(),
        record.rowId(),
        record.version(),
        Math.min(record.firstSeenAt(), beganAt.orElse(at)),
        0,
        0,
        record.cut(),
        record.facts().asOf(at),
        Map.of(),
        record.due(),
        record.absorbed());
  }

  private Optional<RecordState> met(RecordRef ref, long now) {
    Optional<RecordState> known = met.get(ref);
    if (known == null) {
      known = ref.equals(contact.ref()) ? Optional.of(contact) : around.find(ref);
      met.put(ref, known);
      known.ifPresent(record -> meet(record, now));
    }
    return known;
  }

  private void meet(RecordState record, long now) {
    Set<String> names = record.ref().isContact() ? read : scope.required(record.ref().type());
    for (Fact fact : record.facts().all(record.ref())) {
      if (fact.at() > now && isChange(fact, names)) {
        changes.add(fact.at());
      }
    }
  }

  private boolean isChange(Fact fact, Set<String> names) {
    return switch (fact) {
      case Fact.Assigned assigned ->
          names.contains(assigned.property()) || assigned.property().equals(Fact.Assigned.PRESENCE);
      case Fact.Happened happened -> false;
      case Fact.Linked linked -> scope.concerns(linked);
    };
  }

  /**
   * Returns the platform's names of the properties of persons that what a contact is depends on.
   */
  private static Set<String> read(ConnectionScope scope, String person) {
    Set<String> names = new HashSet<>();
    for (String name : scope.properties()) {
      String property = ReadNames.propertyOf(scope.connection(), name, person);
      if (property != null) {
        names.add(property);
      }
    }
    scope.required(person).stream()
        .filter(name -> name.startsWith(Fact.Assigned.ASSOCIATED))
        .forEach(names::add);
    if (scope.connection().namesByEmail()) {
      names.add(scope.connection().kind().emailProperty());
    }
    return names;
  }

  // What it did

  /** When it was done is told by itself, so nothing of it is left out for being told late. */
  private List<Activity> activities(ContactView view) {
    List<RecordRef> now = doers(view);
    List<Activity> same = done;
    if (same == null || !now.equals(doers)) {
      same = new ArrayList<>(NeutralView.activities(scope, whole(view)));
      same.sort(OLDEST_FIRST);
      done = same;
      doers = now;
    }
    return same;
  }

  private static List<RecordRef> doers(ContactView view) {
    List<RecordRef> refs = new ArrayList<>();
    view.absorbed().forEach(record -> refs.add(record.ref()));
    view.aliases().forEach(record -> refs.add(record.ref()));
    view.engagements().forEach(record -> refs.add(record.ref()));
    return refs;
  }

  private ContactView whole(ContactView view) {
    return new ContactView(
        contact,
        whole(view.absorbed()),
        whole(view.aliases()),
        null,
        whole(view.engagements()),
        Set.of());
  }

  private List<RecordState> whole(List<RecordState> records) {
    return records.stream()
        .map(record -> met.getOrDefault(record.ref(), Optional.empty()).orElse(record))
        .toList();
  }
}
