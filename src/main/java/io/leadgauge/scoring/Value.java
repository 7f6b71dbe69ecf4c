package io.leadgauge.scoring;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that is there, read once as all that rules need it to be.
 *
 * @param text as it came, without white space around it
 * @param folded the text in lower case
 * @param number the number in millionths; null if none is needed or it is none
 * @param truth the truth value; null if none is needed or it is none
 * @param domain the domain of the e-mail address; null if none is needed or it is none
 * @param seniority the seniority of the job title; null if none is needed or it tells none
 * @param date the date in milliseconds; null if none is needed or it is none
 * @param department the department of the job title; null if none is needed or it tells none
 * @param country the country's ISO 3166-1 alpha-2 code; null if none is needed or it is none
 * @param readable whether it could be read as everything that is needed
 */
record Value(
    String text,
    String folded,
    @Nullable Long number,
    @Nullable Boolean truth,
    @Nullable String domain,
    @Nullable Seniority seniority,
    @Nullable Long date,
    @Nullable Department department,
    @Nullable String country,
    boolean readable) {
  /** No date is farther from 1970: 31,688 years in milliseconds, so that ages cannot overflow. */
  private static final long FARTHEST_DATE = 1_000_000_000_000_000L;

  /**
   * Nothing beyond so many characters of a value counts, so that no value costs more than these.
   */
  private static final int MOST_CHARACTERS = 10_000;

  /** The longest name of a domain, by RFC 1035. */
  private static final int LONGEST_DOMAIN = 253;

  /** What rules need a value to be, beside text. */
  enum Need {
    NUMBER,
    TRUTH,
    MAIL,
    TITLE,
    DATE,
    DEPARTMENT,
    COUNTRY
  }

  /** Reads a value; null if it is blank, which is to be missing. */
  static @Nullable Value read(String raw, Set<Need> needs) {
    String text =
        (raw.length() > MOST_CHARACTERS ? raw.substring(0, MOST_CHARACTERS) : raw).strip();
    if (text.isEmpty()) {
      return null;
    }
    String folded = fold(text);
    Long number = null;
    Boolean truth = null;
    String domain = null;
    Seniority seniority = null;
    Long date = null;
    Department department = null;
    String country = null;
    boolean readable = true;
    if (needs.isEmpty()) {
      return new Value(text, folded, null, null, null, null, null, null, null, true);
    }
    for (Need need : needs) {
      switch (need) {
        case NUMBER -> {
          number = FixedPoint.isNumber(text) ? FixedPoint.number(text) : null;
          readable &= number != null;
        }
        case TRUTH -> {
          truth = truth(folded);
          readable &= truth != null;
        }
        case MAIL -> {
          domain = domain(folded);
          readable &= domain != null;
        }
        case TITLE -> seniority = Titles.seniority(text);
        case DEPARTMENT -> department = Departments.of(text);
        case COUNTRY -> {
          country = Countries.code(text);
          readable &= country != null;
        }
        case DATE -> {
          date = date(text);
          readable &= date != null;
        }
      }
    }
    return new Value(
        text, folded, number, truth, domain, seniority, date, department, country, readable);
  }

  /** Returns text as it is compared: without white space around it, in lower case. */
  static String fold(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Boolean truth(String folded) {
    return switch (folded) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static @Nullable String domain(String folded) {
    int at = folded.indexOf('@');
    boolean isAddress =
        at > 0
            && at < folded.length() - 1
            && folded.length() - at - 1 <= LONGEST_DOMAIN
            && folded.indexOf('@', at + 1) < 0
            && folded.chars().noneMatch(Character::isWhitespace);
    return isAddress ? folded.substring(at + 1) : null;
  }

  private static @Nullable Long date(String text) {
    try {
      boolean isDay = text.indexOf('T') < 0;
      Instant instant =
          isDay
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      long millis = instant.toEpochMilli();
      return Math.abs(millis) <= FARTHEST_DATE ? millis : null;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
