package io.leadgauge.fuzz;

import java.util.Arrays;

/** What Jazzer calls: the first byte says which target the others are for. */
public final class FuzzEntry {
  private static final Target[] TARGETS = Target.values();

  private FuzzEntry() {}

  /** Has everything loaded before an input is timed. */
  public static void fuzzerInitialize() throws Exception {
    for (Target target : TARGETS) {
      target.check(new byte[0]);
    }
  }

  /** Gives bytes to a target; every exception is a find. */
  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    if (data.length > 0) {
      TARGETS[Math.floorMod(data[0], TARGETS.length)].check(
          Arrays.copyOfRange(data, 1, data.length));
    }
  }
}
