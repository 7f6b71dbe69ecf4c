package io.leadgauge.sandbox;

import io.vertx.core.MultiMap;
import java.time.ZoneOffset;
import java.util.Optional;

/** The sandbox's own meter without its server, for simulations of many hours. */
public final class MeteredPortal {
  private static final long APP = 1;

  private final RateMeter meter;

  /** Makes a portal that allows so many calls in ten seconds. */
  public MeteredPortal(int tenSecondly) {
    meter = new RateMeter(new Limits(tenSecondly, 0, 0), ZoneOffset.UTC);
  }

  /** Counts a call; returns whether it is allowed, and not answered 429. */
  public boolean takes(long now) {
    Optional<RateMeter.Policy> reached = meter.call(APP, now);
    return reached.isEmpty();
  }

  /** Returns how many calls it would take now, as its answers say. */
  public int remaining(long now) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    meter.describe(headers, APP, now);
    return Integer.parseInt(headers.get("X-HubSpot-RateLimit-Remaining"));
  }
}
