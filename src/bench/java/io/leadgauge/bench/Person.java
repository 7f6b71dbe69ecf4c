package io.leadgauge.bench;

import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Seniority;
import io.leadgauge.scoring.Shared;
import io.leadgauge.scoring.Subject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A contact as the rule engines see it: typed values that their expressions can compare, text in
 * lower case, the activities newest first. What is missing is empty text or {@link #MISSING}, so
 * that no expression needs to ask for null. The domain starts with a dot.
 */
public final class Person {
  /** A number that is not known. */
  public static final long MISSING = -1;

  /** A number that cannot be read. */
  public static final long UNREADABLE = -2;

  private final String title;
  private final String rank;
  private final String industry;
  private final String country;
  private final String department;
  private final String phone;
  private final String technologies;
  private final String timeline;
  private final String website;
  private final String company;
  private final String domain;
  private final long employees;
  private final long revenue;
  private final long budget;
  private final boolean approved;
  private final boolean optedOut;
  private final List<Activity> activities;
  private final @Nullable Map<String, List<Activity>> byType;
  private final long lastActiveAt;

  private Person(Subject subject, boolean grouped) {
    Map<String, String> texts = subject.properties();
    Seniority seniority = Shared.seniority(texts.getOrDefault("title", ""));
    rank = seniority == null ? "" : seniority.word();
    employees = number(texts.get("company.employees"));
    revenue = number(texts.get("company.revenue"));
    budget = number(texts.get("budget"));
    company = text(texts, "company.name");
    domain = domain(text(texts, "email"));
    approved = text(texts, "budgetApproved").equals("true");
    optedOut = text(texts, "emailOptOut").equals("true");
    title = text(texts, "title");
    industry = text(texts, "industry");
    country = text(texts, "country");
    department = text(texts, "department");
    phone = text(texts, "phone");
    technologies = text(texts, "technologies");
    timeline = text(texts, "timeline");
    website = text(texts, "website");
    activities =
        subject.activities().stream()
            .distinct()
            .sorted(Comparator.comparingLong(Activity::at).reversed())
            .toList();
    byType = grouped ? activities.stream().collect(Collectors.groupingBy(Activity::type)) : null;
    lastActiveAt =
        activities.stream()
            .filter(activity -> FadingRule.TYPES.contains(activity.type()))
            .mapToLong(Activity::at)
            .reduce(subject.knownSince(), Math::max);
  }

  /**
   * Reads a contact.
   *
   * @param grouped whether activities are found by type, which a rule engine does not do by itself
   */
  public static Person of(Subject subject, boolean grouped) {
    return new Person(subject, grouped);
  }

  private static String text(Map<String, String> texts, String name) {
    return texts.getOrDefault(name, "").toLowerCase(Locale.ROOT);
  }

  private static long number(@Nullable String text) {
    if (text == null) {
      return MISSING;
    }
    return text.chars().allMatch(Character::isDigit) ? Long.parseLong(text) : UNREADABLE;
  }

  private static String domain(String mail) {
    return mail.contains("@") ? "." + mail.substring(mail.indexOf('@') + 1) : "";
  }

  /** Returns activities, newest first, among which are all of a type. */
  List<Activity> activities(String type) {
    return byType == null ? activities : byType.getOrDefault(type, List.of());
  }

  /** Returns all values by name, and the person itself as {@code person}; modifiable. */
  Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("title", title);
    values.put("rank", rank);
    values.put("industry", industry);
    values.put("country", country);
    values.put("department", department);
    values.put("phone", phone);
    values.put("technologies", technologies);
    values.put("timeline", timeline);
    values.put("website", website);
    values.put("company", company);
    values.put("domain", domain);
    values.put("employees", employees);
    values.put("revenue", revenue);
    values.put("budget", budget);
    values.put("approved", approved);
    values.put("optedOut", optedOut);
    values.put("person", this);
    return values;
  }

  /** Returns the points of a rule on activities at an instant, in millionths. */
  public long faded(String rule, long now) {
    return FadingRule.of(rule).points(this, now);
  }

  /** Returns for how long nothing was done, in milliseconds. */
  public long silence(long now) {
    return now - lastActiveAt;
  }

  public String getTitle() {
    return title;
  }

  public String getRank() {
    return rank;
  }

  public String getIndustry() {
    return industry;
  }

  public String getCountry() {
    return country;
  }

  public String getDepartment() {
    return department;
  }

  public String getPhone() {
    return phone;
  }

  public String getTechnologies() {
    return technologies;
  }

  public String getTimeline() {
    return timeline;
  }

  public String getWebsite() {
    return website;
  }

  public String getCompany() {
    return company;
  }

  public String getDomain() {
    return domain;
  }

  public long getEmployees() {
    return employees;
  }

  public long getRevenue() {
    return revenue;
  }

  public long getBudget() {
    return budget;
  }

  public boolean isApproved() {
    return approved;
  }

  public boolean isOptedOut() {
    return optedOut;
  }
}
