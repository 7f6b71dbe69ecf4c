package io.leadgauge.sandbox;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a sandbox is set up.
 *
 * @param host where it listens; loopback unless told
 * @param port where it listens; 0 takes a free one
 * @param portalId the account that it stands for
 * @param appId the app that webhooks belong to, and that writes with {@link #TOKEN}
 * @param tokens the app of each access token; any other token is refused
 * @param limits how many calls it allows
 * @param faults what goes wrong
 * @param pace how webhooks are sent
 * @param webhooks where they go; none are made without
 * @param seed what chance hangs on; drawn and printed where it is not given
 * @param searchLag how far search is behind
 * @param zone the account's time zone, in which days begin
 * @param firstStage the lifecycle stage of a new contact that comes without one
 */
public record SandboxOptions(
    String host,
    int port,
    long portalId,
    long appId,
    Map<String, Long> tokens,
    Limits limits,
    Faults faults,
    WebhookPace pace,
    Optional<WebhookTarget> webhooks,
    OptionalLong seed,
    Duration searchLag,
    ZoneId zone,
    Optional<String> firstStage) {

  /** The access token of the app that webhooks belong to. */
  public static final String TOKEN = "sandbox-token";

  /** The access token of another app. */
  public static final String OTHER_TOKEN = "other-app-token";

  /** The app that {@link #TOKEN} belongs to, unless told. */
  public static final long APP_ID = 2_930_857;

  /** The app that {@link #OTHER_TOKEN} belongs to, unless told. */
  public static final long OTHER_APP_ID = 2_931_120;

  /** The account, unless told. */
  public static final long PORTAL_ID = 44_237_313;

  public SandboxOptions {
    tokens = Map.copyOf(tokens);
  }

  /** A sandbox on a free port of this machine, with the limits of a free account and no faults. */
  public static SandboxOptions defaults() {
    return new SandboxOptions(
        "127.0.0.1",
        0,
        PORTAL_ID,
        APP_ID,
        Map.of(TOKEN, APP_ID, OTHER_TOKEN, OTHER_APP_ID),
        Limits.FREE,
        Faults.NONE,
        WebhookPace.QUICK,
        Optional.empty(),
        OptionalLong.empty(),
        Duration.ofSeconds(2),
        ZoneId.of("UTC"),
        Optional.of("lead"));
  }

  /** The same at another host and port. */
  public SandboxOptions at(String otherHost, int otherPort) {
    return new SandboxOptions(
        otherHost,
        otherPort,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        pace,
        webhooks,
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same for another account and app, whose token is {@link #TOKEN}. */
  public SandboxOptions withAccount(long otherPortalId, long otherAppId) {
    return new SandboxOptions(
        host,
        port,
        otherPortalId,
        otherAppId,
        Map.of(TOKEN, otherAppId, OTHER_TOKEN, OTHER_APP_ID),
        limits,
        faults,
        pace,
        webhooks,
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same with other access tokens and the apps they belong to. */
  public SandboxOptions withTokens(Map<String, Long> otherTokens) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        otherTokens,
        limits,
        faults,
        pace,
        webhooks,
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same with other limits. */
  public SandboxOptions withLimits(Limits otherLimits) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        otherLimits,
        faults,
        pace,
        webhooks,
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same with other faults. */
  public SandboxOptions withFaults(Faults otherFaults) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        otherFaults,
        pace,
        webhooks,
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same with webhooks at another pace. */
  public SandboxOptions withPace(WebhookPace otherPace) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        otherPace,
        webhooks,
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same with webhooks sent to a target. */
  public SandboxOptions withWebhooks(WebhookTarget target) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        pace,
        Optional.of(target),
        seed,
        searchLag,
        zone,
        firstStage);
  }

  /** The same with chance that hangs on this seed. */
  public SandboxOptions withSeed(long newSeed) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        pace,
        webhooks,
        OptionalLong.of(newSeed),
        searchLag,
        zone,
        firstStage);
  }

  /** The same with search so far behind. */
  public SandboxOptions withSearchLag(Duration otherLag) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        pace,
        webhooks,
        seed,
        otherLag,
        zone,
        firstStage);
  }

  /** The same with new contacts in another lifecycle stage, or in none. */
  public SandboxOptions withFirstStage(Optional<String> otherStage) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        pace,
        webhooks,
        seed,
        searchLag,
        zone,
        otherStage);
  }

  /** The same in another time zone. */
  public SandboxOptions inZone(ZoneId otherZone) {
    return new SandboxOptions(
        host,
        port,
        portalId,
        appId,
        tokens,
        limits,
        faults,
        pace,
        webhooks,
        seed,
        searchLag,
        otherZone,
        firstStage);
  }
}
