package io.leadgauge.http;

import java.util.List;

/**
 * Whether this process lives, or should be sent deliveries, and what that rests on.
 *
 * @param checks what was looked at; copied
 */
public record Health(List<Check> checks) {
  public Health {
    checks = List.copyOf(checks);
  }

  /** Tells whether all checks that it needs are right. */
  public boolean isReady() {
    return checks.stream().allMatch(check -> check.ok() || !check.needed());
  }

  /**
   * One thing looked at.
   *
   * @param name what, in a word or two
   * @param ok whether it is as it should be
   * @param needed whether it is needed; a CRM that is down does not stop deliveries from being kept
   * @param detail what was found
   */
  public record Check(String name, boolean ok, boolean needed, String detail) {}
}
