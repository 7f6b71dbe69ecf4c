package io.leadgauge.sandbox.salesforce;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The API versions that are served: the latest is Summer '26, the retired ones are gone since
 * Summer '25.
 */
final class Version {
  /** The latest that is generally available. */
  static final String LATEST = "67.0";

  private static final int FIRST_SERVED = 31;
  private static final int FIRST_RETIRED = 21;
  private static final int LAST = 67;
  private static final int SUMMER_26 = 67;

  private Version() {}

  /** What becomes of a request for a version. */
  enum Standing {
    SERVED,
    RETIRED
  }

  /** Where a version stands, as it stands in a path ({@code v67.0}); empty where it is none. */
  static Optional<Standing> of(String segment) {
    if (!segment.matches("v\\d{2}\\.0")) {
      return Optional.empty();
    }
    int number = number(segment);
    if (number > LAST || number < FIRST_RETIRED) {
      return Optional.empty();
    }
    return Optional.of(number < FIRST_SERVED ? Standing.RETIRED : Standing.SERVED);
  }

  /** The number in a path's segment. */
  static int number(String segment) {
    return Integer.parseInt(segment.substring(1, 3));
  }

  /** All that are served, the oldest first. */
  static List<Integer> served() {
    return IntStream.rangeClosed(FIRST_SERVED, LAST).boxed().toList();
  }

  /** The release that a version came with. */
  static String label(int number) {
    int releases = SUMMER_26 - number;
    String[] seasons = {"Summer", "Spring", "Winter"};
    int year = 26 - releases / 3;
    return "%s '%02d".formatted(seasons[releases % 3], year);
  }
}
