package io.leadgauge.sandbox.salesforce;

import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.Dice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;

/**
 * A running stand-in Salesforce org.
 *
 * <p>Thread-safe: what it is asked to do it does on its own event loop. Its state is in memory and
 * gone when it is closed.
 */
public final class SalesforceSandbox {
  private static final List<String> TOLD =
      List.of("Lead", "Contact", "Account", "Opportunity", "Task", "Event", "CampaignMember");

  private final Vertx vertx;
  private final String deployment;
  private final SalesforceVerticle verticle;

  private SalesforceSandbox(Vertx vertx, String deployment, SalesforceVerticle verticle) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.verticle = verticle;
  }

  /**
   * Starts an org.
   *
   * @return the sandbox once it listens; fails where the port is taken
   */
  public static Future<SalesforceSandbox> start(
      Vertx vertx, SalesforceOptions options, Clockwork clock) {
    SalesforceVerticle verticle = new SalesforceVerticle(options, clock);
    return vertx.deployVerticle(verticle).map(id -> new SalesforceSandbox(vertx, id, verticle));
  }

  /** The port that it listens on. */
  public int port() {
    return verticle.port();
  }

  /** The address of its token endpoint and its API: what stands in for a My Domain. */
  public URI address() {
    return URI.create(verticle.address());
  }

  /** The seed that its chance hangs on; the same seed and the same calls give the same faults. */
  public long seed() {
    return verticle.seed();
  }

  /**
   * Sends outbound messages of all that a connection can be told to an address from now on: leads,
   * contacts, accounts, opportunities, tasks, events and campaign members, with all their fields.
   */
  public Future<Void> sendMessagesTo(URI url) {
    return verticle
        .onLoop(
            parts -> {
              for (String object : TOLD) {
                parts.outbox().subscribe(Subscription.ofAll(parts.org(), object, url));
              }
              return url;
            })
        .mapEmpty();
  }

  /**
   * Puts the bundled sample in.
   *
   * @param told whether messages tell of it
   * @return how many people
   */
  public Future<Integer> loadSample(boolean told) {
    return verticle.onLoop(
        parts -> new SampleLeads(parts.org(), parts.users().admin(), told).load());
  }

  /**
   * Puts so many generated leads in.
   *
   * @param told whether messages tell of them
   * @return how many leads
   */
  public Future<Integer> loadGenerated(int count, boolean told) {
    return verticle.onLoop(
        parts -> {
          new GeneratedLeads(parts.org(), Dice.of(seed(), "leads"))
              .load(count, parts.users().admin(), told);
          return count;
        });
  }

  /** Stops it; what it held is gone. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }
}
