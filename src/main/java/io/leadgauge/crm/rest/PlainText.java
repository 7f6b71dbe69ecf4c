package io.leadgauge.crm.rest;

import java.nio.charset.StandardCharsets;

/** A CRM's text, made fit to be kept or shown. */
public final class PlainText {
  /** The most characters of a CRM's own words in one of our messages. */
  public static final int MOST_SHOWN = 300;

  private PlainText() {}

  /**
   * Returns text that any store gives back as it was: halves of surrogate pairs, which JSON can
   * write and UTF-8 cannot, become {@code ?}, as every encoder would make them.
   */
  public static String storable(String text) {
    for (int index = 0; index < text.length(); index++) {
      if (Character.isSurrogate(text.charAt(index))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  /** Returns text for one line of a message: no control characters, bounded in length. */
  public static String shown(String text) {
    String line = storable(text).replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.length() <= MOST_SHOWN) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(MOST_SHOWN - 1)) ? MOST_SHOWN - 1 : MOST_SHOWN;
    return line.substring(0, end) + "…";
  }
}
