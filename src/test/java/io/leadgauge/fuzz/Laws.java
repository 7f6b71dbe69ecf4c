package io.leadgauge.fuzz;

/** What must hold, without a library that a fuzzer would have to look into. */
final class Laws {
  private Laws() {}

  static void hold(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
