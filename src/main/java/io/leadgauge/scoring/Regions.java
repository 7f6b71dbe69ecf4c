package io.leadgauge.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Groups of countries by name, such as {@code dach} or {@code emea}.
 *
 * <p>They are in {@code regions.txt} beside this class, read when first asked. Safe for any thread.
 */
public final class Regions {
  private Regions() {}

  /**
   * Returns the countries of a region as alpha-2 codes in upper case, in their order; empty if no
   * region has that name.
   */
  public static Optional<Set<String>> of(String name) {
    return Optional.ofNullable(Loaded.REGIONS.get(name));
  }

  /** Returns the names of all regions, in lower case. */
  public static Set<String> names() {
    return Loaded.REGIONS.keySet();
  }

  /** Holds the regions from their first use on. */
  private static final class Loaded {
    static final Map<String, Set<String>> REGIONS = regions();

    private static Map<String, Set<String>> regions() {
      Map<String, Set<String>> regions = new LinkedHashMap<>();
      for (String line : ResourceLines.of("regions.txt")) {
        int colon = line.indexOf(':');
        Set<String> countries =
            regions.computeIfAbsent(line.substring(0, colon), n -> new TreeSet<>());
        for (String part : line.substring(colon + 1).strip().split("\\s+", -1)) {
          countries.addAll(regions.getOrDefault(part, Set.of(part)));
        }
      }
      regions.replaceAll((name, countries) -> Collections.unmodifiableSet(countries));
      return Collections.unmodifiableMap(regions);
    }
  }
}
