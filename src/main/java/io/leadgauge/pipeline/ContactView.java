package io.leadgauge.pipeline;

import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a contact is by all its links. Facts stay where they came; here they are seen together: the
 * contact's own, what the records did that it absorbed, the company that it works at, the meetings
 * and calls that it took part in. Undo a link, and both are as before.
 *
 * @param contact the contact itself, whose properties these are
 * @param absorbed the records that it absorbed, directly or through others, of which only what they
 *     did counts; copied
 * @param aliases what was told of it, and of the records that it absorbed, by other names: by
 *     e-mail addresses, and of visitors who turned out to be it; copied
 * @param company where it works; null for nowhere, or if no model asks
 * @param engagements the records that are activities of it; copied
 * @param awaited the records that a score depends on and that are not known yet; copied
 */
public record ContactView(
    RecordState contact,
    List<RecordState> absorbed,
    List<RecordState> aliases,
    @Nullable RecordState company,
    List<RecordState> engagements,
    Set<RecordRef> awaited) {
  /** The most records that one contact is believed to have absorbed, in whatever way. */
  private static final int MOST_ABSORBED = 1_000;

  /** So often a company is tried to be read before its contacts are scored without it. */
  static final int MOST_TRIES = 3;

  /** The longest way from a record to the one that lives on in its place. */
  private static final int MOST_MERGES = 100;

  public ContactView {
    absorbed = List.copyOf(absorbed);
    aliases = List.copyOf(aliases);
    engagements = List.copyOf(engagements);
    awaited = Set.copyOf(awaited);
  }

  /** Returns the same view of a contact that stands otherwise by now. */
  ContactView as(RecordState other) {
    return new ContactView(other, absorbed, aliases, company, engagements, awaited);
  }

  /** Tells whether all that a score depends on is known. */
  boolean isComplete() {
    return awaited.isEmpty();
  }

  /**
   * Looks at a contact.
   *
   * @param around how other records stand at the same time
   */
  public static ContactView of(ConnectionScope scope, RecordState contact, Neighbourhood around) {
    return new Builder(scope, contact, around).view();
  }

  /**
   * Returns the facts of the contact, of all that it absorbed and of their other names, its own
   * first.
   */
  List<RecordFacts> doings() {
    List<RecordFacts> all = new ArrayList<>();
    all.add(contact.facts());
    absorbed.forEach(record -> all.add(record.facts()));
    aliases.forEach(record -> all.add(record.facts()));
    return all;
  }

  /**
   * Returns the records that live on in place of one, wherever its merges lead; none if it was not
   * absorbed.
   */
  static Set<RecordRef> survivors(
      RecordState state, Function<RecordRef, Optional<RecordState>> lookup) {
    Set<RecordRef> seen = new LinkedHashSet<>();
    Deque<RecordRef> open = new ArrayDeque<>(state.facts().survivors());
    while (!open.isEmpty() && seen.size() < MOST_MERGES) {
      RecordRef next = open.remove();
      if (!next.equals(state.ref()) && seen.add(next)) {
        lookup.apply(next).ifPresent(one -> open.addAll(one.facts().survivors()));
      }
    }
    return seen;
  }

  /** Returns the records that one has absorbed, directly or through others, and holds. */
  static List<RecordState> absorbed(
      RecordState state, Function<RecordRef, Optional<RecordState>> lookup) {
    if (state.absorbed().isEmpty()) {
      return List.of();
    }
    List<RecordState> absorbed = new ArrayList<>();
    Set<RecordRef> seen = new HashSet<>(Set.of(state.ref()));
    Deque<RecordState> open = new ArrayDeque<>(List.of(state));
    while (!open.isEmpty() && absorbed.size() < MOST_ABSORBED) {
      RecordState survivor = open.remove();
      for (RecordRef ref : survivor.absorbed().stream().sorted().toList()) {
        RecordState loser = lookup.apply(ref).orElse(null);
        if (loser != null && loser.facts().survivors().contains(survivor.ref()) && seen.add(ref)) {
          absorbed.add(loser);
          open.add(loser);
        }
      }
    }
    return absorbed;
  }

  /** Gathers what the links lead to. */
  private static final class Builder {
    private final ConnectionScope scope;
    private final RecordState contact;
    private final Neighbourhood around;
    private final Set<RecordRef> awaited = new HashSet<>();

    Builder(ConnectionScope scope, RecordState contact, Neighbourhood around) {
      this.scope = scope;
      this.contact = contact;
      this.around = around;
    }

    ContactView view() {
      List<RecordState> absorbed = absorbed(contact, around::find);
      RecordState company = scope.scores(RecordRef.COMPANY) ? company() : null;
      List<RecordState> engagements = new ArrayList<>();
      for (String type : scope.activityObjects()) {
        engagements.addAll(engagements(type, absorbed));
      }
      List<RecordState> aliases = new Aliases(scope, around).of(contact, absorbed);
      return new ContactView(contact, absorbed, aliases, company, engagements, awaited);
    }

    private @Nullable RecordState company() {
      List<RecordRef> companies = contact.facts().associated(LinkKind.WORKS_AT, RecordRef.COMPANY);
      if (companies.isEmpty()) {
        companies = contact.facts().associated(LinkKind.ASSOCIATED_WITH, RecordRef.COMPANY);
      }
      return companies.isEmpty() ? null : company(companies.getFirst());
    }

    /** A company that was merged into another lives on there. */
    private @Nullable RecordState company(RecordRef ref) {
      RecordState company = around.find(ref).orElse(null);
      for (RecordRef survivor :
          company == null ? Set.<RecordRef>of() : survivors(company, around::find)) {
        company = around.find(survivor).orElse(null);
      }
      if (company != null && company.facts().isGone()) {
        return null;
      }
      if (company == null || (!scope.isKnown(company) && company.due().attempts() < MOST_TRIES)) {
        awaited.add(company == null ? ref : company.ref());
      }
      return company;
    }

    private List<RecordState> engagements(String type, List<RecordState> absorbed) {
      Set<RecordRef> refs =
          new LinkedHashSet<>(contact.facts().associated(LinkKind.ASSOCIATED_WITH, type));
      absorbed.forEach(
          record -> refs.addAll(record.facts().associated(LinkKind.ASSOCIATED_WITH, type)));
      List<RecordState> engagements = new ArrayList<>();
      for (RecordRef ref : refs) {
        RecordState engagement = around.find(ref).orElse(null);
        if (engagement != null && scope.isKnown(engagement) && !engagement.facts().isGone()) {
          engagements.add(engagement);
        } else if (isAwaited(engagement)) {
          awaited.add(ref);
        }
      }
      return engagements;
    }

    /** One that the CRM does not tell must not keep the contact from being scored for ever. */
    private static boolean isAwaited(@Nullable RecordState engagement) {
      return engagement == null
          || (!engagement.facts().isGone() && engagement.due().attempts() == 0);
    }
  }
}
