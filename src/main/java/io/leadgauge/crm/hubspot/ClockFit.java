package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.Finding;
import java.time.Duration;

/** Whether our clock is HubSpot's: a webhook signed more than five minutes ago is refused. */
final class ClockFit {
  /** HubSpot tells whole seconds, and an answer is some time on its way. */
  private static final Duration UNSEEN = Duration.ofSeconds(3);

  private static final Duration WORTH_KNOWING = Duration.ofSeconds(30);
  private static final Duration REFUSED_FROM = Duration.ofMinutes(4);

  private ClockFit() {}

  /**
   * Compares the clocks.
   *
   * @param theirs what HubSpot's clock said, in whole seconds
   * @param ours what ours says now
   */
  static Finding of(String area, long theirs, long ours) {
    Duration apart = Duration.ofMillis(ours - theirs);
    String words = apart.abs().toSeconds() + " s " + (apart.isNegative() ? "behind" : "ahead of");
    if (apart.abs().compareTo(REFUSED_FROM) >= 0) {
      return Finding.problem(
          area,
          "clock",
          "ours is " + words + " HubSpot's, and webhooks 300 s apart are refused",
          "set this machine's clock by NTP");
    }
    if (apart.abs().compareTo(WORTH_KNOWING) >= 0) {
      return Finding.warning(
          area,
          "clock",
          "ours is " + words + " HubSpot's",
          "set this machine's clock by NTP, before it is 300 s");
    }
    return Finding.ok(
        area,
        "clock",
        apart.abs().compareTo(UNSEEN) <= 0
            ? "is HubSpot's, within " + UNSEEN.toSeconds() + " s"
            : "ours is " + words + " HubSpot's");
  }
}
