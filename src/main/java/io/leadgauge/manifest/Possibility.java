package io.leadgauge.manifest;

import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a condition can hold for any contact at all.
 *
 * <p>A "no" is certain. A "yes" may be wrong: what globs and regular expressions have in common is
 * not looked into, and a condition that can be met in very many ways is taken for possible.
 */
final class Possibility {
  private Possibility() {}

  /** Tells whether some contact may satisfy a condition. */
  static boolean isPossible(Condition condition) {
    return ways(condition, true).all().stream().anyMatch(Possibility::isPossible);
  }

  /** Tells whether some contact may satisfy both conditions. */
  static boolean isPossible(Condition one, Condition other) {
    return isPossible(new Condition.All(List.of(one, other)));
  }

  /** Tells whether every contact satisfies a condition; false if in doubt. */
  static boolean isCertain(Condition condition) {
    return !isPossible(new Condition.Not(condition));
  }

  /**
   * A test of one value that must come out so.
   *
   * @param test neither joined nor denied
   * @param holds whether it must hold, or must not
   */
  private record Literal(Condition test, boolean holds) {}

  /** Returns in which ways a condition comes out as wanted. */
  private static Ways<Literal> ways(Condition condition, boolean wanted) {
    return switch (condition) {
      case Condition.Not not -> ways(not.condition(), !wanted);
      case Condition.All all ->
          wanted
              ? Ways.ofAll(ways(all.conditions(), true))
              : Ways.ofAny(ways(all.conditions(), false));
      case Condition.Any any ->
          wanted
              ? Ways.ofAny(ways(any.conditions(), true))
              : Ways.ofAll(ways(any.conditions(), false));
      case Condition.Present(String name) ->
          Ways.of(new Literal(new Condition.Missing(name), !wanted));
      case Condition test -> Ways.of(new Literal(test, wanted));
    };
  }

  private static List<Ways<Literal>> ways(List<Condition> conditions, boolean wanted) {
    return conditions.stream().map(condition -> ways(condition, wanted)).toList();
  }

  private static boolean isPossible(List<Literal> way) {
    Map<String, List<Literal>> byName = new LinkedHashMap<>();
    way.forEach(
        literal ->
            byName.computeIfAbsent(name(literal.test), name -> new ArrayList<>()).add(literal));
    return byName.values().stream().allMatch(Possibility::hasValue);
  }

  /** Returns the name of what a test asks for; it is neither joined nor denied. */
  static String name(Condition test) {
    return switch (test) {
      case Condition.In in -> in.name();
      case Condition.Is is -> is.name();
      case Condition.Present present -> present.name();
      case Condition.Missing missing -> missing.name();
      case Condition.InRange range -> range.name();
      case Condition.Like like -> like.name();
      case Condition.MailDomain domain -> domain.name();
      case Condition.TitleSeniority seniority -> seniority.name();
      case Condition.Mailbox mailbox -> mailbox.name();
      case Condition.TitleDepartment department -> department.name();
      case Condition.CountryIn country -> country.name();
      case Condition.Includes includes -> includes.name();
      case Condition.Matches matches -> matches.name();
      case Condition.Aged aged -> aged.name();
      case Condition.Listed listed -> listed.name();
      case Condition.All all -> throw new IllegalArgumentException("joined: " + all);
      case Condition.Any any -> throw new IllegalArgumentException("joined: " + any);
      case Condition.Not not -> throw new IllegalArgumentException("denied: " + not);
    };
  }

  /** Tells whether one value, or none, may do for all literals of one name. */
  private static boolean hasValue(List<Literal> literals) {
    List<Condition> hold = tests(literals, true);
    List<Condition> fail = tests(literals, false);
    if (hold.stream().anyMatch(fail::contains)) {
      return false;
    }
    if (hold.stream().anyMatch(Condition.Missing.class::isInstance)) {
      return hold.stream().allMatch(Condition.Missing.class::isInstance);
    }
    return hold.isEmpty()
        || (isOfOneKind(hold)
            && isAmong(hold, fail, Possibility::seniorities)
            && isAmong(hold, fail, Possibility::departments)
            && isAmong(hold, fail, Possibility::mailboxes)
            && isAmong(hold, fail, Possibility::countries)
            && hasNumber(hold, fail, Possibility::numbers)
            && hasNumber(hold, fail, Possibility::ages)
            && hasDomain(hold, fail)
            && hasNamedText(hold, fail));
  }

  private static List<Condition> tests(List<Literal> literals, boolean holds) {
    return literals.stream()
        .filter(literal -> literal.holds == holds)
        .map(Literal::test)
        .distinct()
        .toList();
  }

  /** No text is both a number and a date, or an address and a truth value. */
  private static boolean isOfOneKind(List<Condition> hold) {
    return hold.stream().map(Possibility::kind).filter(kind -> kind > 0).distinct().count() <= 1;
  }

  private static int kind(Condition test) {
    return switch (test) {
      case Condition.InRange range -> 1;
      case Condition.Is is -> 2;
      case Condition.Aged aged -> 3;
      case Condition.MailDomain domain -> 4;
      case Condition.Mailbox mailbox -> 4;
      default -> 0;
    };
  }

  // Words of which a value has one at most

  private static @Nullable Set<?> seniorities(Condition test) {
    return test instanceof Condition.TitleSeniority seniority ? seniority.seniorities() : null;
  }

  private static @Nullable Set<?> departments(Condition test) {
    return test instanceof Condition.TitleDepartment department ? department.departments() : null;
  }

  private static @Nullable Set<?> mailboxes(Condition test) {
    return test instanceof Condition.Mailbox mailbox ? mailbox.kinds() : null;
  }

  private static @Nullable Set<?> countries(Condition test) {
    return test instanceof Condition.CountryIn country ? country.codes() : null;
  }

  private static boolean isAmong(
      List<Condition> hold, List<Condition> fail, Function<Condition, @Nullable Set<?>> words) {
    List<Set<?>> allowed = found(hold, words);
    if (allowed.isEmpty()) {
      return true;
    }
    Set<Object> left = new HashSet<>(allowed.getFirst());
    allowed.forEach(left::retainAll);
    found(fail, words).forEach(left::removeAll);
    return !left.isEmpty();
  }

  /** Returns what a part of some tests says; nothing of the others. */
  private static <T> List<T> found(List<Condition> tests, Function<Condition, @Nullable T> part) {
    List<T> found = new ArrayList<>();
    for (Condition test : tests) {
      T one = part.apply(test);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  // Numbers and ages

  /** A half-open range; null for no bound. */
  private record Span(@Nullable Long from, @Nullable Long to) {
    boolean has(long number) {
      return (from == null || number >= from) && (to == null || number < to);
    }
  }

  private static @Nullable Span numbers(Condition test) {
    return test instanceof Condition.InRange range ? new Span(range.from(), range.to()) : null;
  }

  private static @Nullable Span ages(Condition test) {
    return test instanceof Condition.Aged aged ? new Span(aged.from(), aged.to()) : null;
  }

  /**
   * What is possible is half-open ranges, and each begins where one of the given begins or ends.
   */
  private static boolean hasNumber(
      List<Condition> hold, List<Condition> fail, Function<Condition, @Nullable Span> span) {
    List<Span> in = found(hold, span);
    List<Span> out = found(fail, span);
    Set<Long> starts = new HashSet<>(Set.of(Long.MIN_VALUE));
    for (Span one : Stream.concat(in.stream(), out.stream()).toList()) {
      starts.add(one.from == null ? Long.MIN_VALUE : one.from);
      starts.add(one.to == null ? Long.MIN_VALUE : one.to);
    }
    return in.isEmpty()
        || starts.stream()
            .anyMatch(
                start ->
                    in.stream().allMatch(one -> one.has(start))
                        && out.stream().noneMatch(one -> one.has(start)));
  }

  // Values that can be tried out

  /** If any domain does, then one of those that are named does. */
  private static boolean hasDomain(List<Condition> hold, List<Condition> fail) {
    List<Condition> allowed = only(Condition.MailDomain.class, hold);
    List<String> addresses =
        allowed.stream()
            .flatMap(test -> ((Condition.MailDomain) test).domains().stream())
            .map(domain -> "a@" + domain)
            .toList();
    return allowed.isEmpty() || isOneOf(addresses, allowed, only(Condition.MailDomain.class, fail));
  }

  private static List<Condition> only(Class<? extends Condition> kind, List<Condition> tests) {
    return tests.stream().filter(kind::isInstance).toList();
  }

  /** Where a test names its values, one of these must pass the other tests as well. */
  private static boolean hasNamedText(List<Condition> hold, List<Condition> fail) {
    for (Condition test : hold) {
      List<String> named = named(test);
      if (!named.isEmpty() && !isOneOf(named, hold, fail)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the only values that pass a test, in several spellings; none if they are too many. */
  private static List<String> named(Condition test) {
    List<String> texts =
        switch (test) {
          case Condition.In in -> List.copyOf(in.values());
          case Condition.Is is -> List.of(Boolean.toString(is.value()));
          case Condition.Like like when like.globs().stream().noneMatch(Possibility::isOpen) ->
              like.globs();
          default -> List.of();
        };
    return texts.stream()
        .flatMap(
            text -> Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)))
        .toList();
  }

  private static boolean isOpen(String glob) {
    return glob.indexOf('*') >= 0 || glob.indexOf('?') >= 0;
  }

  /** Tells whether one of some values passes all tests; those of its age are left out. */
  private static boolean isOneOf(List<String> texts, List<Condition> hold, List<Condition> fail) {
    List<Condition> tests = new ArrayList<>(hold);
    fail.forEach(test -> tests.add(new Condition.Not(test)));
    tests.removeIf(
        test -> ages(test instanceof Condition.Not(Condition denied) ? denied : test) != null);
    ScoringModel model = ScoringModel.of(onlyFor(new Condition.All(tests)));
    String name = name(hold.getFirst());
    return texts.stream().anyMatch(text -> isScored(model, Map.of(name, text)));
  }

  private static ModelDefinition onlyFor(Condition audience) {
    return new ModelDefinition(
        "trial",
        audience,
        List.of(),
        List.of(),
        0,
        Millionths.ONE,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of());
  }

  private static boolean isScored(ScoringModel model, Map<String, String> properties) {
    Subject subject = new Subject(properties, List.of(), 0);
    StageInCrm nowhere = new StageInCrm(-1, Map.of());
    return model.evaluate(subject, Decision.NONE, nowhere, 0).score().scored();
  }
}
