package io.leadgauge.bench;

import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Shared;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules on activities as a Java function that expressions call, because none of the languages
 * can say them by itself.
 *
 * @param points for each, in whole points of a million
 * @param within in milliseconds
 * @param limit in millionths, on the side of the sign of points
 * @param distinct the attribute of which each value counts once; null for all
 */
record FadingRule(
    String id,
    String type,
    Predicate<Activity> where,
    long points,
    Shared.Fade fade,
    long within,
    long limit,
    @Nullable String distinct,
    boolean oncePerDay) {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long ONE = 1_000_000;

  private static final List<FadingRule> ALL =
      List.of(
          plain("visit", "page_view", 1).limited(30),
          plain("pricing", "page_view", 8).having("url", "/pricing").limited(24).within(60).daily(),
          plain("docs", "page_view", 2).having("url", "/docs/"),
          plain("customers", "page_view", 3).having("url", "/customers/"),
          plain("demo", "form_submission", 25).having("form", "demo").limited(50),
          plain("newsletter", "form_submission", 5)
              .matching(activity -> text(activity, "form").equals("newsletter")),
          plain("form", "form_submission", 3),
          plain("click", "email_click", 4).limited(20).daily(),
          plain("open", "email_open", 1).halved().limited(5),
          plain("webinar", "webinar_attended", 15).halving(60).each("webinar"),
          plain("stayed", "webinar_attended", 5)
              .halving(60)
              .matching(activity -> Long.parseLong(text(activity, "minutes")) >= 30),
          plain("download", "download", 5).each("title"),
          plain("meeting", "meeting_booked", 20).halving(90).within(180),
          plain("trial", "trial_started", 25).halving(60),
          plain("chat", "chat", 6).halving(14),
          plain("careers", "page_view", -10).having("url", "/careers").limited(-20));

  private static final Map<String, FadingRule> BY_ID =
      ALL.stream()
          .collect(
              Collectors.toMap(
                  FadingRule::id, rule -> rule, (one, other) -> one, LinkedHashMap::new));

  /** The types of activities that count. */
  static final Set<String> TYPES =
      ALL.stream().map(FadingRule::type).collect(Collectors.toUnmodifiableSet());

  /** Returns the ids of all rules. */
  static List<String> ids() {
    return List.copyOf(BY_ID.keySet());
  }

  /** Returns a rule. */
  static FadingRule of(String id) {
    FadingRule rule = BY_ID.get(id);
    if (rule == null) {
      throw new IllegalArgumentException("no rule " + id + " in " + Arrays.asList(ids()));
    }
    return rule;
  }

  /** Returns what the activities of a person give at an instant, in millionths. */
  long points(Person person, long now) {
    Set<String> seen = distinct == null ? Set.of() : new HashSet<>();
    long lastDay = Long.MAX_VALUE;
    long sum = 0;
    for (Activity activity : person.activities(type)) {
      if (!activity.type().equals(type) || !where.test(activity)) {
        continue;
      }
      long age = now - activity.at();
      long day = Math.floorDiv(activity.at(), DAY);
      boolean counts =
          age < within
              && !(oncePerDay && day == lastDay)
              && (distinct == null || seen.add(text(activity, distinct)));
      lastDay = day;
      sum += counts ? fade.faded(points, age) : 0;
    }
    return points < 0 ? Math.max(sum, limit) : Math.min(sum, limit);
  }

  private static String text(Activity activity, String attribute) {
    return activity.attributes().getOrDefault(attribute, "").toLowerCase(Locale.ROOT);
  }

  private static FadingRule plain(String id, String type, long points) {
    long limit = points < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    return new FadingRule(
        id,
        type,
        any -> true,
        points * ONE,
        Shared.Fade.of(30 * DAY),
        Long.MAX_VALUE,
        limit,
        null,
        false);
  }

  private FadingRule having(String attribute, String part) {
    return matching(activity -> text(activity, attribute).contains(part));
  }

  private FadingRule matching(Predicate<Activity> where) {
    return new FadingRule(id, type, where, points, fade, within, limit, distinct, oncePerDay);
  }

  private FadingRule halved() {
    return new FadingRule(id, type, where, points / 2, fade, within, limit, distinct, oncePerDay);
  }

  private FadingRule halving(int days) {
    return new FadingRule(
        id, type, where, points, Shared.Fade.of(days * DAY), within, limit, distinct, oncePerDay);
  }

  private FadingRule within(int days) {
    return new FadingRule(id, type, where, points, fade, days * DAY, limit, distinct, oncePerDay);
  }

  private FadingRule limited(long whole) {
    return new FadingRule(id, type, where, points, fade, within, whole * ONE, distinct, oncePerDay);
  }

  private FadingRule each(String attribute) {
    return new FadingRule(id, type, where, points, fade, within, limit, attribute, oncePerDay);
  }

  private FadingRule daily() {
    return new FadingRule(id, type, where, points, fade, within, limit, distinct, true);
  }
}
