package io.leadgauge.naive;

import java.time.Instant;

/** Makes a random model, a random contact and an instant of a seed; the same ones every time. */
final class PairGenerator {
  private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;

  private PairGenerator() {}

  /**
   * What a seed makes.
   *
   * @param name of the model
   * @param model the text of its manifest
   * @param contact the text of a contact file
   * @param now when to score, in milliseconds since 1970
   */
  record Pair(long seed, String name, String model, String contact, long now) {}

  static Pair of(long seed) {
    Dice dice = new Dice(seed);
    String name = "m" + seed;
    ModelWriter.Written model = ModelWriter.model(name, dice);
    long now = START + dice.of(0L, 1L, dice.below(DAY), DAY - 1);
    String contact = new ContactWriter(dice, now).contact(model.labels());
    return new Pair(seed, name, model.text(), contact, now);
  }
}
