package io.leadgauge.sandbox;

import java.util.regex.Pattern;

/**
 * What an administrator demands of the values of a property.
 *
 * @param pattern what a value must match as a whole; clearing it is refused as well where the empty
 *     text does not match
 * @param message what a value that does not match is refused with
 */
record ValidationRule(Pattern pattern, String message) {
  boolean takes(String value) {
    return pattern.matcher(value).matches();
  }
}
