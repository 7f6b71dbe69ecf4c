package io.leadgauge.naive;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A contact as its file tells it.
 *
 * @param properties what is there, blank ones left out
 * @param activities each once, blank attributes left out
 * @param lists the lists that it is a member of
 * @param knownSince in milliseconds; empty if it is not told
 * @param label the label held so far
 */
record NaiveContact(
    Map<String, String> properties,
    Set<NaiveActivity> activities,
    Set<String> lists,
    Optional<Long> knownSince,
    Optional<String> label) {

  /**
   * Something that the contact did; alike in type, instant and attributes, to the letter, is one.
   */
  record NaiveActivity(String type, long at, Map<String, String> attributes) {
    Optional<String> attribute(String name) {
      return Optional.ofNullable(attributes.get(name)).map(String::strip);
    }
  }

  static NaiveContact of(String text) {
    Plain plain = Plain.of(text);
    return new NaiveContact(
        present(plain.childOrEmpty("properties"), Set.of()),
        plain.children("activities").stream()
            .map(NaiveContact::activity)
            .collect(Collectors.toSet()),
        Set.copyOf(plain.texts("lists")),
        plain.maybe("knownSince").map(NaiveContact::instant),
        plain.childOrEmpty("previous").maybe("label"));
  }

  private static NaiveActivity activity(Plain plain) {
    return new NaiveActivity(
        plain.text("type"), instant(plain.text("at")), present(plain, Set.of("type", "at")));
  }

  private static Map<String, String> present(Plain plain, Set<String> apart) {
    Map<String, String> values = new TreeMap<>();
    for (String key : plain.keys()) {
      if (!apart.contains(key) && !plain.text(key).isBlank()) {
        values.put(key, plain.text(key));
      }
    }
    return values;
  }

  private static long instant(String text) {
    return text.contains("T")
        ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  Optional<String> property(String name) {
    return Optional.ofNullable(properties.get(name)).map(String::strip);
  }

  /** When silence starts if nothing was ever done. */
  long firstKnown(long now) {
    return knownSince.orElseGet(
        () -> activities.stream().mapToLong(NaiveActivity::at).min().orElse(now));
  }
}
