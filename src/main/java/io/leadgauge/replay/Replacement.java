package io.leadgauge.replay;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what of a value stays and what is replaced, by the name of its field and by what it looks
 * like. Whatever is not known to tell nothing of anybody is replaced. Not thread-safe.
 */
public final class Replacement {
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s<>\"',;:()\\[\\]]{1,64}(?:@|%40)[^@\\s<>\"',;:()\\[\\]/?&#]{1,255}");
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9](?:[ ./()-]{0,2}[0-9]){6,}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(?:\\.[0-9]{1,40})?");
  private static final Pattern SHORT_NUMBER = Pattern.compile("-?[0-9]{1,6}(?:\\.[0-9]{1,6})?");
  private static final Pattern DAY = Pattern.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,18}(?:Z|[+-][0-9:]{4,6})?)?");
  private static final Pattern MILLIS = Pattern.compile("[12][0-9]{12}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");
  private static final Pattern SALESFORCE_ID =
      Pattern.compile("[A-Za-z0-9]{3}(?=.*[0-9])[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?");
  private static final Pattern RECORD_PATH =
      Pattern.compile("(/sobjects/\\w+/)([A-Za-z0-9]{15,18})");
  private static final Pattern WEB = Pattern.compile("(?i)https?://.*");
  private static final Set<String> NOTHING = Set.of("true", "false", "null", "yes", "no");

  private final Pseudonyms pseudonyms;
  private final boolean replacesIds;
  private final Set<String> stays = new TreeSet<>();
  private final Set<String> goes = new TreeSet<>();

  /**
   * Makes it.
   *
   * @param replacesIds whether ids of records are replaced as well
   * @param keep names of fields that stay besides the ones that always do
   * @param replace names of fields that do not stay although they would
   */
  public Replacement(
      Pseudonyms pseudonyms, boolean replacesIds, Iterable<String> keep, Iterable<String> replace) {
    this.pseudonyms = pseudonyms;
    this.replacesIds = replacesIds;
    keep.forEach(name -> stays.add(FieldKind.plain(name)));
    replace.forEach(name -> goes.add(FieldKind.plain(name)));
  }

  /** Returns what is to stand for the value of a field; the same where it stays. */
  String of(String field, String value) {
    String text = value.strip();
    if (text.isEmpty() || NOTHING.contains(text.toLowerCase(Locale.ROOT))) {
      return value;
    }
    FieldKind kind = FieldKind.of(field, stays, goes);
    if (kind != FieldKind.PAGE && kind != FieldKind.PLAIN && isAddress(text)) {
      return pseudonyms.address(text);
    }
    return switch (kind) {
      case ENVELOPE -> addresses(value);
      case PLAIN -> plain(value);
      case ID -> id(text);
      case NAME -> pseudonyms.name(value);
      case PHONE -> text.matches(".*[0-9].*") ? pseudonyms.digits(value) : pseudonyms.text(text);
      case DOMAIN -> domain(text);
      case PAGE -> PageAddress.of(text, this, pseudonyms);
      case PERSONAL -> personal(text);
      case OTHER -> other(value, text);
    };
  }

  private static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches() && text.indexOf('@') > 0;
  }

  /** Returns a token in place of a piece that may be anything, such as a part of a path. */
  String token(String piece) {
    return pseudonyms.token(piece);
  }

  private String plain(String value) {
    if (MILLIS.matcher(value.strip()).matches() || NUMBER.matcher(value.strip()).matches()) {
      return value;
    }
    return replaced(LONG_NUMBER, addresses(value), pseudonyms::digits);
  }

  private String addresses(String value) {
    String without =
        replaced(ADDRESS, value, found -> pseudonyms.address(found.replace("%40", "@")));
    return replacesIds ? recordPaths(without) : without;
  }

  private String recordPaths(String value) {
    Matcher matcher = RECORD_PATH.matcher(value);
    return matcher.replaceAll(
        found -> Matcher.quoteReplacement(found.group(1) + recordId(found.group(2))));
  }

  private String recordId(String id) {
    return SALESFORCE_ID.matcher(id).matches() ? pseudonyms.salesforceId(id) : id;
  }

  private String id(String text) {
    if (DIGITS.matcher(text).matches()) {
      return replacesIds ? pseudonyms.numericId(text) : text;
    }
    if (SALESFORCE_ID.matcher(text).matches()) {
      return replacesIds ? pseudonyms.salesforceId(text) : text;
    }
    return pseudonyms.token(text);
  }

  private String domain(String text) {
    String host = text.replaceFirst("(?i)^https?://", "").replaceFirst("[/?#].*$", "");
    String scheme =
        text.substring(0, text.length() - text.replaceFirst("(?i)^https?://", "").length());
    String bare = host.replaceFirst("(?i)^www\\.", "");
    return scheme + host.substring(0, host.length() - bare.length()) + pseudonyms.domain(bare);
  }

  private String personal(String text) {
    if (DAY.matcher(text).matches()) {
      return pseudonyms.day(text);
    }
    return NUMBER.matcher(text).matches() ? pseudonyms.digits(text) : pseudonyms.text(text);
  }

  private String other(String value, String text) {
    if (SHORT_NUMBER.matcher(text).matches()
        || MILLIS.matcher(text).matches()
        || INSTANT.matcher(text).matches()) {
      return value;
    }
    if (WEB.matcher(text).matches()) {
      return "https://" + pseudonyms.token(text) + ".example/";
    }
    return personal(text);
  }

  private static String replaced(Pattern pattern, String text, UnaryOperator<String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found.group())));
  }
}
