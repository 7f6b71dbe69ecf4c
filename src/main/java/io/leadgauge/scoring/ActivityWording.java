package io.leadgauge.scoring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reason of an activity rule, of which only the count is open.
 *
 * @param what what was done, such as {@code Page view (url matches *}{@code /pricing*)}
 * @param how window, bounds and decay, such as {@code in the last 14 days}; empty for none
 * @param limit what is said where the limit took something; empty for no limit
 */
record ActivityWording(String what, String how, String limit) {
  static ActivityWording of(Rule.OnActivity rule) {
    Condition where = rule.where();
    String what = Wording.capitalised(rule.activity());
    Long limit = rule.limit();
    return new ActivityWording(
        where == null ? what : what + " (" + condition(where) + ")",
        within(rule.within())
            + distinct(rule.choice().distinct())
            + atMost(rule.choice().atMost())
            + (rule.choice().once() ? ", the latest alone" : "")
            + decay(rule.decay()),
        limit == null ? "" : ", limited to " + FixedPoint.text(limit) + " points");
  }

  /**
   * Returns the reason.
   *
   * @param count how often it was done
   * @param limited whether the limit takes something before decay
   */
  String reason(int count, boolean limited) {
    return what + " " + Wording.times(count) + how + (limited ? limit : "");
  }

  private static String within(@Nullable Long within) {
    return within == null ? "" : " in the last " + Wording.bareSpan(within);
  }

  private static String distinct(@Nullable String attribute) {
    return attribute == null ? "" : ", each " + Wording.words(attribute) + " once";
  }

  private static String atMost(@Nullable Integer count) {
    return count == null ? "" : ", at most " + count + " a day";
  }

  private static String decay(Decay decay) {
    return switch (decay) {
      case Decay.None none -> "";
      case Decay.HalfLife(long span) -> ", halving every " + Wording.bareSpan(span);
      case Decay.Linear(long span) -> ", fading over " + Wording.span(span);
      case Decay.Steps(List<Decay.Step> steps) -> steps(steps);
    };
  }

  private static String steps(List<Decay.Step> steps) {
    Decay.Step first = steps.getFirst();
    return first.kept() == 0
        ? ", for " + Wording.span(first.age())
        : ", fading in steps from " + Wording.span(first.age()) + " on";
  }

  private static String condition(Condition condition) {
    return switch (condition) {
      case Condition.All all -> joined(all.conditions(), " and ", ActivityWording::nested);
      case Condition.Any any -> joined(any.conditions(), " or ", ActivityWording::nested);
      case Condition.Not not -> "not " + nested(not.condition());
      case Condition.In in -> Wording.words(in.name()) + " is " + sorted(in.values());
      case Condition.Is is -> Wording.words(is.name()) + " is " + Wording.yesOrNo(is.value());
      case Condition.Present present -> Wording.words(present.name()) + " is known";
      case Condition.Missing missing -> Wording.words(missing.name()) + " is not known";
      case Condition.InRange(String name, Long from, Long to) ->
          Wording.words(name) + range(from, to);
      case Condition.Like like ->
          Wording.words(like.name()) + " matches " + joined(like.globs(), " or ", glob -> glob);
      case Condition.MailDomain mail ->
          Wording.words(mail.name()) + " is at " + sorted(mail.domains());
      case Condition.TitleSeniority title ->
          Wording.words(title.name()) + " is " + words(title.seniorities(), Seniority::word);
      case Condition.Mailbox(String name, Set<MailboxKind> kinds) ->
          Wording.words(name) + " is a mailbox that is " + words(kinds, MailboxKind::word);
      case Condition.TitleDepartment(String name, Set<Department> departments) ->
          Wording.words(name) + " is in " + words(departments, Department::word);
      case Condition.CountryIn(String name, Set<String> codes) ->
          Wording.words(name) + " is " + sorted(codes);
      case Condition.Includes list ->
          Wording.words(list.name()) + " includes " + sorted(list.values());
      case Condition.Matches(String name, String regex) ->
          Wording.words(name) + " matches " + regex;
      case Condition.Aged(String name, Long from, Long to) -> Wording.words(name) + age(from, to);
      case Condition.Listed listed -> "in the list " + Wording.words(listed.list());
    };
  }

  private static String nested(Condition condition) {
    boolean isGroup = condition instanceof Condition.All || condition instanceof Condition.Any;
    return isGroup ? "(" + condition(condition) + ")" : condition(condition);
  }

  private static String range(@Nullable Long from, @Nullable Long to) {
    String least = from == null ? "" : " is at least " + FixedPoint.text(from);
    String below = to == null ? "" : " is less than " + FixedPoint.text(to);
    return least.isEmpty() || below.isEmpty() ? least + below : least + " and" + below;
  }

  private static String age(@Nullable Long from, @Nullable Long to) {
    return to != null && to <= 1
        ? apart(1 - to, from == null ? null : Long.valueOf(1 - from)) + " ahead"
        : apart(from, to) + " ago";
  }

  private static String apart(@Nullable Long from, @Nullable Long to) {
    String least = from == null || from <= 0 ? "" : " at least " + Wording.span(from);
    String below = to == null ? "" : " less than " + Wording.span(to);
    return least + (least.isEmpty() || below.isEmpty() ? "" : " and") + below;
  }

  private static <E extends Enum<E>> String words(Set<E> values, Function<E, String> word) {
    return joined(values.stream().sorted().toList(), " or ", word);
  }

  private static String sorted(Set<String> values) {
    return String.join(" or ", new TreeSet<>(values));
  }

  private static <T> String joined(List<T> parts, String between, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(between));
  }
}
