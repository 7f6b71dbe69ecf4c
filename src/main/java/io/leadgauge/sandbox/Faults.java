package io.leadgauge.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes wrong, how often: a share of calls, or of webhook requests, from 0 to 1.
 *
 * <p>As text: items {@code name=share}, separated by commas, such as {@code
 * 429=0.01,timeout-after-apply=0.01,slow=200ms:0.05,webhook-duplicate=0.05}. At most one of the
 * call faults strikes a call; {@code slow} can come on top.
 *
 * @param calls the share of calls that each call fault strikes: a status ({@code 401}, {@code 423},
 *     {@code 429}, {@code 477}, {@code 500}, {@code 502}, {@code 503}, {@code 504}, {@code 521},
 *     {@code 523}, {@code 524}), or {@code timeout} (nothing done, nothing answered), {@code
 *     timeout-after-apply} (done, not answered), {@code reset} and {@code reset-after-apply} (the
 *     connection breaks instead)
 * @param slow the share of calls that are answered late
 * @param slowBy how late
 * @param webhookDuplicate the share of acknowledged webhook requests whose events are sent again
 * @param webhookReorder the share of webhook requests that others overtake
 */
public record Faults(
    SortedMap<String, Double> calls,
    double slow,
    Duration slowBy,
    double webhookDuplicate,
    double webhookReorder) {

  /** Nothing goes wrong. */
  public static final Faults NONE = new Faults(new TreeMap<>(), 0, Duration.ZERO, 0, 0);

  static final String TIMEOUT = "timeout";
  static final String TIMEOUT_AFTER_APPLY = "timeout-after-apply";
  static final String RESET = "reset";
  static final String RESET_AFTER_APPLY = "reset-after-apply";

  private static final Set<String> STATUSES =
      Set.of("401", "423", "429", "477", "500", "502", "503", "504", "521", "523", "524");
  private static final Set<String> BREAKS =
      Set.of(TIMEOUT, TIMEOUT_AFTER_APPLY, RESET, RESET_AFTER_APPLY);
  private static final String KNOWN =
      "401, 423, 429, 477, 500, 502, 503, 504, 521, 523, 524, timeout, timeout-after-apply, reset,"
          + " reset-after-apply, slow, webhook-duplicate, webhook-reorder";

  public Faults {
    calls = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(calls));
    double sum = calls.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1) {
      throw new IllegalArgumentException("faults: the shares of calls add up to more than 1");
    }
  }

  /**
   * Reads the text form; blank means none.
   *
   * @throws IllegalArgumentException naming the item that is wrong and what was expected
   */
  public static Faults parse(String text) {
    Faults faults = NONE;
    List<String> seen = new ArrayList<>();
    for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equals = item.indexOf('=');
      if (equals < 0) {
        throw wrong(item, "expected name=share, such as 500=0.02");
      }
      String name = item.substring(0, equals).strip();
      if (seen.contains(name)) {
        throw wrong(item, "it is there twice");
      }
      seen.add(name);
      faults = faults.with(name, item.substring(equals + 1).strip(), item);
    }
    return faults;
  }

  /** Whether a name is that of a fault that strikes calls. */
  public static boolean strikesCalls(String name) {
    return STATUSES.contains(name) || BREAKS.contains(name);
  }

  private Faults with(String name, String value, String item) {
    if (strikesCalls(name)) {
      SortedMap<String, Double> more = new TreeMap<>(calls);
      more.put(name, share(value, item));
      return new Faults(more, slow, slowBy, webhookDuplicate, webhookReorder);
    }
    return switch (name) {
      case "slow" -> withSlow(value, item);
      case "webhook-duplicate" ->
          new Faults(calls, slow, slowBy, share(value, item), webhookReorder);
      case "webhook-reorder" ->
          new Faults(calls, slow, slowBy, webhookDuplicate, share(value, item));
      default -> throw wrong(item, "unknown name; expected one of " + KNOWN);
    };
  }

  private Faults withSlow(String value, String item) {
    int colon = value.indexOf(':');
    if (colon < 0) {
      throw wrong(item, "expected slow=duration:share, such as slow=200ms:0.05");
    }
    Duration by = Durations.parse(value.substring(0, colon), "faults: \"" + item + "\"");
    double share = share(value.substring(colon + 1), item);
    return new Faults(calls, share, by, webhookDuplicate, webhookReorder);
  }

  private static double share(String value, String item) {
    if (!value.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?|\\.\\d{1,9}")) {
      throw wrong(item, "the share must be a number from 0 to 1");
    }
    return Double.parseDouble(value);
  }

  private static IllegalArgumentException wrong(String item, String why) {
    return new IllegalArgumentException("faults: \"" + item.strip() + "\": " + why);
  }

  /** The text form, which {@link #parse} reads; {@code none} is blank. */
  @Override
  public String toString() {
    List<String> items = new ArrayList<>();
    calls.forEach((name, share) -> items.add(item(name, share)));
    if (slow > 0) {
      items.add("slow=" + slowBy.toMillis() + "ms:" + number(slow));
    }
    if (webhookDuplicate > 0) {
      items.add(item("webhook-duplicate", webhookDuplicate));
    }
    if (webhookReorder > 0) {
      items.add(item("webhook-reorder", webhookReorder));
    }
    return String.join(",", items);
  }

  private static String item(String name, double share) {
    return name + "=" + number(share);
  }

  private static String number(double share) {
    return new java.math.BigDecimal(Double.toString(share)).stripTrailingZeros().toPlainString();
  }
}
