package io.leadgauge.sandbox.salesforce;

import java.util.OptionalLong;

/**
 * How a stand-in org is set up.
 *
 * @param host where it listens; loopback unless told
 * @param port where it listens; 0 takes a free one
 * @param orgId the organisation id, of 18 characters
 * @param app the app through which an integration comes in
 * @param dailyCalls how many calls it allows within any 24 hours
 * @param faults what goes wrong
 * @param pace how outbound messages and events are sent
 * @param seed what chance hangs on; drawn and printed where it is not given
 */
public record SalesforceOptions(
    String host,
    int port,
    String orgId,
    ConnectedApp app,
    int dailyCalls,
    OrgFaults faults,
    MessagePace pace,
    OptionalLong seed) {

  /** A session of our integration that never ends, for trying things. */
  public static final String TOKEN = "sandbox-session";

  /** A session of another integration that never ends. */
  public static final String OTHER_TOKEN = "other-session";

  /** The organisation, unless told. */
  public static final String ORG_ID = "00Dxx0000001gPFEAY";

  private static final int ENTERPRISE = 100_000;

  public SalesforceOptions {
    if (dailyCalls < 1) {
      throw new IllegalArgumentException("daily calls must be >= 1: " + dailyCalls);
    }
    if (RecordId.read(orgId).filter(orgId::equals).isEmpty() || !orgId.startsWith("00D")) {
      throw new IllegalArgumentException(
          "organisation id: expected 18 characters from 00D on: " + orgId);
    }
  }

  /** An Enterprise org on a free port of this machine, without faults. */
  public static SalesforceOptions defaults() {
    return new SalesforceOptions(
        "127.0.0.1",
        0,
        ORG_ID,
        ConnectedApp.standard(),
        ENTERPRISE,
        OrgFaults.NONE,
        MessagePace.QUICK,
        OptionalLong.empty());
  }

  /** The same at another host and port. */
  public SalesforceOptions at(String otherHost, int otherPort) {
    return new SalesforceOptions(otherHost, otherPort, orgId, app, dailyCalls, faults, pace, seed);
  }

  /** The same with another app. */
  public SalesforceOptions withApp(ConnectedApp otherApp) {
    return new SalesforceOptions(host, port, orgId, otherApp, dailyCalls, faults, pace, seed);
  }

  /** The same with so many calls a day. */
  public SalesforceOptions withDailyCalls(int most) {
    return new SalesforceOptions(host, port, orgId, app, most, faults, pace, seed);
  }

  /** The same with other faults. */
  public SalesforceOptions withFaults(OrgFaults otherFaults) {
    return new SalesforceOptions(host, port, orgId, app, dailyCalls, otherFaults, pace, seed);
  }

  /** The same with messages at another pace. */
  public SalesforceOptions withPace(MessagePace otherPace) {
    return new SalesforceOptions(host, port, orgId, app, dailyCalls, faults, otherPace, seed);
  }

  /** The same with chance that hangs on this seed. */
  public SalesforceOptions withSeed(long newSeed) {
    return new SalesforceOptions(
        host, port, orgId, app, dailyCalls, faults, pace, OptionalLong.of(newSeed));
  }
}
