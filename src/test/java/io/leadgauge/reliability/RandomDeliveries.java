package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Deliveries as a portal might make them, and worse: 1 to 20 events of any contacts, values of all
 * kinds and none, now and long ago and to come, equal instants with other values, activities,
 * creations, deletions and restores, events that nobody can read among others, bodies that nobody
 * can read at all. Each sending carries its number in an extra field. Seeded; for one thread.
 */
final class RandomDeliveries {
  /** Stands for the number of a sending, and for how often it was tried before. */
  private static final String SENDING = "@sending@";

  private static final String ATTEMPT = "@attempt@";

  private static final int MOST_EVENTS = 20;
  private static final long BORN = Instant.parse("2026-01-15T08:00:00Z").toEpochMilli();

  /** What the text of a property may be; the oracle says how each is read. */
  static final Map<String, List<String>> VALUES =
      Map.of(
          "occupation",
          List.of("Working Professional", "working professional ", "Student", "Other", "Chef", ""),
          "country",
          List.of("India", "Deutschland", "DEUTSCHLAND", "France", "", "REDACTED"),
          "visits",
          List.of("0", "1", "3", "5", "12.5", "1,200", "$7", "-2", "1.5E3", "many", "3 or 4", ""),
          "company_size",
          List.of("1-10", "51-200", "501-1000", "1000+", "1,000", "5 to 50", "lots", ""),
          "do_not_email",
          List.of("true", "Yes", "1", "false", "no", "0", "perhaps", ""),
          "customer_since",
          List.of("2025-03-01", "1761955200000", "2026-10-01T10:00:00+02:00", "soon", ""),
          "recent_conversion_event_name",
          List.of("Book a demo", "Newsletter", "Demo, again", ""));

  private static final List<String> NAMES = VALUES.keySet().stream().sorted().toList();

  private final SplittableRandom random;
  private final List<String> contacts;
  private final IntSupplier known;
  private final IntSupplier mostBallast;

  /**
   * Begins to make deliveries.
   *
   * @param contacts the ids of all contacts
   * @param known how many of them there are by now
   * @param mostBallast how many bytes that nobody reads one in three has at most
   */
  RandomDeliveries(
      SplittableRandom random, List<String> contacts, IntSupplier known, IntSupplier mostBallast) {
    this.random = random;
    this.contacts = contacts;
    this.known = known;
    this.mostBallast = mostBallast;
  }

  /** Returns the next body, to be {@link #numbered}. */
  String next() {
    int size = 1 + random.nextInt(MOST_EVENTS);
    List<String> events = new ArrayList<>();
    while (events.size() < size) {
      addEvents(events);
    }
    String body = "[{\"sending\":\"" + SENDING + "\"," + ballast() + events.getFirst().substring(1);
    body += String.join(",", events.subList(1, events.size()).stream().map(e -> "," + e).toList());
    return random.nextInt(100) < 2 ? spoiled(body) : body + "]";
  }

  /** What nobody reads and no packing makes short now and then, so that the log grows. */
  private String ballast() {
    if (random.nextInt(3) > 0) {
      return "";
    }
    byte[] bytes = new byte[random.nextInt(mostBallast.getAsInt())];
    random.nextBytes(bytes);
    return "\"ballast\":\"" + Base64.getEncoder().encodeToString(bytes) + "\",";
  }

  /** Returns a body of a sending. */
  static byte[] numbered(String body, long sending, int attempt) {
    return body.replace(SENDING, Long.toString(sending))
        .replace(ATTEMPT, Integer.toString(attempt))
        .getBytes(UTF_8);
  }

  /** Nobody can read it; its number is still there. */
  private String spoiled(String body) {
    int least = body.indexOf(SENDING) + SENDING.length() + 2;
    return switch (random.nextInt(3)) {
      case 0 -> body.substring(0, least + random.nextInt(body.length() - least));
      case 1 -> body + "]]";
      default -> body.replaceFirst("\\[", "");
    };
  }

  private void addEvents(List<String> events) {
    String contact = contact();
    int kind = events.isEmpty() ? random.nextInt(94) : random.nextInt(100);
    if (kind < 82) {
      String property = NAMES.get(random.nextInt(NAMES.size()));
      List<String> values = VALUES.getOrDefault(property, List.of());
      events.add(change(contact, property, values.get(random.nextInt(values.size())), instant()));
    } else if (kind < 88) {
      addForm(events, contact);
    } else if (kind < 91) {
      events.add(event(contact, "contact.creation", instant(), ""));
    } else if (kind == 91) {
      String type = random.nextInt(4) == 0 ? "contact.deletion" : "contact.creation";
      events.add(event(contact, type, instant(), ""));
    } else if (kind == 92) {
      events.add(event(contact, "contact.restore", System.currentTimeMillis(), ""));
    } else if (kind < 94) {
      events.add(event(contact, "contact.fancied", instant(), ""));
    } else {
      events.add(malformed(contact));
    }
  }

  /** A form sets a date and a name at one instant; either may be lost. */
  private void addForm(List<String> events, String contact) {
    long at = instant();
    long submitted = at - random.nextInt(3) * 86_400_000L;
    String date =
        random.nextBoolean()
            ? Long.toString(submitted)
            : Instant.ofEpochMilli(submitted).toString();
    int part = random.nextInt(10);
    if (part > 0) {
      events.add(change(contact, "recent_conversion_date", part == 1 ? "lately" : date, at));
    }
    if (part < 8) {
      List<String> forms = VALUES.getOrDefault("recent_conversion_event_name", List.of());
      String form = forms.get(random.nextInt(forms.size()));
      events.add(change(contact, "recent_conversion_event_name", form, at));
    }
  }

  private String malformed(String contact) {
    String good = change(contact, "visits", "5", instant());
    return switch (random.nextInt(8)) {
      case 0 -> "17";
      case 1 -> good.replace("\"objectId\":" + contact + ",", "");
      case 2 -> good.replace(",\"propertyName\":\"visits\"", "");
      case 3 -> good.replaceFirst("\"occurredAt\":[0-9]+", "\"occurredAt\":\"lately\"");
      case 4 -> good.replaceFirst("\"occurredAt\":[0-9]+", "\"occurredAt\":-5");
      case 5 -> good.replace("\"propertyValue\":\"5\"", "\"propertyValue\":{\"a\":[1]}");
      case 6 -> good.replace("\"subscriptionType\":\"contact.propertyChange\",", "");
      default -> good.replace("\"portalId\":" + House.PORTAL, "\"portalId\":62515");
    };
  }

  private String contact() {
    return contacts.get(random.nextInt(known.getAsInt()));
  }

  /** Mostly just now, so that values go on changing. */
  private long instant() {
    long now = System.currentTimeMillis();
    int kind = random.nextInt(100);
    if (kind < 60) {
      return now - random.nextLong(Duration.ofMinutes(1).toMillis());
    }
    if (kind < 80) {
      return now - random.nextLong(Duration.ofDays(10).toMillis());
    }
    if (kind < 84) {
      return now / 60_000 * 60_000;
    }
    if (kind < 90) {
      return now + random.nextLong(Duration.ofMinutes(1).toMillis());
    }
    return BORN - random.nextLong(Duration.ofDays(400).toMillis());
  }

  private String change(String contact, String property, String value, long at) {
    String told = ",\"propertyName\":\"" + property + "\",\"propertyValue\":\"" + value + "\"";
    return event(contact, "contact.propertyChange", at, told);
  }

  private String event(String contact, String type, long at, String more) {
    return "{\"eventId\":"
        + (1_000 + random.nextInt(1 << 30))
        + ",\"portalId\":"
        + House.PORTAL
        + ",\"appId\":1,\"occurredAt\":"
        + at
        + ",\"subscriptionType\":\""
        + type
        + "\",\"attemptNumber\":"
        + ATTEMPT
        + ",\"objectId\":"
        + contact
        + ",\"changeSource\":\"CRM\""
        + more
        + "}";
  }
}
