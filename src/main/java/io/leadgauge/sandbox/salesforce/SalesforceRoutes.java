package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;

/** Which path leads where. */
final class SalesforceRoutes {
  private static final long LARGEST_BODY = 64L << 20;
  private static final String CONTROL = "/_sandbox";
  private static final String BASE = "/services/data/:version";

  private final Router router;
  private final Gate gate;
  private final Org org;

  SalesforceRoutes(Router router, Gate gate, Org org) {
    this.router = router;
    this.gate = gate;
    this.org = org;
    router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
  }

  void oauth(OAuthEndpoints oauth) {
    String token = "/services/oauth2/token";
    api(HttpMethod.POST, token, gate.toAnyone(token, call -> oauth.token(call.routing())));
    String userInfo = "/services/oauth2/userinfo";
    api(HttpMethod.GET, userInfo, gate.toUnversioned(userInfo, oauth::userInfo));
  }

  void describe(DescribeEndpoints describe) {
    String versions = "/services/data";
    api(HttpMethod.GET, versions, gate.toAnyone(versions, describe::versions));
    versioned(HttpMethod.GET, "", "/", describe::resources);
    versioned(HttpMethod.GET, "/limits", "/limits", describe::limits);
    versioned(HttpMethod.GET, "/sobjects", "/sobjects", describe::all);
    versioned(HttpMethod.GET, "/sobjects/:object", "/sobjects/{object}", describe::basics);
    versioned(
        HttpMethod.GET,
        "/sobjects/:object/describe",
        "/sobjects/{object}/describe",
        describe::describe);
  }

  void queries(QueryEndpoints queries) {
    versioned(HttpMethod.GET, "/query", "/query", queries::query);
    versioned(HttpMethod.GET, "/queryAll", "/queryAll", queries::queryAll);
    versioned(HttpMethod.GET, "/query/:locator", "/query/{locator}", queries::page);
    versioned(HttpMethod.GET, "/queryAll/:locator", "/query/{locator}", queries::page);
  }

  void bulk(BulkEndpoints bulk) {
    String jobs = "/jobs/query";
    String one = "/jobs/query/{id}";
    versioned(HttpMethod.POST, jobs, jobs, bulk::create);
    versioned(HttpMethod.GET, jobs, jobs, bulk::list);
    versioned(HttpMethod.GET, jobs + "/:id", one, bulk::read);
    versioned(HttpMethod.PATCH, jobs + "/:id", one, bulk::abort);
    versioned(HttpMethod.DELETE, jobs + "/:id", one, bulk::delete);
    versioned(HttpMethod.GET, jobs + "/:id/results", one + "/results", bulk::results);
  }

  void collections(CollectionEndpoints collections) {
    String base = "/composite/sobjects";
    versioned(HttpMethod.POST, base, base, collections::create);
    versioned(HttpMethod.PATCH, base, base, collections::update);
    versioned(HttpMethod.POST, base + "/:object", base + "/{object}", collections::read);
    versioned(
        HttpMethod.PATCH,
        base + "/:object/:field",
        base + "/{object}/{field}",
        collections::upsert);
  }

  void rows(RowEndpoints rows) {
    String object = "/sobjects/:object";
    versioned(HttpMethod.POST, object, "/sobjects/{object}", rows::create);
    String one = "/sobjects/{object}/{id}";
    versioned(HttpMethod.GET, object + "/:id", one, rows::read);
    versioned(HttpMethod.PATCH, object + "/:id", one, rows::update);
    versioned(HttpMethod.DELETE, object + "/:id", one, rows::delete);
    String external = "/sobjects/{object}/{field}/{value}";
    versioned(HttpMethod.GET, object + "/:field/:value", external, rows::readByExternalId);
    versioned(HttpMethod.PATCH, object + "/:field/:value", external, rows::upsert);
  }

  void control(
      ControlRecords records,
      ControlSchema schema,
      ControlTelling telling,
      ControlScript script,
      ControlSettings settings) {
    control(HttpMethod.GET, "", settings::about);
    control(HttpMethod.GET, "/calls", settings::calls);
    control(HttpMethod.DELETE, "/calls", settings::forgetCalls);
    control(HttpMethod.POST, "/limits", settings::setLimits);
    control(HttpMethod.POST, "/faults", settings::setFaults);
    control(HttpMethod.POST, "/settings", settings::set);
    control(HttpMethod.POST, "/app", settings::setApp);
    control(HttpMethod.POST, "/sessions", settings::setSessions);
    control(HttpMethod.POST, "/cursors", settings::closeCursors);
    control(HttpMethod.POST, "/faults/next", script::planFault);
    control(HttpMethod.POST, "/interleave", script::interleave);
    control(HttpMethod.DELETE, "/script", script::clear);
    control(HttpMethod.GET, "/webhooks", telling::state);
    control(HttpMethod.POST, "/subscriptions/:name", telling::subscribe);
    control(HttpMethod.DELETE, "/subscriptions/:name", telling::unsubscribe);
    control(HttpMethod.POST, "/gaps", telling::gap);
    control(HttpMethod.POST, "/fields/:object/:name", schema::putField);
    control(HttpMethod.DELETE, "/fields/:object/:name", schema::removeField);
    control(HttpMethod.POST, "/rules/:object", schema::addRule);
    control(HttpMethod.DELETE, "/rules", schema::clearRules);
    control(HttpMethod.POST, "/locks", schema::lock);
    control(HttpMethod.DELETE, "/locks", schema::unlock);
    control(HttpMethod.POST, "/sharing", schema::share);
    control(HttpMethod.POST, "/assignment/:object", schema::assign);
    control(HttpMethod.POST, "/statuses", schema::leadStatuses);
    control(HttpMethod.POST, "/sample", records::sample);
    control(HttpMethod.GET, "/contacts", records::people);
    control(HttpMethod.GET, "/:object", records::list);
    control(HttpMethod.POST, "/:object", records::create);
    control(HttpMethod.GET, "/:object/:id", records::read);
    control(HttpMethod.POST, "/:object/:id", records::change);
    control(HttpMethod.DELETE, "/:object/:id", records::delete);
    control(HttpMethod.POST, "/:object/:id/restore", records::restore);
    control(HttpMethod.POST, "/:object/:id/purge", records::purge);
    control(HttpMethod.POST, "/:object/:id/merge", records::merge);
    control(HttpMethod.POST, "/:object/:id/convert", records::convert);
  }

  /** What leads nowhere. */
  void rest() {
    router
        .route()
        .handler(
            gate.toUnversioned(
                "other",
                call -> {
                  throw Refused.notFound();
                }));
  }

  private void versioned(HttpMethod method, String path, String route, Gate.Endpoint endpoint) {
    api(method, BASE + path, gate.to(route, endpoint));
  }

  private void api(HttpMethod method, String path, Handler<RoutingContext> handler) {
    router.route(method, path).handler(handler);
  }

  private void control(HttpMethod method, String path, Gate.Endpoint endpoint) {
    router
        .route(method, CONTROL + path)
        .handler(
            routing -> {
              Reply reply = controlled(routing, endpoint);
              routing
                  .response()
                  .setStatusCode(reply.status())
                  .putHeader("Content-Type", reply.contentType())
                  .end(reply.body());
            });
  }

  private Reply controlled(RoutingContext routing, Gate.Endpoint endpoint) {
    Session nobody = new Session("", "", false, Set.of(), 0);
    try {
      return endpoint.serve(new Call(routing, org, nobody, org.now()));
    } catch (Refused | Unsaved e) {
      ObjectNode body = Json.object();
      body.put("error", e.getMessage());
      return Reply.of(e instanceof Refused refused ? refused.status() : 400, body);
    }
  }
}
