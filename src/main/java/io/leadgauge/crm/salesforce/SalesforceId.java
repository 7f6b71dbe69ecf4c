package io.leadgauge.crm.salesforce;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a record or an org, in the form of 18 characters.
 *
 * <p>15 characters say it all where upper and lower case differ. The three behind them tell which
 * of the 15 are upper case, so that ids stay apart where case is lost: a checksum over the capital
 * letters. Salesforce writes either form, so ids are compared in this one only.
 *
 * @param text 18 letters and digits
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm">field
 *     types: ID, read November 2026</a>
 */
public record SalesforceId(String text) {
  private static final int SHORT = 15;
  private static final int LONG = 18;
  private static final int BLOCK = 5;
  private static final int PREFIX = 3;
  private static final String SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?");

  public SalesforceId {
    if (text.length() != LONG || !SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not an id of 18 letters and digits: '" + text + "'");
    }
  }

  /** Returns the id that a text of 15 or 18 characters is; empty for any other text. */
  public static Optional<SalesforceId> of(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new SalesforceId(text.length() == LONG ? text : text + checksum(text.substring(0, SHORT))));
  }

  /** Tells whether two texts are one id, in whichever form. */
  public static boolean isSame(String one, String other) {
    return of(one).filter(id -> of(other).filter(id::equals).isPresent()).isPresent();
  }

  /**
   * Tells whether the last three characters fit the others. Where they do not, a character was
   * mistyped or has lost its case, or the id was made up.
   */
  public boolean isChecked() {
    return text.endsWith(checksum(text.substring(0, SHORT)));
  }

  /** Returns the first three characters, which tell the kind of the object. */
  public String keyPrefix() {
    return text.substring(0, PREFIX);
  }

  private static String checksum(String id) {
    StringBuilder suffix = new StringBuilder();
    for (int block = 0; block < SHORT; block += BLOCK) {
      int capitals = 0;
      for (int place = 0; place < BLOCK; place++) {
        char letter = id.charAt(block + place);
        capitals |= letter >= 'A' && letter <= 'Z' ? 1 << place : 0;
      }
      suffix.append(SUFFIXES.charAt(capitals));
    }
    return suffix.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
