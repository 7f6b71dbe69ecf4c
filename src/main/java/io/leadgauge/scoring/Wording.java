package io.leadgauge.scoring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Words for reasons: plain English from the names and values that a model has, without anything
 * that time alone changes.
 */
final class Wording {
  private static final Pattern SEPARATORS = Pattern.compile("[._\\-\\s]+");
  private static final Pattern NEW_WORD = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  /** A longer value is cut: a reason is read at a glance. */
  private static final int MOST_VALUE = 60;

  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Wording() {}

  /**
   * Returns a name as a person would write it: {@code companyEmployees} and {@code
   * company.employees} become {@code Company employees}.
   */
  static String capitalised(String name) {
    String words = words(name);
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Returns a name as words, for the middle of a sentence. */
  static String words(String name) {
    String bare = name.substring(name.indexOf(':') + 1);
    String spaced = SEPARATORS.matcher(bare).replaceAll(" ").strip();
    return Pattern.compile(" ")
        .splitAsStream(NEW_WORD.matcher(spaced).replaceAll(" "))
        .map(Wording::lowerUnlessAcronym)
        .collect(Collectors.joining(" "));
  }

  private static String lowerUnlessAcronym(String word) {
    boolean isAcronym = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    return isAcronym ? word : word.toLowerCase(Locale.ROOT);
  }

  /** Returns a span of time in its largest whole unit, such as {@code 14 days}. */
  static String span(long span) {
    if (span % DAY == 0) {
      return amount(span / DAY, "day");
    }
    if (span % HOUR == 0) {
      return amount(span / HOUR, "hour");
    }
    if (span % MINUTE == 0) {
      return amount(span / MINUTE, "minute");
    }
    return span % SECOND == 0 ? amount(span / SECOND, "second") : amount(span, "millisecond");
  }

  /** Returns a span of time after "last" or "every", such as {@code day} or {@code 14 days}. */
  static String bareSpan(long span) {
    String words = span(span);
    return words.startsWith("1 ") ? words.substring(2) : words;
  }

  private static String amount(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  /** Returns how often something was done: {@code once}, {@code 3 times}. */
  static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  /** Returns a value as it is told; {@code not known} if it is missing. */
  static String value(int slot, Vocabulary.Values values) {
    Value value = values.at(slot);
    return value == null ? "not known" : text(value);
  }

  /** Returns what is known of a text, as a sentence. */
  static String text(int slot, Vocabulary.Values values) {
    return is(slot, values, Wording::text);
  }

  /** Returns why a predicate holds at an instant: the facts that it rests on, as a sentence. */
  static String facts(Predicate predicate, Vocabulary.Values values, long at) {
    Set<String> facts = new LinkedHashSet<>();
    addFacts(predicate, true, values, at, facts);
    return String.join(" and ", facts);
  }

  /** Returns what is known of a number, as a sentence. */
  static String number(int slot, Vocabulary.Values values) {
    return is(slot, values, value -> value.number() == null ? null : text(value));
  }

  private static void addFacts(
      Predicate predicate, boolean holds, Vocabulary.Values values, long at, Set<String> facts) {
    switch (predicate) {
      case Predicate.AllOf all -> addFacts(all.predicates(), holds, holds, values, at, facts);
      case Predicate.AnyOf any -> addFacts(any.predicates(), !holds, holds, values, at, facts);
      case Predicate.Inverse inverse -> addFacts(inverse.predicate(), !holds, values, at, facts);
      case Predicate.Aged(int slot, long least, long most) ->
          facts.add(is(slot, values, value -> value.date() == null ? null : text(value)));
      case Predicate.Steady leaf -> facts.add(fact(leaf, values));
    }
  }

  /** Adds the facts of every predicate, or of the first that decides. */
  private static void addFacts(
      List<Predicate> predicates,
      boolean every,
      boolean holds,
      Vocabulary.Values values,
      long at,
      Set<String> facts) {
    for (Predicate predicate : predicates) {
      if (every || predicate.holds(values, at) == holds) {
        addFacts(predicate, holds, values, at, facts);
        if (!every) {
          return;
        }
      }
    }
  }

  private static String fact(Predicate.Steady leaf, Vocabulary.Values values) {
    return switch (leaf) {
      case Predicate.OneOf(int slot, Set<String> texts) -> is(slot, values, Wording::text);
      case Predicate.Matching(int slot, List<Glob> globs) -> is(slot, values, Wording::text);
      case Predicate.Expression(int slot, LinearRegex regex) -> is(slot, values, Wording::text);
      case Predicate.MailKind(int slot, Set<MailboxKind> kinds) ->
          is(slot, values, Wording::mailbox);
      case Predicate.Departmental(int slot, Set<Department> departments) ->
          is(slot, values, Wording::departmental);
      case Predicate.Resident(int slot, Set<String> codes) ->
          is(slot, values, value -> value.country() == null ? null : text(value));
      case Predicate.Listing(int slot, Set<String> texts) ->
          is(slot, values, value -> text(value).replace(";", ", "));
      case Predicate.There(int slot, boolean there) -> is(slot, values, value -> "known");
      case Predicate.Truth(int slot, boolean wanted) -> is(slot, values, Wording::truth);
      case Predicate.Within(int slot, long least, long most) -> number(slot, values);
      case Predicate.MailAt(int slot, Set<String> domains) ->
          is(slot, values, value -> value.domain() == null ? null : "at " + value.domain());
      case Predicate.Ranking(int slot, Set<Seniority> seniorities) ->
          is(slot, values, Wording::ranked);
      case Predicate.Member(int slot) -> membership(slot, values);
    };
  }

  private static String membership(int slot, Vocabulary.Values values) {
    Value value = values.at(slot);
    boolean isMember = value != null && Boolean.TRUE.equals(value.truth());
    return (isMember ? "Is in the list " : "Is not in the list ") + values.title(slot);
  }

  /** How a value is told; null if it could not be read. */
  private interface Telling {
    @Nullable String told(Value value);
  }

  private static String is(int slot, Vocabulary.Values values, Telling telling) {
    String name = values.title(slot);
    Value value = values.at(slot);
    if (value == null) {
      return name + " is not known";
    }
    String told = telling.told(value);
    return told == null ? name + " cannot be read: " + text(value) : name + " is " + told;
  }

  private static @Nullable String truth(Value value) {
    Boolean truth = value.truth();
    return truth == null ? null : yesOrNo(truth);
  }

  private static String ranked(Value value) {
    Seniority seniority = value.seniority();
    return seniority == null ? text(value) : text(value) + " (" + seniority.word() + ")";
  }

  private static @Nullable String mailbox(Value value) {
    String domain = value.domain();
    return domain == null ? null : "at " + domain + " (" + Mailboxes.kind(domain).word() + ")";
  }

  private static String departmental(Value value) {
    Department department = value.department();
    return department == null ? text(value) : text(value) + " (" + department.word() + ")";
  }

  static String yesOrNo(boolean truth) {
    return truth ? "yes" : "no";
  }

  private static String text(Value value) {
    String line = SPACE.matcher(value.text()).replaceAll(" ");
    return line.codePointCount(0, line.length()) <= MOST_VALUE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_VALUE)) + "…";
  }
}
