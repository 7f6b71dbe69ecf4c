package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The model {@code forty-rules} written by hand, as fast as Java allows: no names at evaluation,
 * each activity weighed once, points that are whole multiplied once at the end.
 */
public final class HandTuned {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final HalfLifeWeight MONTH = HalfLifeWeight.of(30 * DAY);
  private static final HalfLifeWeight TWO_MONTHS = HalfLifeWeight.of(60 * DAY);
  private static final HalfLifeWeight THREE_MONTHS = HalfLifeWeight.of(90 * DAY);
  private static final HalfLifeWeight TWO_WEEKS = HalfLifeWeight.of(14 * DAY);
  private static final long SILENCE = 20 * DAY;
  private static final long ONE = FixedPoint.ONE;

  private static final int DEMO = 1;
  private static final int NEWSLETTER = 2;
  private static final int PRICING = 1;
  private static final int DOCS = 2;
  private static final int CUSTOMERS = 4;
  private static final int CAREERS = 8;
  private static final int FIRST = 1;
  private static final int STAYED = 2;

  private static final int INDEX_BITS = 20;
  private static final long[] NO_TIMES = {};
  private static final byte[] NO_MARKS = {};

  private HandTuned() {}

  /** The activities of one type, newest first, with what the rules ask of each as bits. */
  private static final class Done {
    private long[] at = NO_TIMES;
    private byte[] marks = NO_MARKS;
    private int count;

    void add(long time, int mark) {
      if (count == at.length) {
        int larger = Math.max(8, 2 * count);
        at = Arrays.copyOf(at, larger);
        marks = Arrays.copyOf(marks, larger);
      }
      at[count] = time;
      marks[count++] = (byte) mark;
    }

    boolean isNewDay(long time, int mark) {
      for (int i = count - 1; i >= 0; i--) {
        if ((marks[i] & mark) != 0) {
          return Math.floorDiv(at[i], DAY) != Math.floorDiv(time, DAY);
        }
      }
      return true;
    }
  }

  /** A contact in the form that suits the model best. */
  public static final class Contact {
    private @Nullable Seniority seniority;
    private boolean isStudent;
    private long employees = MISSING;
    private long revenue = MISSING;
    private long budget = MISSING;
    private boolean isSoftware;
    private boolean isFinance;
    private int country;
    private boolean isTechnical;
    private boolean isSecurity;
    private boolean isBuying;
    private boolean hasPhone;
    private boolean hasCompany;
    private boolean isPartner;
    private boolean isFreeMail;
    private boolean usesKubernetes;
    private boolean isBudgetApproved;
    private boolean isSoon;
    private boolean isNever;
    private boolean hasWebsite;
    private boolean isOptedOut;
    private long fit;

    private final Done pages = new Done();
    private final Done forms = new Done();
    private final Done clicks = new Done();
    private final Done opens = new Done();
    private final Done webinars = new Done();
    private final Done downloads = new Done();
    private final Done meetings = new Done();
    private final Done trials = new Done();
    private final Done chats = new Done();
    private long lastActiveAt;

    /** Returns the shown total, in whole points, every rule applied anew. */
    public long totalOfSlots(long now) {
      return shown(fit() + engagement(now));
    }

    /** Returns the shown total, in whole points; what the properties give is known. */
    public long total(long now) {
      return shown(fit + engagement(now));
    }

    private static long shown(long sum) {
      return FixedPoint.whole(Math.clamp(sum, -1000 * ONE, 2000 * ONE));
    }

    /** Returns the dimension fit in millionths. */
    public long fit() {
      long sum = 0;
      sum +=
          switch (seniority) {
            case C_LEVEL, VP, DIRECTOR -> 20 * ONE;
            case MANAGER -> 8 * ONE;
            case null, default -> 0;
          };
      sum += size();
      sum += revenue >= 10_000_000 * ONE ? 10 * ONE : revenue >= 1_000_000 * ONE ? 5 * ONE : 0;
      sum += isSoftware ? 10 * ONE : 0;
      sum += isFinance ? 6 * ONE : 0;
      sum += country == 1 ? 8 * ONE : country == 2 ? 5 * ONE : 0;
      sum += isTechnical ? 6 * ONE : 0;
      sum += isSecurity ? 4 * ONE : 0;
      sum += hasPhone ? 2 * ONE : 0;
      sum += hasCompany ? 2 * ONE : 0;
      sum += isPartner ? 10 * ONE : 0;
      sum += usesKubernetes ? 4_500_000 : 0;
      sum += budget >= 50_000 * ONE ? 12 * ONE : 0;
      sum += isBudgetApproved ? 10 * ONE : 0;
      sum += isSoon ? 8 * ONE : 0;
      boolean canBuy = isBuying || budget >= 10_000 * ONE;
      sum += seniority == Seniority.DIRECTOR && canBuy && !isNever ? 7_500_000 : 0;
      sum += hasWebsite ? 0 : ONE;
      sum -= isFreeMail ? 10 * ONE : 0;
      sum -= isOptedOut ? 25 * ONE : 0;
      sum -= isStudent ? 15 * ONE : 0;
      return sum;
    }

    private long size() {
      if (employees >= 50 * ONE) {
        return employees >= 500 * ONE ? 15 * ONE : 10 * ONE;
      }
      return employees >= 10 * ONE ? 5 * ONE : employees == MISSING ? ONE : 0;
    }

    /** Returns the dimension engagement in millionths. */
    public long engagement(long now) {
      return pages(now)
          + forms(now)
          + Math.min(4 * weights(clicks, now, MONTH), 20 * ONE)
          + opens(now)
          + webinars(now)
          + 5 * weights(downloads, now, MONTH)
          + meetings(now)
          + 25 * weights(trials, now, TWO_MONTHS)
          + 6 * weights(chats, now, TWO_WEEKS)
          - (age(lastActiveAt, now) >= SILENCE ? 10 * ONE : 0);
    }

    private long pages(long now) {
      long visits = 0;
      long pricing = 0;
      long docs = 0;
      long customers = 0;
      long careers = 0;
      for (int i = 0; i < pages.count; i++) {
        long age = age(pages.at[i], now);
        long weight = MONTH.at(age);
        visits += weight;
        int marks = pages.marks[i];
        pricing += (marks & PRICING) != 0 && age < 60 * DAY ? weight : 0;
        docs += (marks & DOCS) != 0 ? weight : 0;
        customers += (marks & CUSTOMERS) != 0 ? weight : 0;
        careers += (marks & CAREERS) != 0 ? weight : 0;
      }
      return Math.min(visits, 30 * ONE)
          + Math.min(8 * pricing, 24 * ONE)
          + 2 * docs
          + 3 * customers
          + Math.max(-10 * careers, -20 * ONE);
    }

    private long forms(long now) {
      long all = 0;
      long demos = 0;
      long newsletters = 0;
      for (int i = 0; i < forms.count; i++) {
        long weight = MONTH.at(age(forms.at[i], now));
        all += weight;
        demos += (forms.marks[i] & DEMO) != 0 ? weight : 0;
        newsletters += (forms.marks[i] & NEWSLETTER) != 0 ? weight : 0;
      }
      return Math.min(25 * demos, 50 * ONE) + 5 * newsletters + 3 * all;
    }

    private long opens(long now) {
      long sum = 0;
      for (int i = 0; i < opens.count; i++) {
        sum += FixedPoint.times(ONE / 2, MONTH.at(age(opens.at[i], now)));
      }
      return Math.min(sum, 5 * ONE);
    }

    private long webinars(long now) {
      long different = 0;
      long stayed = 0;
      for (int i = 0; i < webinars.count; i++) {
        long weight = TWO_MONTHS.at(age(webinars.at[i], now));
        different += (webinars.marks[i] & FIRST) != 0 ? weight : 0;
        stayed += (webinars.marks[i] & STAYED) != 0 ? weight : 0;
      }
      return 15 * different + 5 * stayed;
    }

    private long meetings(long now) {
      long sum = 0;
      for (int i = 0; i < meetings.count; i++) {
        long age = age(meetings.at[i], now);
        sum += age < 180 * DAY ? THREE_MONTHS.at(age) : 0;
      }
      return 20 * sum;
    }

    private static long weights(Done done, long now, HalfLifeWeight weight) {
      long sum = 0;
      for (int i = 0; i < done.count; i++) {
        sum += weight.at(age(done.at[i], now));
      }
      return sum;
    }

    private static long age(long at, long now) {
      return Math.max(0, now - at);
    }
  }

  private static final long MISSING = Long.MIN_VALUE;
  private static final long UNREADABLE = Long.MIN_VALUE + 1;

  /** Reads a contact. */
  public static Contact read(Subject subject) {
    Contact contact = new Contact();
    readProperties(subject.properties(), contact);
    contact.fit = contact.fit();
    contact.lastActiveAt = subject.knownSince();
    readActivities(subject.activities(), contact);
    return contact;
  }

  private static void readProperties(Map<String, String> texts, Contact contact) {
    String title = folded(texts.get("title"));
    contact.seniority = title == null ? null : Titles.seniority(title);
    contact.isStudent =
        title != null
            && (title.contains("student")
                || title.endsWith("intern")
                || title.startsWith("intern "));
    contact.employees = number(texts.get("company.employees"));
    contact.revenue = number(texts.get("company.revenue"));
    contact.budget = number(texts.get("budget"));
    String industry = folded(texts.get("industry"));
    if (industry != null) {
      contact.isSoftware = industry.contains("software") || industry.contains("telecom");
      contact.isFinance = industry.equals("banking") || industry.equals("insurance");
    }
    contact.country = country(folded(texts.get("country")));
    String department = folded(texts.get("department"));
    if (department != null) {
      contact.isTechnical =
          switch (department) {
            case "engineering", "it", "operations" -> true;
            default -> false;
          };
      contact.isBuying = department.equals("it") || department.equals("procurement");
      contact.isSecurity = department.contains("security");
    }
    contact.hasPhone = isThere(texts.get("phone"));
    contact.hasCompany = isThere(texts.get("company.name"));
    contact.hasWebsite = isThere(texts.get("website"));
    readMail(folded(texts.get("email")), contact);
    String technologies = folded(texts.get("technologies"));
    contact.usesKubernetes = technologies != null && technologies.contains("kubernetes");
    contact.isBudgetApproved = "true".equals(folded(texts.get("budgetApproved")));
    contact.isOptedOut = "true".equals(folded(texts.get("emailOptOut")));
    String timeline = folded(texts.get("timeline"));
    if (timeline != null) {
      contact.isSoon = timeline.equals("now") || timeline.equals("this quarter");
      contact.isNever = timeline.equals("never");
    }
  }

  private static int country(@Nullable String country) {
    return switch (country) {
      case null -> 0;
      case "austria", "germany", "switzerland" -> 1;
      case "canada", "united kingdom", "united states" -> 2;
      default -> 0;
    };
  }

  private static void readMail(@Nullable String mail, Contact contact) {
    int at = mail == null ? -1 : mail.indexOf('@');
    if (mail == null || at <= 0 || mail.indexOf('@', at + 1) >= 0 || hasSpace(mail)) {
      return;
    }
    contact.isPartner = isIn(mail, at, "partner.example") || isIn(mail, at, "ally.example");
    contact.isFreeMail =
        isIn(mail, at, "freemail.example")
            || isIn(mail, at, "webmail.example")
            || isIn(mail, at, "post.example");
  }

  private static boolean isIn(String mail, int at, String domain) {
    int before = mail.length() - domain.length() - 1;
    return mail.endsWith(domain) && (before == at || (before > at && mail.charAt(before) == '.'));
  }

  private static boolean hasSpace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static void readActivities(List<Activity> activities, Contact contact) {
    long[] order = new long[activities.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = activities.get(i).at() << INDEX_BITS | i;
    }
    Arrays.sort(order);
    Set<String> webinars = new HashSet<>();
    Set<String> titles = new HashSet<>();
    for (int i = order.length - 1; i >= 0; i--) {
      if (!isRepeated(activities, order, i)) {
        read(at(activities, order[i]), webinars, titles, contact);
      }
    }
  }

  private static Activity at(List<Activity> activities, long key) {
    return activities.get((int) key & ((1 << INDEX_BITS) - 1));
  }

  private static boolean isRepeated(List<Activity> activities, long[] order, int place) {
    long time = order[place] >> INDEX_BITS;
    for (int i = place + 1; i < order.length && order[i] >> INDEX_BITS == time; i++) {
      if (at(activities, order[i]).equals(at(activities, order[place]))) {
        return true;
      }
    }
    return false;
  }

  private static void read(
      Activity activity, Set<String> webinars, Set<String> titles, Contact contact) {
    long at = activity.at();
    Map<String, String> attributes = activity.attributes();
    switch (activity.type()) {
      case "page_view" -> readPage(folded(attributes.get("url")), at, contact.pages);
      case "form_submission" -> contact.forms.add(at, form(folded(attributes.get("form"))));
      case "email_click" -> {
        if (contact.clicks.isNewDay(at, 1)) {
          contact.clicks.add(at, 1);
        }
      }
      case "email_open" -> contact.opens.add(at, 0);
      case "webinar_attended" -> {
        boolean isFirst = webinars.add(orEmpty(attributes.get("webinar")));
        boolean stayed = number(attributes.get("minutes")) >= 30 * ONE;
        contact.webinars.add(at, (isFirst ? FIRST : 0) | (stayed ? STAYED : 0));
      }
      case "download" -> {
        if (titles.add(orEmpty(attributes.get("title")))) {
          contact.downloads.add(at, 0);
        }
      }
      case "meeting_booked" -> contact.meetings.add(at, 0);
      case "trial_started" -> contact.trials.add(at, 0);
      case "chat" -> contact.chats.add(at, 0);
      default -> {
        return;
      }
    }
    contact.lastActiveAt = Math.max(contact.lastActiveAt, at);
  }

  private static void readPage(@Nullable String url, long at, Done pages) {
    int marks = 0;
    if (url != null) {
      marks |= url.contains("/pricing") && pages.isNewDay(at, PRICING) ? PRICING : 0;
      marks |= url.contains("/docs/") ? DOCS : 0;
      marks |= url.contains("/customers/") ? CUSTOMERS : 0;
      marks |= url.contains("/careers") ? CAREERS : 0;
    }
    pages.add(at, marks);
  }

  private static int form(@Nullable String form) {
    if (form == null) {
      return 0;
    }
    return form.contains("demo") ? DEMO : form.equals("newsletter") ? NEWSLETTER : 0;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : Value.fold(text);
  }

  private static boolean isThere(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static @Nullable String folded(@Nullable String text) {
    return text == null || text.isBlank() ? null : Value.fold(text);
  }

  private static long number(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return MISSING;
    }
    String stripped = text.strip();
    return FixedPoint.isNumber(stripped) ? FixedPoint.number(stripped) : UNREADABLE;
  }
}
