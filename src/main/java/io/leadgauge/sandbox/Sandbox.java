package io.leadgauge.sandbox;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * A running stand-in HubSpot.
 *
 * <p>Thread-safe: what it is asked to do it does on its own event loop. Its state is in memory and
 * gone when it is closed.
 */
public final class Sandbox {
  private static final int AT_ONCE = 500;

  private final Vertx vertx;
  private final String deployment;
  private final SandboxVerticle verticle;

  private Sandbox(Vertx vertx, String deployment, SandboxVerticle verticle) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.verticle = verticle;
  }

  /**
   * Starts a sandbox.
   *
   * @return the sandbox once it listens; fails where the port is taken
   */
  public static Future<Sandbox> start(Vertx vertx, SandboxOptions options, Clockwork clock) {
    SandboxVerticle verticle = new SandboxVerticle(options, clock);
    return vertx.deployVerticle(verticle).map(id -> new Sandbox(vertx, id, verticle));
  }

  /** The port that it listens on. */
  public int port() {
    return verticle.port();
  }

  /** The address of its API, without a path: what stands in for {@code https://api.hubapi.com}. */
  public URI address() {
    return URI.create("http://" + verticle.host() + ":" + port());
  }

  /** The seed that its chance hangs on; the same seed and the same calls give the same faults. */
  public long seed() {
    return verticle.seed();
  }

  /** Sends webhooks to a target from now on, and those that still wait. */
  public Future<Void> sendWebhooksTo(WebhookTarget target) {
    return verticle
        .onLoop(
            parts -> {
              parts.outbox().retarget(target);
              return target;
            })
        .mapEmpty();
  }

  /**
   * Puts the bundled sample in.
   *
   * @param webhooks whether webhooks tell of it
   * @return how many contacts
   */
  public Future<Integer> loadSample(boolean webhooks) {
    return load(webhooks, parts -> SampleContacts.read(parts.seeds(), parts.clock().now()));
  }

  /**
   * Puts so many generated contacts in.
   *
   * @param webhooks whether webhooks tell of them
   * @return how many contacts
   */
  public Future<Integer> loadGenerated(int count, boolean webhooks) {
    return load(
        webhooks,
        parts -> GeneratedContacts.of(count, Dice.of(seed(), "contacts"), parts.clock().now()));
  }

  /** Stops it; what it held is gone. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  private Future<Integer> load(
      boolean webhooks, Function<SandboxVerticle.Parts, List<Seeds.Seed>> seeds) {
    return verticle.onLoop(seeds).compose(parsed -> plant(parsed, 0, webhooks));
  }

  /** Plants some at a time, so that the event loop does other things in between. */
  private Future<Integer> plant(List<Seeds.Seed> seeds, int from, boolean webhooks) {
    if (from >= seeds.size()) {
      return Future.succeededFuture(seeds.size());
    }
    int to = Math.min(seeds.size(), from + AT_ONCE);
    return verticle
        .onLoop(parts -> parts.plant(seeds.subList(from, to), webhooks))
        .compose(planted -> plant(seeds, to, webhooks));
  }
}
