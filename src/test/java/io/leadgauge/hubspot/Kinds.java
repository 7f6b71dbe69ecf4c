package io.leadgauge.hubspot;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kinds of objects. HubSpot's object APIs are alike, so those of which there is no description are
 * held against the one of notes.
 */
final class Kinds {
  private static final Pattern OBJECTS =
      Pattern.compile("(/crm/(?:v3/objects|objects/20[0-9]{2}-[0-9]{2})/)([^/]+)(.*)");
  private static final List<String> DESCRIBED =
      List.of("contacts", "companies", "deals", "notes", "tasks");
  private static final List<String> ENGAGEMENTS =
      List.of("calls", "communications", "emails", "meetings");

  private Kinds() {}

  /** Returns a path with a kind that is described; the same path where there is none. */
  static String described(String path) {
    Matcher matcher = OBJECTS.matcher(path);
    if (!matcher.matches() || matcher.group(3).contains("/associations/")) {
      return path;
    }
    String kind =
        switch (matcher.group(2)) {
          case "0-1" -> "contacts";
          case "0-2" -> "companies";
          case "0-3" -> "deals";
          case "0-27" -> "tasks";
          case "0-18", "0-46", "0-47", "0-48", "0-49" -> "notes";
          default -> matcher.group(2);
        };
    return matcher.group(1) + (ENGAGEMENTS.contains(kind) ? "notes" : kind) + matcher.group(3);
  }

  /** Returns which description covers an undated path of objects; empty for none. */
  static String descriptionOf(String path) {
    Matcher matcher = OBJECTS.matcher(path);
    return matcher.matches() && DESCRIBED.contains(matcher.group(2)) ? matcher.group(2) : "";
  }
}
