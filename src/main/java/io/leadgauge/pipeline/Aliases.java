package io.leadgauge.pipeline;

import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * By which names other than the CRM's something is told of a person, and whom such a name leads to:
 * two ways of looking at the same links.
 *
 * <p>A person has the e-mail address that the CRM holds now, those that a source told together with
 * the person's id, and the visitors that were told together with the id or with one of these
 * addresses. A function of the facts alone: the order in which they came leaves no trace. Names
 * that a visitor shares lead no further: two people who used one computer do not become one.
 */
final class Aliases {
  /**
   * How many ids and addresses one visitor may be at most. One of whom more were told is a computer
   * in a shop, or a mistake of the source, and counts for nobody.
   */
  static final int MOST_SHARING = 20;

  /** The most addresses, and the most visitors, of one person: the newest. */
  static final int MOST_OF_ONE = 100;

  /** Ids of digits by number, all others of one length by their text. */
  private static final Comparator<RecordRef> OLDEST_FIRST =
      Comparator.comparing(RecordRef::type)
          .thenComparingInt(ref -> ref.id().length())
          .thenComparing(RecordRef::id);

  private final ConnectionScope scope;
  private final Neighbourhood around;

  Aliases(ConnectionScope scope, Neighbourhood around) {
    this.scope = scope;
    this.around = around;
  }

  /**
   * Returns what was told by the other names of a person.
   *
   * @param absorbed the records that the person's has absorbed
   */
  List<RecordState> of(RecordState person, List<RecordState> absorbed) {
    if (!scope.connection().namesByEmail()) {
      return List.of();
    }
    List<RecordState> own = new ArrayList<>(List.of(person));
    own.addAll(absorbed);
    Set<RecordRef> addresses = new LinkedHashSet<>();
    own.forEach(record -> scope.emailAddress(record).ifPresent(addresses::add));
    own.forEach(record -> addresses.addAll(linked(record, RecordRef.EMAIL_ADDRESS)));
    List<RecordState> all = new ArrayList<>();
    known(addresses).stream().filter(address -> countsFor(address, person)).forEach(all::add);
    Set<RecordRef> visitors = new LinkedHashSet<>();
    own.forEach(record -> visitors.addAll(linked(record, RecordRef.VISITOR)));
    all.forEach(address -> visitors.addAll(linked(address, RecordRef.VISITOR)));
    known(visitors).stream().filter(visitor -> !isShared(visitor)).forEach(all::add);
    return all;
  }

  private List<RecordState> known(Set<RecordRef> refs) {
    return refs.stream().limit(MOST_OF_ONE).flatMap(ref -> around.find(ref).stream()).toList();
  }

  private boolean countsFor(RecordState address, RecordState person) {
    return switch (scope.connection().events().severalWithEmail()) {
      case ALL -> true;
      case NONE -> Set.of(person.ref()).containsAll(bearers(address));
      case OLDEST -> {
        Set<RecordRef> all = new TreeSet<>(bearers(address));
        all.add(person.ref());
        yield Collections.min(all, OLDEST_FIRST).equals(person.ref());
      }
    };
  }

  /** Returns the living persons that a name leads to, however many; none if it leads to nobody. */
  Set<RecordRef> bearers(RecordState alias) {
    Set<RecordRef> persons = new TreeSet<>();
    if (alias.ref().type().equals(RecordRef.EMAIL_ADDRESS)) {
      around.withAddress(alias.ref()).forEach(ref -> addIfTheirs(persons, ref, alias.ref()));
    } else if (isShared(alias)) {
      return persons;
    } else {
      for (RecordState address : known(linkedAll(alias, RecordRef.EMAIL_ADDRESS))) {
        persons.addAll(bearers(address));
      }
    }
    for (String type : scope.connection().personTypes()) {
      linkedAll(alias, type).forEach(ref -> addLiving(persons, ref));
    }
    return persons;
  }

  /** Returns the names that were told together with this one. */
  Set<RecordRef> together(RecordState alias) {
    String other =
        alias.ref().type().equals(RecordRef.VISITOR) ? RecordRef.EMAIL_ADDRESS : RecordRef.VISITOR;
    return linkedAll(alias, other);
  }

  private void addIfTheirs(Collection<RecordRef> persons, RecordRef ref, RecordRef address) {
    RecordState holder = around.find(ref).orElse(null);
    if (holder != null && scope.emailAddress(holder).filter(address::equals).isPresent()) {
      addLiving(persons, ref);
    }
  }

  private void addLiving(Collection<RecordRef> persons, RecordRef ref) {
    RecordState person = around.find(ref).orElse(null);
    if (person == null || !person.facts().isGone()) {
      persons.add(ref);
      return;
    }
    for (RecordRef survivor : ContactView.survivors(person, around::find)) {
      if (around.find(survivor).filter(one -> one.facts().isGone()).isEmpty()) {
        persons.add(survivor);
      }
    }
  }

  private static boolean isShared(RecordState visitor) {
    return sharing(visitor.facts()) > MOST_SHARING;
  }

  private static int sharing(RecordFacts visitor) {
    int sharing = visitor.associated(LinkKind.ASSOCIATED_WITH, RecordRef.EMAIL_ADDRESS).size();
    sharing += visitor.associated(LinkKind.ASSOCIATED_WITH, RecordRef.CONTACT).size();
    return sharing + visitor.associated(LinkKind.ASSOCIATED_WITH, RecordRef.LEAD).size();
  }

  /** Returns the names of this type that were told together with a record, in whatever way. */
  static Set<RecordRef> linked(RecordState record, String type) {
    Set<RecordRef> linked = new LinkedHashSet<>();
    linked.addAll(record.facts().associated(LinkKind.HAS_EMAIL, type));
    linked.addAll(record.facts().associated(LinkKind.ASSOCIATED_WITH, type));
    return linked;
  }

  private static Set<RecordRef> linkedAll(RecordState alias, String type) {
    List<RecordRef> all = alias.facts().associated(LinkKind.ASSOCIATED_WITH, type);
    return new LinkedHashSet<>(all.subList(0, Math.min(all.size(), MOST_OF_ONE)));
  }
}
