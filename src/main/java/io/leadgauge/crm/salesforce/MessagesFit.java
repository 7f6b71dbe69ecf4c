package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether a manifest says of each outbound message what the package makes it carry. A field that
 * the manifest lists and a message lacks is taken for empty; one that a message carries and the
 * manifest does not list is known only where it has a value.
 */
final class MessagesFit {
  private MessagesFit() {}

  /**
   * Compares.
   *
   * @param packaged what the messages of the package carry, by the type of their records
   * @param told what the manifest says
   * @return one finding for each type that differs, or one for all of them
   */
  static List<Finding> of(
      String area,
      SortedMap<String, SortedSet<String>> packaged,
      SortedMap<String, SortedSet<String>> told) {
    if (told.isEmpty()) {
      return List.of(
          Finding.warning(
              area,
              "fields",
              "the manifest does not say what they carry, so each record is read once more",
              "take over the messages that --salesforce-package prints, once they are deployed"));
    }
    SortedSet<String> types = new TreeSet<>(packaged.keySet());
    types.addAll(told.keySet());
    List<Finding> findings = new ArrayList<>();
    for (String type : types) {
      String difference = difference(of(packaged, type), of(told, type));
      if (!difference.isEmpty()) {
        findings.add(
            Finding.warning(
                area,
                type,
                difference,
                "write the package again, deploy it, then take over the messages that it prints"));
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok(area, "fields", "the manifest says what the package makes them carry"))
        : findings;
  }

  private static SortedSet<String> of(SortedMap<String, SortedSet<String>> all, String type) {
    return all.getOrDefault(type, Collections.emptySortedSet());
  }

  private static String difference(SortedSet<String> packaged, SortedSet<String> told) {
    if (told.isEmpty() && !packaged.isEmpty()) {
      return "the manifest does not say what they carry, so each record is read once more";
    }
    if (packaged.isEmpty() && !told.isEmpty()) {
      return "the manifest lists fields, and nothing is needed of them";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "the manifest lacks ", packaged, told);
    add(parts, "the manifest lists and the package does not carry ", told, packaged);
    return String.join("; ", parts);
  }

  private static void add(
      List<String> parts, String words, SortedSet<String> all, SortedSet<String> but) {
    SortedSet<String> left = new TreeSet<>(all);
    left.removeAll(but);
    if (!left.isEmpty()) {
      parts.add(words + String.join(", ", left));
    }
  }
}
