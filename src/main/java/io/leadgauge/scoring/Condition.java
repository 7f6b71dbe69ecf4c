package io.leadgauge.scoring;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition on named values: properties of a contact, or attributes of an activity.
 *
 * <p>A value that is missing, or that cannot be read as what the condition needs, satisfies no
 * condition but {@link Missing} (missing only); {@link Not} of such a condition is true. Blank text
 * counts as missing, white space around a value does not count.
 */
public sealed interface Condition {
  /** Returns its meaning as text: the same for conditions that differ in writing alone. */
  default String meaning() {
    return Canonical.text(this);
  }

  /** All of these hold; copied. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one of these holds; copied. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  /** The other one does not hold. */
  record Not(Condition condition) implements Condition {}

  /** The value is one of these, upper and lower case alike; copied. */
  record In(String name, Set<String> values) implements Condition {
    public In {
      values = Set.copyOf(values);
    }
  }

  /** The value reads as this truth value: {@code true} or {@code false}, in any case. */
  record Is(String name, boolean value) implements Condition {}

  /** There is a value. */
  record Present(String name) implements Condition {}

  /** There is no value. */
  record Missing(String name) implements Condition {}

  /**
   * The value is a number in a half-open range. A number is plain decimal text: {@code 250}, {@code
   * 12.5}, {@code -3}; no exponent, no separators of thousands.
   *
   * @param name whose value
   * @param from the least number in millionths, inclusive; null for no bound
   * @param to the bound above in millionths, exclusive; null for none
   */
  record InRange(String name, @Nullable Long from, @Nullable Long to) implements Condition {}

  /**
   * The value matches a glob: {@code *} stands for any text, {@code ?} for one character; upper and
   * lower case alike.
   */
  record Like(String name, List<String> globs) implements Condition {
    public Like {
      globs = List.copyOf(globs);
    }
  }

  /** The value is an e-mail address in one of these domains or a domain below one; copied. */
  record MailDomain(String name, Set<String> domains) implements Condition {
    public MailDomain {
      domains = Set.copyOf(domains);
    }
  }

  /** The value is a free-text job title of one of these seniorities; copied. */
  record TitleSeniority(String name, Set<Seniority> seniorities) implements Condition {
    public TitleSeniority {
      seniorities = Set.copyOf(seniorities);
    }
  }

  /** The value is an e-mail address of one of these kinds; copied. */
  record Mailbox(String name, Set<MailboxKind> kinds) implements Condition {
    public Mailbox {
      kinds = Set.copyOf(kinds);
    }
  }

  /**
   * The value is a free-text job title, or a department's name, of one of these departments;
   * copied.
   */
  record TitleDepartment(String name, Set<Department> departments) implements Condition {
    public TitleDepartment {
      departments = Set.copyOf(departments);
    }
  }

  /**
   * The value is a country, in any spelling, with one of these ISO 3166-1 alpha-2 codes; copied.
   */
  record CountryIn(String name, Set<String> codes) implements Condition {
    public CountryIn {
      codes = Set.copyOf(codes);
    }
  }

  /**
   * The value is a list of texts, divided by semicolons, and one of them is one of these; copied.
   */
  record Includes(String name, Set<String> values) implements Condition {
    public Includes {
      values = Set.copyOf(values);
    }
  }

  /**
   * The value matches a regular expression of {@link java.util.regex.Pattern} somewhere; upper and
   * lower case alike. Only the first {@value #MOST_MATCHED} characters of a value are looked at,
   * and a search that takes more than {@value #MOST_STEPS} steps ends as no match.
   */
  record Matches(String name, String regex) implements Condition {
    /** How much of a value is looked at, in characters. */
    public static final int MOST_MATCHED = 1_000;

    /** How many times a search looks at a character, at most. */
    public static final int MOST_STEPS = 100_000;
  }

  /**
   * The value is a date whose age is in a half-open range: so long ago, or, below zero, so far
   * ahead. A date is ISO 8601: an instant with an offset, or a day for its start in UTC. Time alone
   * makes this hold or not.
   *
   * @param name whose value
   * @param from the least age in milliseconds, inclusive; null for no bound
   * @param to the bound above in milliseconds, exclusive; null for none
   */
  record Aged(String name, @Nullable Long from, @Nullable Long to) implements Condition {}

  /** The contact is in this list of the CRM. */
  record Listed(String list) implements Condition {
    /** Begins the name of the property that tells a membership, {@code true} or {@code false}. */
    public static final String PREFIX = "list:";

    /** Returns the name of the property that tells the membership. */
    public String name() {
      return PREFIX + list;
    }
  }
}
