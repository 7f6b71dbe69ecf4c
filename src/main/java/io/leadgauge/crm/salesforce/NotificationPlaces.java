package io.leadgauge.crm.salesforce;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the notifications stand in the text of a message that a parser has read, so that one
 * can be taken out and the others keep their bytes. That it is well-formed and without a document
 * type is taken for granted.
 */
final class NotificationPlaces {
  /** Envelope, Body and notifications are around it. */
  private static final int LEVEL = 4;

  private static final String NAME = "Notification";

  private final String text;
  private final List<Place> places = new ArrayList<>();
  private int at;
  private int depth;
  private int from = -1;

  private NotificationPlaces(String text) {
    this.text = text;
  }

  /**
   * Where an element stands.
   *
   * @param from the first character of its start tag
   * @param to behind the last one of its end tag
   */
  record Place(int from, int to) {
    /** Returns the element itself. */
    String of(String text) {
      return text.substring(from, to);
    }
  }

  /** Returns the places of all notifications, in order. */
  static List<Place> in(String text) {
    NotificationPlaces found = new NotificationPlaces(text);
    found.scan();
    return found.places;
  }

  private void scan() {
    for (at = text.indexOf('<'); at >= 0 && at < text.length(); at = text.indexOf('<', at)) {
      if (text.startsWith("<!--", at)) {
        passOver("-->");
      } else if (text.startsWith("<![CDATA[", at)) {
        passOver("]]>");
      } else if (text.startsWith("<?", at)) {
        passOver("?>");
      } else if (text.startsWith("</", at)) {
        end();
      } else {
        start();
      }
    }
  }

  private void passOver(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
  }

  private void start() {
    int begin = at;
    String name = localName(begin + 1);
    boolean isClosed = passTag();
    depth++;
    if (depth == LEVEL && name.equals(NAME)) {
      from = begin;
    }
    if (isClosed) {
      close();
    }
  }

  private void end() {
    passOver(">");
    close();
  }

  private void close() {
    if (depth == LEVEL && from >= 0) {
      places.add(new Place(from, at));
      from = -1;
    }
    depth--;
  }

  private String localName(int begin) {
    int end = begin;
    while (end < text.length() && " \t\r\n/>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String name = text.substring(begin, end);
    return name.substring(name.indexOf(':') + 1);
  }

  /** Goes behind a start tag; tells whether it is an end tag as well. */
  private boolean passTag() {
    char quote = 0;
    while (at < text.length() && (quote != 0 || text.charAt(at) != '>')) {
      char one = text.charAt(at++);
      if (quote != 0) {
        quote = one == quote ? 0 : quote;
      } else if (one == '"' || one == '\'') {
        quote = one;
      }
    }
    at++;
    return text.charAt(at - 2) == '/';
  }
}
