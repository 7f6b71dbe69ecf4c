package io.leadgauge.crm;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a property of several values tells whether a contact is in a list.
 *
 * @param property the platform's own name of the property
 * @param item the value that stands for the list, upper and lower case alike
 */
public record ListMap(String property, String item) {
  /** Tells whether the property's text, values divided by semicolons, names the list. */
  public boolean isIn(String text) {
    return Arrays.stream(text.split(";", -1)).map(ListMap::plain).anyMatch(plain(item)::equals);
  }

  private static String plain(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }
}
