package io.leadgauge.naive;

import static io.leadgauge.naive.NaiveValue.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One test of one value: docs/language.md, Conditions, the table.
 *
 * @param plain what holds the test beside other keys
 * @param word which test it is
 */
record NaiveTest(Plain plain, String word) {
  private static final Set<String> WORDS =
      Set.of(
          "in",
          "is",
          "like",
          "regex",
          "range",
          "ago",
          "ahead",
          "includes",
          "domain",
          "mailbox",
          "seniority",
          "department",
          "country",
          "present",
          "missing");

  private static final int LOOKED_AT = 1_000;

  static NaiveTest in(Plain plain) {
    return new NaiveTest(
        plain, plain.keys().stream().filter(WORDS::contains).findFirst().orElseThrow());
  }

  boolean holds(Optional<String> value, long now) {
    return word.equals("missing")
        ? value.isEmpty()
        : value.map(present -> holds(present, now)).orElse(false);
  }

  private boolean holds(String value, long now) {
    return switch (word) {
      case "present" -> true;
      case "in" -> isOneOf(text(value));
      case "is" ->
          asksForTruth()
              ? NaiveValue.truth(value).map(truth -> isOneOf(truth.toString())).orElse(false)
              : isOneOf(text(value));
      case "like" -> plain.texts(word).stream().anyMatch(glob -> isLike(glob, value));
      case "regex" -> found(value);
      case "range" ->
          NaiveValue.number(value)
              .map(number -> Amounts.includes(plain.text(word), number))
              .orElse(false);
      case "ago" -> NaiveValue.date(value).map(date -> isAgo(now - date)).orElse(false);
      case "ahead" -> NaiveValue.date(value).map(date -> isAhead(date - now)).orElse(false);
      case "includes" -> Arrays.stream(value.split(";", -1)).anyMatch(part -> isOneOf(text(part)));
      case "domain" -> NaiveValue.domain(value).map(this::isInDomain).orElse(false);
      case "mailbox" ->
          NaiveValue.domain(value).map(domain -> isOneOf(NaiveWords.mailbox(domain))).orElse(false);
      case "seniority" -> isOneOf(NaiveWords.seniority(value));
      case "department" -> isOneOf(NaiveWords.department(value));
      case "country" -> NaiveWords.placesOf(value).stream().anyMatch(this::isOneOf);
      default -> throw new IllegalStateException(word);
    };
  }

  /** Tells whether a value that is there cannot be read as what the test needs. */
  boolean cannotRead(String value) {
    return switch (word) {
      case "is" -> asksForTruth() && NaiveValue.truth(value).isEmpty();
      case "range" -> NaiveValue.number(value).isEmpty();
      case "ago", "ahead" -> NaiveValue.date(value).isEmpty();
      case "domain", "mailbox" -> NaiveValue.domain(value).isEmpty();
      case "country" -> NaiveWords.placesOf(value).isEmpty();
      default -> false;
    };
  }

  private boolean asksForTruth() {
    return List.of("true", "false").contains(plain.text(word));
  }

  private boolean isOneOf(String found) {
    return plain.texts(word).stream().anyMatch(listed -> text(listed).equals(found));
  }

  private static boolean isLike(String glob, String value) {
    StringBuilder regex = new StringBuilder();
    text(glob)
        .codePoints()
        .forEach(
            one ->
                regex.append(
                    switch (one) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(one));
                    }));
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text(value)).matches();
  }

  private boolean found(String value) {
    String looked = value.substring(0, Math.min(LOOKED_AT, value.length()));
    return Pattern.compile(plain.text(word), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(looked)
        .find();
  }

  /** Tells whether a date lies so far back; what is yet to come does not. */
  private boolean isAgo(long since) {
    return since >= 0 && Amounts.includesTime(plain.text(word), since);
  }

  private boolean isAhead(long until) {
    String range = plain.text(word);
    boolean begun = range.startsWith("..") ? until > 0 : until >= 0;
    return begun && Amounts.includesTime(range, until);
  }

  private boolean isInDomain(String domain) {
    return plain.texts(word).stream()
        .map(NaiveValue::text)
        .anyMatch(listed -> domain.equals(listed) || domain.endsWith("." + listed));
  }
}
