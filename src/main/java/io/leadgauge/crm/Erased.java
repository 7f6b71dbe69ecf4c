package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom nothing may be kept of.
 *
 * @param records tells whether a record is one of theirs, an e-mail address among them
 * @param addresses all e-mail addresses known of them, in lower case, those that they share with
 *     others as well; copied
 */
public record Erased(Predicate<RecordRef> records, Set<String> addresses) {
  private static final int LONGEST_ID = 64;
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s\"'<>(),:;=&/\\\\]{1,64}@[A-Za-z0-9.-]{1,255}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})");

  public Erased {
    addresses = Set.copyOf(addresses);
  }

  /** Tells whether a record is one of theirs. */
  public boolean is(RecordRef record) {
    return records.test(record);
  }

  /** Tells whether a value is the id of one of the contacts, or an address that is theirs alone. */
  public boolean isValue(ConnectionId connection, String value) {
    String text = value.strip();
    boolean id = !text.isEmpty() && text.length() <= LONGEST_ID && text.indexOf('@') < 0;
    return id ? is(CrmKind.person(connection, text)) : isAddress(connection, text);
  }

  private boolean isAddress(ConnectionId connection, String text) {
    return text.indexOf('@') > 0 && is(RecordRef.emailAddress(connection, text));
  }

  /**
   * Tells whether a text of which nothing else is known names one of the contacts: by its id as a
   * whole word, or by an address. It is better to find one too many: what a short id looks like may
   * be another number.
   */
  public boolean isNamedIn(ConnectionId connection, String text) {
    String plain = unescaped(text);
    String lower = plain.toLowerCase(Locale.ROOT);
    return addresses.stream().anyMatch(lower::contains)
        || ADDRESS.matcher(plain).results().anyMatch(one -> isAddress(connection, one.group()))
        || hasId(connection, text)
        || (!plain.equals(text) && hasId(connection, plain));
  }

  private boolean hasId(ConnectionId connection, String text) {
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      boolean possible = word.end() - word.start() <= LONGEST_ID;
      if (possible && is(CrmKind.person(connection, word.group()))) {
        return true;
      }
    }
    return false;
  }

  private static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)));
  }

  private static String character(MatchResult found) {
    String code = found.group(1) != null ? found.group(1) : found.group(2);
    return String.valueOf((char) Integer.parseInt(code, 16));
  }
}
