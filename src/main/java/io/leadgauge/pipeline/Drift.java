package io.leadgauge.pipeline;

/**
 * How far what is known of contacts has drifted from what their CRM holds, by samples.
 *
 * @param at when the last sample was read; 0 for none since the start
 * @param sampled how many contacts were compared since the start
 * @param differing how many of them differed, for longer than an event takes
 */
public record Drift(long at, long sampled, long differing) {
  static final Drift UNKNOWN = new Drift(0, 0, 0);

  Drift and(long now, long more, long moreDiffering) {
    return new Drift(now, sampled + more, differing + moreDiffering);
  }

  /** Returns how many of ten thousand sampled contacts differed; 0 before the first sample. */
  public long perTenThousand() {
    return sampled == 0 ? 0 : differing * 10_000 / sampled;
  }
}
