package io.leadgauge.replay;

import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts.LinkTarget;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Stamp;
import io.leadgauge.store.StoreReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The records that a contact's life is told of, found by all links that ever were.
 *
 * @param own the contact, the records that it absorbed, and the names by which something was told
 *     of any of them: what happens to them happens to the contact; copied
 * @param linked its companies and meetings: what happens to them may move its score; copied
 * @param bystanders other persons with the same address: for whom what is told of it counts depends
 *     on them; copied
 * @param survivors the records that live on in its place; empty while it lives; copied
 */
public record Relations(
    Set<RecordRef> own,
    Set<RecordRef> linked,
    Set<RecordRef> bystanders,
    Set<RecordRef> survivors) {
  /** The most records of one kind. */
  private static final int MOST = 5_000;

  public Relations {
    own = Collections.unmodifiableSet(new LinkedHashSet<>(own));
    linked = Collections.unmodifiableSet(new TreeSet<>(linked));
    bystanders = Collections.unmodifiableSet(new TreeSet<>(bystanders));
    survivors = Collections.unmodifiableSet(new TreeSet<>(survivors));
  }

  /**
   * Finds the records that belong to a contact.
   *
   * @param emailProperty the platform's name of the property that holds an e-mail address
   */
  static Relations of(StoreReader reader, RecordState contact, String emailProperty) {
    Search search = new Search(reader, emailProperty);
    search.follow(contact);
    Set<RecordRef> bystanders = new LinkedHashSet<>(search.bystanders);
    bystanders.removeAll(search.own);
    return new Relations(
        search.own, search.linked, bystanders, Set.copyOf(contact.facts().survivors()));
  }

  /** Returns all of them. */
  Set<RecordRef> all() {
    Set<RecordRef> all = new LinkedHashSet<>(own);
    all.addAll(linked);
    all.addAll(bystanders);
    return all;
  }

  /** Gathers what links lead to. */
  private static final class Search {
    private final StoreReader reader;
    private final String emailProperty;
    private final Set<RecordRef> own = new LinkedHashSet<>();
    private final Set<RecordRef> linked = new LinkedHashSet<>();
    private final Set<RecordRef> bystanders = new LinkedHashSet<>();
    private final Deque<RecordRef> open = new ArrayDeque<>();

    Search(StoreReader reader, String emailProperty) {
      this.reader = reader;
      this.emailProperty = emailProperty;
    }

    void follow(RecordState contact) {
      own.add(contact.ref());
      gather(contact);
      while (!open.isEmpty()) {
        reader.load(open.remove()).ifPresent(this::gather);
      }
      Set<RecordRef> companies = new LinkedHashSet<>(linked);
      companies.forEach(ref -> reader.load(ref).ifPresent(this::addSurvivors));
    }

    private void gather(RecordState state) {
      state.absorbed().stream().sorted().forEach(this::addOwn);
      for (Stamp stamp : state.facts().history(emailProperty)) {
        if (state.ref().isContact() && !stamp.value().isBlank()) {
          addOwn(RecordRef.emailAddress(state.ref().connection(), stamp.value()));
        }
      }
      state.facts().everLinked().stream().sorted().forEach(link -> add(state.ref(), link));
      if (state.ref().type().equals(RecordRef.EMAIL_ADDRESS)) {
        bystanders.addAll(reader.contactsWithAddress(state.ref()));
      }
    }

    private void add(RecordRef from, LinkTarget link) {
      if (link.kind().isSuccession()) {
        return;
      }
      if (link.to().isContact()) {
        addTo(bystanders, link.to());
      } else if (!link.to().isAlias()) {
        addTo(linked, link.to());
      } else if (!from.type().equals(RecordRef.VISITOR)) {
        // The names that a visitor shares lead no further.
        addOwn(link.to());
      }
    }

    /** A company that was merged into another lives on there. */
    private void addSurvivors(RecordState state) {
      for (LinkTarget link : state.facts().everLinked()) {
        if (link.kind() == LinkKind.MERGED_INTO) {
          addTo(linked, link.to());
        }
      }
    }

    private void addOwn(RecordRef ref) {
      if (addTo(own, ref)) {
        open.add(ref);
      }
    }

    private static boolean addTo(Collection<RecordRef> records, RecordRef ref) {
      return records.size() < MOST && records.add(ref);
    }
  }
}
