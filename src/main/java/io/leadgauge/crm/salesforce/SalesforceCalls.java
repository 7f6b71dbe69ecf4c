package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.RestCalls;
import io.leadgauge.crm.rest.RestRequest;
import io.leadgauge.model.Clockwork;
import io.vertx.core.http.HttpMethod;
import java.util.regex.Pattern;

/**
 * Single calls of Salesforce's REST API, each within the org's budget. They go where the token says
 * that the org is. A call blocks its thread until the answer is there, and never an event loop.
 * Thread-safe.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_list.htm">Salesforce:
 *     REST resources, 2026</a>
 */
final class SalesforceCalls implements AutoCloseable {
  /** What Salesforce is called in our messages. */
  static final String NAME = "Salesforce";

  /** What a manifest calls an org's address. */
  static final String ADDRESS = "credentials: loginUrl";

  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{1,2}\\.0");

  /** What stands in an address for itself. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private final RestCalls<Reply> calls;
  private final String root;
  private final Clockwork clock;
  private final OrgClock orgClock;

  /**
   * Makes calls of one version of the API, such as {@code 67.0}.
   *
   * @throws IllegalArgumentException if there can be no such version
   */
  SalesforceCalls(RestCalls<Reply> calls, String version, Clockwork clock) {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "the API version is '" + version + "', expected such as 67.0");
    }
    this.calls = calls;
    this.root = "/services/data/v" + version;
    this.clock = clock;
    this.orgClock = new OrgClock();
  }

  private SalesforceCalls(SalesforceCalls same, RestCalls<Reply> calls) {
    this.calls = calls;
    this.root = same.root;
    this.clock = same.clock;
    this.orgClock = same.orgClock;
  }

  /** Returns the same calls, made only when live ones leave room; closed with these. */
  SalesforceCalls inBackground() {
    return new SalesforceCalls(this, calls.inBackground());
  }

  /** Returns how much of the org's budget is used. */
  Allowance allowance() {
    return calls.allowance();
  }

  Clockwork clock() {
    return clock;
  }

  /**
   * Returns what Salesforce's own clock shows at least, in milliseconds since the epoch; 0 where no
   * answer has told.
   */
  long orgTime() {
    return orgClock.atLeast(clock.nanos());
  }

  // Queries

  /** Asks for the first page of records that are there. */
  Reply query(Lane lane, Soql query) {
    return call(lane, named(RestRequest.get(root + "/query?q=" + query.encoded())));
  }

  /** Asks for the first page of records, those that are deleted or archived among them. */
  Reply queryAll(Lane lane, Soql query) {
    return call(lane, named(RestRequest.get(root + "/queryAll?q=" + query.encoded())));
  }

  /**
   * Asks for the next page of records.
   *
   * @param locator what stands behind {@code query/} in the address that the page before told
   */
  Reply more(Lane lane, String locator) {
    return call(lane, named(RestRequest.get(root + "/query/" + plain(locator))));
  }

  /** Returns how long the address of a query is, in characters. */
  int length(Soql query) {
    return root.length() + "/queryAll?q=".length() + query.encoded().length();
  }

  // Records

  /** Changes records of one or several objects, each by itself; assignment rules stay out of it. */
  Reply update(ObjectNode body) {
    return call(
        Lane.RECORDS,
        RestRequest.of(HttpMethod.PATCH, root + "/composite/sobjects", body)
            .with("Sforce-Auto-Assign", "FALSE"));
  }

  /** Makes or changes the one record whose external id is this. */
  Reply upsert(String object, String field, String externalId, ObjectNode body) {
    String path = "/sobjects/" + plain(object) + "/" + plain(field) + "/" + plain(externalId);
    return call(Lane.RECORDS, named(RestRequest.of(HttpMethod.PATCH, root + path, body)));
  }

  /** Makes a record. */
  Reply create(String object, ObjectNode body) {
    String path = root + "/sobjects/" + plain(object);
    return call(Lane.RECORDS, named(RestRequest.of(HttpMethod.POST, path, body)));
  }

  /** Asks how an object is defined, as far as our user may see it. */
  Reply describe(String object) {
    return call(
        Lane.RECORDS, named(RestRequest.get(root + "/sobjects/" + plain(object) + "/describe")));
  }

  /** Asks what there is to ask for, and who asks. */
  Reply resources() {
    return call(Lane.RECORDS, RestRequest.get(root + "/"));
  }

  /** Asks what the org allows in a day, and what is left of it. */
  Reply limits() {
    return call(Lane.RECORDS, RestRequest.get(root + "/limits"));
  }

  // Bulk API 2.0

  /** Lets a query be carried out in the background. */
  Reply createJob(ObjectNode body) {
    return call(Lane.RECORDS, named(RestRequest.of(HttpMethod.POST, root + "/jobs/query", body)));
  }

  /** Asks how far a job is. */
  Reply job(String id) {
    return call(Lane.RECORDS, named(RestRequest.get(root + "/jobs/query/" + plain(id))));
  }

  /**
   * Asks for a page of a job's results.
   *
   * @param locator where the page before said that this one begins; empty for the first one
   */
  Reply results(String id, String locator, int most) {
    String page = "/results?maxRecords=" + most;
    String from = locator.isEmpty() ? "" : "&locator=" + plain(locator);
    return call(
        Lane.RECORDS,
        named(RestRequest.get(root + "/jobs/query/" + plain(id) + page + from))
            .with("Accept", "text/csv"));
  }

  /**
   * Names us, where that is documented to have a meaning.
   *
   * @see <a
   *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_calloptions.htm">Salesforce:
   *     call options header, 2026</a>
   */
  private static RestRequest named(RestRequest request) {
    return request.with("Sforce-Call-Options", "client=leadgauge");
  }

  private static String plain(String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw new IllegalArgumentException("not fit for an address: '" + text + "'");
    }
    return text;
  }

  /** What an answer tells may have been so as early as the call began. */
  private Reply call(Lane lane, RestRequest request) {
    long begunAt = clock.nanos();
    Reply reply = calls.call(lane, request);
    if (!(reply instanceof Reply.Answered answered)) {
      return reply;
    }
    orgClock.tell(answered.begunAt(), clock.nanos());
    return new Reply.Answered(answered.body(), orgClock.atLeast(begunAt));
  }

  @Override
  public void close() {
    calls.close();
  }
}
