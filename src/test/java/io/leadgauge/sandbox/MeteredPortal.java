package io.leadgauge.sandbox;

import io.vertx.core.MultiMap;
import java.time.ZoneOffset;
import java.util.Optional;

/** The sandbox's own meter without its server, for simulations of many hours. */
public final class MeteredPortal {
  private static final Grant GRANT =
      Grant.fixed(new Portal(1, 1, Optional.empty(), Dice.of(1, "portal"), change -> {}), 1);

  private final RateMeter meter;

  /** Makes a portal that allows so many calls in ten seconds. */
  public MeteredPortal(int tenSecondly) {
    meter = new RateMeter(new Limits(tenSecondly, 0, 0), ZoneOffset.UTC);
  }

  /** Counts a call; returns whether it is allowed, and not answered 429. */
  public boolean takes(long now) {
    Optional<RateMeter.Policy> reached = meter.call(GRANT, now);
    return reached.isEmpty();
  }

  /** Returns how many calls it would take now, as its answers say. */
  public int remaining(long now) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    meter.describe(headers, GRANT, now);
    return Integer.parseInt(headers.get("X-HubSpot-RateLimit-Remaining"));
  }
}
