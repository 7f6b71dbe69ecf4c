package io.leadgauge.cli;

/** Lengths of time in words, as exact as somebody wants to know. */
final class Spans {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Spans() {}

  /** Returns the two largest units of a length of time in milliseconds: {@code 2 d 4 h}. */
  static String of(long millis) {
    if (millis >= DAY) {
      return two(millis, DAY, " d", HOUR, " h");
    }
    if (millis >= HOUR) {
      return two(millis, HOUR, " h", MINUTE, " min");
    }
    return millis >= MINUTE ? two(millis, MINUTE, " min", SECOND, " s") : millis / SECOND + " s";
  }

  private static String two(long millis, long unit, String name, long part, String partName) {
    long rest = millis % unit / part;
    return millis / unit + name + (rest == 0 ? "" : " " + rest + partName);
  }
}
