package io.leadgauge.scoring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A compiled {@link Condition}: names are slots, texts are folded, bounds are closed. */
sealed interface Predicate {
  /** All hold. */
  record AllOf(List<Predicate> predicates) implements Predicate {}

  /** One holds. */
  record AnyOf(List<Predicate> predicates) implements Predicate {}

  /** The other does not hold. */
  record Inverse(Predicate predicate) implements Predicate {}

  /** The folded text is one of these. */
  record OneOf(int slot, Set<String> texts) implements Predicate {}

  /** The truth value is this one. */
  record Truth(int slot, boolean value) implements Predicate {}

  /** The value is there, or is not. */
  record There(int slot, boolean there) implements Predicate {}

  /** The number is in a range, both ends inclusive. */
  record Within(int slot, long least, long most) implements Predicate {}

  /** The folded text matches one of these. */
  record Matching(int slot, List<Glob> globs) implements Predicate {}

  /** The e-mail address is in one of these domains or below. */
  record MailAt(int slot, Set<String> domains) implements Predicate {}

  /** The job title is of one of these seniorities. */
  record Ranking(int slot, Set<Seniority> seniorities) implements Predicate {}

  /** Tells whether this holds for values. */
  default boolean holds(Vocabulary.Values values) {
    return switch (this) {
      case AllOf all -> allHold(all.predicates, values);
      case AnyOf any -> anyHolds(any.predicates, values);
      case Inverse inverse -> !inverse.predicate.holds(values);
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
    };
  }

  private static boolean allHold(List<Predicate> predicates, Vocabulary.Values values) {
    for (Predicate predicate : predicates) {
      if (!predicate.holds(values)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyHolds(List<Predicate> predicates, Vocabulary.Values values) {
    for (Predicate predicate : predicates) {
      if (predicate.holds(values)) {
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
