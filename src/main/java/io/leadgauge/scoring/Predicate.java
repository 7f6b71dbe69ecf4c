package io.leadgauge.scoring;

import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A compiled {@link Condition}: names are slots, texts are folded, bounds are closed.
 *
 * <p>Only {@link Aged} depends on the instant at which is asked.
 */
sealed interface Predicate {
  /** All hold. */
  record AllOf(List<Predicate> predicates) implements Predicate {}

  /** One holds. */
  record AnyOf(List<Predicate> predicates) implements Predicate {}

  /** The other does not hold. */
  record Inverse(Predicate predicate) implements Predicate {}

  /** A test of one value that time does not change. */
  sealed interface Steady extends Predicate {
    /** Returns the slot of the value. */
    int slot();
  }

  /** The folded text is one of these. */
  record OneOf(int slot, Set<String> texts) implements Steady {}

  /** The truth value is this one. */
  record Truth(int slot, boolean value) implements Steady {}

  /** The value is there, or is not. */
  record There(int slot, boolean there) implements Steady {}

  /** The number is in a range, both ends inclusive. */
  record Within(int slot, long least, long most) implements Steady {}

  /** The folded text matches one of these. */
  record Matching(int slot, List<Glob> globs) implements Steady {}

  /** The e-mail address is in one of these domains or below. */
  record MailAt(int slot, Set<String> domains) implements Steady {}

  /** The e-mail address is of one of these kinds. */
  record MailKind(int slot, Set<MailboxKind> kinds) implements Steady {}

  /** The job title, or the department, is of one of these departments. */
  record Departmental(int slot, Set<Department> departments) implements Steady {}

  /** The country has one of these codes. */
  record Resident(int slot, Set<String> codes) implements Steady {}

  /** The job title is of one of these seniorities. */
  record Ranking(int slot, Set<Seniority> seniorities) implements Steady {}

  /** One of the texts of a list, divided by semicolons, is one of these. */
  record Listing(int slot, Set<String> texts) implements Steady {}

  /** The text matches a regular expression somewhere. */
  record Expression(int slot, LinearRegex regex) implements Steady {}

  /** The date's age is in a range, both ends inclusive. */
  record Aged(int slot, long least, long most) implements Predicate {}

  /** The contact is in a list of the CRM: the slot's truth value is true. */
  record Member(int slot) implements Steady {}

  /**
   * Tells whether this holds for values.
   *
   * @param at the instant at which is asked
   */
  default boolean holds(Vocabulary.Values values, long at) {
    return switch (this) {
      case AllOf all -> allHold(all.predicates, values, at);
      case AnyOf any -> anyHolds(any.predicates, values, at);
      case Inverse inverse -> !inverse.predicate.holds(values, at);
      case There there -> (values.at(there.slot) != null) == there.there;
      case OneOf(int slot, Set<String> texts) -> {
        Value value = values.at(slot);
        yield value != null && texts.contains(value.folded());
      }
      case Truth(int slot, boolean wanted) -> {
        Value value = values.at(slot);
        yield value != null && value.truth() != null && value.truth() == wanted;
      }
      case Within(int slot, long least, long most) -> {
        Value value = values.at(slot);
        Long number = value == null ? null : value.number();
        yield number != null && least <= number && number <= most;
      }
      case Matching(int slot, List<Glob> globs) -> {
        Value value = values.at(slot);
        yield value != null && anyMatches(globs, value.folded());
      }
      case MailAt(int slot, Set<String> domains) -> {
        Value value = values.at(slot);
        yield value != null && isIn(domains, value.domain());
      }
      case Ranking(int slot, Set<Seniority> seniorities) -> {
        Value value = values.at(slot);
        yield value != null && value.seniority() != null && seniorities.contains(value.seniority());
      }
      case MailKind(int slot, Set<MailboxKind> kinds) -> {
        Value value = values.at(slot);
        yield value != null
            && value.domain() != null
            && kinds.contains(Mailboxes.kind(value.domain()));
      }
      case Departmental(int slot, Set<Department> departments) -> {
        Value value = values.at(slot);
        yield value != null
            && value.department() != null
            && departments.contains(value.department());
      }
      case Resident(int slot, Set<String> codes) -> {
        Value value = values.at(slot);
        yield value != null && value.country() != null && codes.contains(value.country());
      }
      case Listing(int slot, Set<String> texts) -> {
        Value value = values.at(slot);
        yield value != null && anyListed(texts, value.folded());
      }
      case Expression(int slot, LinearRegex regex) -> {
        Value value = values.at(slot);
        yield value != null && regex.isIn(value.text());
      }
      case Aged(int slot, long least, long most) -> {
        Value value = values.at(slot);
        Long date = value == null ? null : value.date();
        yield date != null && least <= at - date && at - date <= most;
      }
      case Member(int slot) -> {
        Value value = values.at(slot);
        yield value != null && Boolean.TRUE.equals(value.truth());
      }
    };
  }

  /** Tells whether time alone can make this hold or not. */
  default boolean isTimed() {
    return switch (this) {
      case AllOf all -> all.predicates.stream().anyMatch(Predicate::isTimed);
      case AnyOf any -> any.predicates.stream().anyMatch(Predicate::isTimed);
      case Inverse inverse -> inverse.predicate.isTimed();
      case Aged aged -> true;
      case Steady leaf -> false;
    };
  }

  /** Returns the slot of the value that is tested first; -1 if there is none. */
  default int firstSlot() {
    return switch (this) {
      case AllOf all -> firstSlot(all.predicates);
      case AnyOf any -> firstSlot(any.predicates);
      case Inverse inverse -> inverse.predicate.firstSlot();
      case Aged aged -> aged.slot;
      case Steady leaf -> leaf.slot();
    };
  }

  private static int firstSlot(List<Predicate> predicates) {
    return predicates.isEmpty() ? -1 : predicates.getFirst().firstSlot();
  }

  /** Tells every instant at which this may begin to hold, or cease to. */
  default void forEachTurn(Vocabulary.Values values, LongConsumer turn) {
    switch (this) {
      case AllOf all -> all.predicates.forEach(one -> one.forEachTurn(values, turn));
      case AnyOf any -> any.predicates.forEach(one -> one.forEachTurn(values, turn));
      case Inverse inverse -> inverse.predicate.forEachTurn(values, turn);
      case Aged(int slot, long least, long most) -> {
        Value value = values.at(slot);
        if (value != null && value.date() != null) {
          if (least != Long.MIN_VALUE) {
            turn.accept(value.date() + least);
          }
          if (most != Long.MAX_VALUE) {
            turn.accept(value.date() + most + 1);
          }
        }
      }
      case Steady leaf -> {}
    }
  }

  private static boolean allHold(List<Predicate> predicates, Vocabulary.Values values, long at) {
    for (Predicate predicate : predicates) {
      if (!predicate.holds(values, at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyHolds(List<Predicate> predicates, Vocabulary.Values values, long at) {
    for (Predicate predicate : predicates) {
      if (predicate.holds(values, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyMatches(List<Glob> globs, String text) {
    for (Glob glob : globs) {
      if (glob.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyListed(Set<String> texts, String list) {
    int start = 0;
    while (start <= list.length()) {
      int semicolon = list.indexOf(';', start);
      int end = semicolon < 0 ? list.length() : semicolon;
      if (texts.contains(list.substring(start, end).strip())) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isIn(Set<String> domains, @Nullable String domain) {
    String rest = domain;
    while (rest != null) {
      if (domains.contains(rest)) {
        return true;
      }
      int dot = rest.indexOf('.');
      rest = dot < 0 ? null : rest.substring(dot + 1);
    }
    return false;
  }

  /** Compiles a condition; its names get slots of the vocabulary. */
  static Predicate of(Condition condition, Vocabulary.Builder vocabulary) {
    return switch (condition) {
      case Condition.All all -> new AllOf(of(all.conditions(), vocabulary));
      case Condition.Any any -> new AnyOf(of(any.conditions(), vocabulary));
      case Condition.Not not -> new Inverse(of(not.condition(), vocabulary));
      case Condition.In in -> new OneOf(vocabulary.slot(in.name()), folded(in.values()));
      case Condition.Is is -> new Truth(vocabulary.slot(is.name(), Value.Need.TRUTH), is.value());
      case Condition.Present present -> new There(vocabulary.slot(present.name()), true);
      case Condition.Missing missing -> new There(vocabulary.slot(missing.name()), false);
      case Condition.InRange(String name, Long from, Long to) ->
          new Within(vocabulary.slot(name, Value.Need.NUMBER), least(from), most(to));
      case Condition.Like like ->
          new Matching(vocabulary.slot(like.name()), like.globs().stream().map(Glob::of).toList());
      case Condition.MailDomain mail ->
          new MailAt(vocabulary.slot(mail.name(), Value.Need.MAIL), folded(mail.domains()));
      case Condition.TitleSeniority title ->
          new Ranking(vocabulary.slot(title.name(), Value.Need.TITLE), title.seniorities());
      case Condition.Mailbox(String name, Set<MailboxKind> kinds) ->
          new MailKind(vocabulary.slot(name, Value.Need.MAIL), kinds);
      case Condition.TitleDepartment(String name, Set<Department> departments) ->
          new Departmental(vocabulary.slot(name, Value.Need.DEPARTMENT), departments);
      case Condition.CountryIn(String name, Set<String> codes) ->
          new Resident(vocabulary.slot(name, Value.Need.COUNTRY), codes);
      case Condition.Includes list ->
          new Listing(vocabulary.slot(list.name()), folded(list.values()));
      case Condition.Matches(String name, String regex) ->
          new Expression(vocabulary.slot(name), LinearRegex.of(regex));
      case Condition.Aged(String name, Long from, Long to) ->
          new Aged(vocabulary.slot(name, Value.Need.DATE), least(from), most(to));
      case Condition.Listed listed -> new Member(vocabulary.slot(listed.name(), Value.Need.TRUTH));
    };
  }

  private static List<Predicate> of(List<Condition> conditions, Vocabulary.Builder vocabulary) {
    return conditions.stream().map(condition -> of(condition, vocabulary)).toList();
  }

  /** Returns the least number of a range that starts at {@code from}. */
  static long least(@Nullable Long from) {
    return from == null ? Long.MIN_VALUE : from;
  }

  /** Returns the greatest number of a range that ends before {@code to}. */
  static long most(@Nullable Long to) {
    return to == null ? Long.MAX_VALUE : to - 1;
  }

  private static Set<String> folded(Set<String> texts) {
    return texts.stream().map(Value::fold).collect(Collectors.toUnmodifiableSet());
  }
}
