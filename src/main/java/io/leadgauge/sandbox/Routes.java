package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.ServiceLoader;

/** Which path leads where. The CRM API answers under version 3 and under any date. */
final class Routes {
  private static final long LARGEST_BODY = 64L << 20;
  private static final String CONTROL = "/_sandbox";
  private static final String DATE = "\\d{4}-(03|09)(-beta)?";
  private static final List<String> OBJECTS =
      List.of("/crm/v3/objects/contacts", "/crm/objects/:date/contacts");
  private static final List<String> PROPERTIES =
      List.of("/crm/v3/properties/contacts", "/crm/properties/:date/contacts");
  private static final List<String> PIPELINES =
      List.of("/crm/v3/pipelines/contacts", "/crm/pipelines/:date/contacts");
  private static final List<String> ACCOUNT =
      List.of("/account-info/v3/details", "/account-info/:date/details");

  private final Router router;
  private final Door door;
  private final Clockwork clock;

  Routes(Router router, Door door, Clockwork clock) {
    this.router = router;
    this.door = door;
    this.clock = clock;
    router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    ServiceLoader.load(RequestWitness.class).forEach(this::show);
  }

  private void show(RequestWitness witness) {
    router
        .route()
        .handler(
            routing -> {
              HttpServerRequest request = routing.request();
              if (!request.path().startsWith(CONTROL)) {
                witness.saw(
                    request.method().name(),
                    request.uri(),
                    request.headers(),
                    routing.body().buffer());
              }
              routing.next();
            });
  }

  void contacts(ContactEndpoints contacts, BatchEndpoints batches, SearchEndpoint search) {
    String name = "/crm/objects/contacts";
    for (String base : OBJECTS) {
      post(base + "/batch/read", door.to(name + "/batch/read", batches::read));
      post(base + "/batch/update", door.to(name + "/batch/update", batches::update));
      post(base + "/batch/create", door.to(name + "/batch/create", batches::create));
      post(base + "/batch/archive", door.to(name + "/batch/archive", batches::archive));
      post(base + "/search", door.toSearch(name + "/search", search::search));
      post(base + "/merge", door.to(name + "/merge", contacts::merge));
      post(base + "/gdpr-delete", door.to(name + "/gdpr-delete", contacts::erase));
      post(base, door.to(name, contacts::create));
      get(base, door.to(name, contacts::list));
      get(base + "/:id", door.to(name + "/{id}", contacts::read));
      api(HttpMethod.PATCH, base + "/:id", door.to(name + "/{id}", contacts::update));
      api(HttpMethod.DELETE, base + "/:id", door.to(name + "/{id}", contacts::archive));
    }
  }

  void properties(PropertyEndpoints properties) {
    String name = "/crm/properties/contacts";
    for (String base : PROPERTIES) {
      get(base, door.to(name, properties::list));
      post(base, door.to(name, properties::create));
      post(base + "/batch/create", door.to(name + "/batch/create", properties::createBatch));
      get(base + "/groups", door.to(name + "/groups", properties::listGroups));
      post(base + "/groups", door.to(name + "/groups", properties::createGroup));
      get(base + "/groups/:name", door.to(name + "/groups/{name}", properties::readGroup));
      get(base + "/:name", door.to(name + "/{name}", properties::read));
      api(HttpMethod.DELETE, base + "/:name", door.to(name + "/{name}", properties::archive));
    }
  }

  void account(AccountEndpoints account) {
    PIPELINES.forEach(path -> get(path, door.to("/crm/pipelines/contacts", account::pipelines)));
    ACCOUNT.forEach(path -> get(path, door.to("/account-info/details", account::details)));
  }

  void control(ControlContacts contacts, ControlSettings settings) {
    control(HttpMethod.GET, "/_sandbox", settings::about);
    control(HttpMethod.GET, "/_sandbox/contacts", contacts::list);
    control(HttpMethod.POST, "/_sandbox/contacts", contacts::seed);
    control(HttpMethod.POST, "/_sandbox/sample", contacts::sample);
    control(HttpMethod.GET, "/_sandbox/contacts/:id", contacts::read);
    control(HttpMethod.POST, "/_sandbox/contacts/:id", contacts::change);
    control(HttpMethod.DELETE, "/_sandbox/contacts/:id", contacts::archive);
    control(HttpMethod.POST, "/_sandbox/contacts/:id/activities", contacts::act);
    control(HttpMethod.POST, "/_sandbox/contacts/:id/restore", contacts::restore);
    control(HttpMethod.POST, "/_sandbox/contacts/:id/erase", contacts::erase);
    control(HttpMethod.POST, "/_sandbox/contacts/:id/merge", contacts::merge);
    control(HttpMethod.GET, "/_sandbox/calls", settings::calls);
    control(HttpMethod.DELETE, "/_sandbox/calls", settings::forgetCalls);
    control(HttpMethod.GET, "/_sandbox/webhooks", settings::webhooks);
    control(HttpMethod.POST, "/_sandbox/webhooks", settings::setWebhooks);
    control(HttpMethod.POST, "/_sandbox/faults", settings::setFaults);
  }

  /** What leads nowhere: an object type that does not exist, or no path at all. */
  void rest() {
    router
        .routeWithRegex("/crm/(v3/objects|objects/" + DATE + ")/(?!contacts(/|$))(?<type>[^/]+).*")
        .handler(
            door.to(
                "/crm/objects/{type}",
                request -> {
                  throw Refusal.unknownObjectType(request.path("type"));
                }));
    router
        .route()
        .handler(
            door.to(
                "other",
                request -> {
                  throw Refusal.of(404, "OBJECT_NOT_FOUND", "resource not found");
                }));
  }

  private void get(String path, Handler<RoutingContext> handler) {
    api(HttpMethod.GET, path, handler);
  }

  private void post(String path, Handler<RoutingContext> handler) {
    api(HttpMethod.POST, path, handler);
  }

  private void api(HttpMethod method, String path, Handler<RoutingContext> handler) {
    router
        .route(method, path)
        .handler(
            routing -> {
              String date = routing.pathParam("date");
              if (date == null || date.matches(DATE)) {
                handler.handle(routing);
              } else {
                routing.next();
              }
            });
  }

  private void control(HttpMethod method, String path, Door.Endpoint endpoint) {
    router
        .route(method, path)
        .handler(
            routing -> {
              Answer answer = controlled(routing, endpoint);
              routing
                  .response()
                  .setStatusCode(answer.status())
                  .putHeader("Content-Type", answer.contentType())
                  .end(answer.body());
            });
  }

  private Answer controlled(RoutingContext routing, Door.Endpoint endpoint) {
    try {
      return endpoint.serve(new ApiRequest(routing, 0, clock.now()));
    } catch (Refusal refusal) {
      ObjectNode body = Json.object();
      body.put("error", refusal.getMessage());
      return Answer.of(refusal.status(), body);
    }
  }
}
