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
import java.util.Optional;
import java.util.ServiceLoader;

/** Which path leads where. The CRM API answers under version 3 and under any date. */
final class Routes {
  private static final long LARGEST_BODY = 64L << 20;
  private static final String CONTROL = "/_sandbox";
  private static final String DATE = "\\d{4}-(03|09)(-beta)?";
  private static final List<String> OBJECTS =
      List.of("/crm/v3/objects/:type", "/crm/objects/:date/:type");
  private static final List<String> OF_RECORD =
      List.of(
          "/crm/v4/objects/:type/:id/associations", "/crm/objects/:date/:type/:id/associations");
  private static final List<String> ASSOCIATIONS =
      List.of("/crm/v4/associations/:from/:to", "/crm/associations/:date/:from/:to");
  private static final List<String> PROPERTIES =
      List.of("/crm/v3/properties/:type", "/crm/properties/:date/:type");
  private static final List<String> PIPELINES =
      List.of("/crm/v3/pipelines/:type", "/crm/pipelines/:date/:type");
  private static final List<String> OWNERS = List.of("/crm/v3/owners", "/crm/owners/:date");
  private static final List<String> ACCOUNT =
      List.of("/account-info/v3/details", "/account-info/:date/details");

  private final Router router;
  private final Door door;
  private final Accounts accounts;
  private final Clockwork clock;

  Routes(Router router, Door door, Accounts accounts, Clockwork clock) {
    this.router = router;
    this.door = door;
    this.accounts = accounts;
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

  void records(RecordEndpoints records, BatchEndpoints batches, SearchEndpoint search) {
    String name = "/crm/objects/{type}";
    for (String base : OBJECTS) {
      post(base + "/batch/read", door.to(name + "/batch/read", batches::read));
      post(base + "/batch/update", door.to(name + "/batch/update", batches::update));
      post(base + "/batch/create", door.to(name + "/batch/create", batches::create));
      post(base + "/batch/archive", door.to(name + "/batch/archive", batches::archive));
      post(base + "/search", door.toSearch(name + "/search", search::search));
      post(base + "/merge", door.to(name + "/merge", records::merge));
      post(base + "/gdpr-delete", door.to(name + "/gdpr-delete", records::erase));
      post(base, door.to(name, records::create));
      get(base, door.to(name, records::list));
      get(base + "/:id", door.to(name + "/{id}", records::read));
      api(HttpMethod.PATCH, base + "/:id", door.to(name + "/{id}", records::update));
      api(HttpMethod.DELETE, base + "/:id", door.to(name + "/{id}", records::archive));
    }
  }

  void associations(AssociationEndpoints associations, AssociationBatches batches) {
    String name = "/crm/objects/{type}/{id}/associations";
    for (String base : OF_RECORD) {
      api(
          HttpMethod.PUT,
          base + "/default/:to/:toId",
          door.to(name + "/default/{to}/{id}", associations::createDefault));
      get(base + "/:to", door.to(name + "/{to}", associations::list));
      String pair = name + "/{to}/{id}";
      api(HttpMethod.PUT, base + "/:to/:toId", door.to(pair, associations::create));
      api(HttpMethod.DELETE, base + "/:to/:toId", door.to(pair, associations::remove));
    }
    String batch = "/crm/associations/{from}/{to}/batch";
    for (String base : ASSOCIATIONS) {
      post(base + "/batch/read", door.to(batch + "/read", batches::read));
      post(base + "/batch/create", door.to(batch + "/create", batches::create));
      post(
          base + "/batch/associate/default",
          door.to(batch + "/associate/default", batches::createDefault));
      post(base + "/batch/archive", door.to(batch + "/archive", batches::archive));
      post(
          base + "/batch/labels/archive",
          door.to(batch + "/labels/archive", batches::archiveLabels));
    }
  }

  void properties(PropertyEndpoints properties) {
    String name = "/crm/properties/{type}";
    for (String base : PROPERTIES) {
      get(base, door.to(name, properties::list));
      post(base, door.to(name, properties::create));
      post(base + "/batch/create", door.to(name + "/batch/create", properties::createBatch));
      get(base + "/groups", door.to(name + "/groups", properties::listGroups));
      post(base + "/groups", door.to(name + "/groups", properties::createGroup));
      get(base + "/groups/:name", door.to(name + "/groups/{name}", properties::readGroup));
      get(base + "/:name", door.to(name + "/{name}", properties::read));
      api(HttpMethod.PATCH, base + "/:name", door.to(name + "/{name}", properties::update));
      api(HttpMethod.DELETE, base + "/:name", door.to(name + "/{name}", properties::archive));
    }
  }

  void account(AccountEndpoints account, OwnerEndpoints owners) {
    PIPELINES.forEach(path -> get(path, door.to("/crm/pipelines/{type}", account::pipelines)));
    ACCOUNT.forEach(path -> get(path, door.to("/account-info/details", account::details)));
    for (String base : OWNERS) {
      get(base, door.to("/crm/owners", owners::list));
      get(base + "/:id", door.to("/crm/owners/{id}", owners::read));
    }
  }

  void oauth(OAuthEndpoints oauth) {
    get("/oauth/authorize", door.toAnyone("/oauth/authorize", oauth::authorize));
    get("/oauth/:portal/authorize", door.toAnyone("/oauth/authorize", oauth::authorize));
    for (String version : List.of("v1", "v3", ":date")) {
      post("/oauth/" + version + "/token", door.toAnyone("/oauth/token", oauth::token));
    }
    for (String version : List.of("v3", ":date")) {
      String base = "/oauth/" + version + "/token";
      post(base + "/introspect", door.toAnyone("/oauth/token/introspect", oauth::introspect));
      post(base + "/revoke", door.toAnyone("/oauth/token/revoke", oauth::revoke));
    }
    get(
        "/oauth/v1/access-tokens/:token",
        door.toAnyone("/oauth/access-tokens/{token}", oauth::describeAccess));
    String refresh = "/oauth/v1/refresh-tokens/:token";
    String name = "/oauth/refresh-tokens/{token}";
    get(refresh, door.toAnyone(name, oauth::describeRefresh));
    api(HttpMethod.DELETE, refresh, door.toAnyone(name, oauth::revokeRefresh));
    String info = "/oauth/v2/private-apps/get/access-token-info";
    post(info, door.toAnyone("/oauth/private-apps", oauth::privateApp));
  }

  void control(
      ControlRecords records,
      ControlProperties properties,
      ControlScript script,
      ControlAccounts accounts,
      ControlWorkflows workflows,
      ControlSettings settings) {
    control(HttpMethod.GET, "/_sandbox", settings::about);
    control(HttpMethod.POST, "/_sandbox/sample", records::sample);
    control(HttpMethod.GET, "/_sandbox/calls", settings::calls);
    control(HttpMethod.DELETE, "/_sandbox/calls", settings::forgetCalls);
    control(HttpMethod.GET, "/_sandbox/webhooks", settings::webhooks);
    control(HttpMethod.POST, "/_sandbox/webhooks", settings::setWebhooks);
    control(HttpMethod.POST, "/_sandbox/faults", settings::setFaults);
    control(HttpMethod.POST, "/_sandbox/faults/next", script::planFault);
    control(HttpMethod.POST, "/_sandbox/interleave", script::interleave);
    control(HttpMethod.DELETE, "/_sandbox/script", script::clear);
    control(HttpMethod.POST, "/_sandbox/limits", settings::setLimits);
    control(HttpMethod.GET, "/_sandbox/workflows", workflows::state);
    control(HttpMethod.POST, "/_sandbox/workflows/:name", workflows::put);
    control(HttpMethod.POST, "/_sandbox/workflows/:name/enrol", workflows::enrol);
    control(HttpMethod.GET, "/_sandbox/portals", accounts::list);
    control(HttpMethod.POST, "/_sandbox/portals", accounts::open);
    control(HttpMethod.POST, "/_sandbox/portals/:portalId/uninstall", accounts::uninstall);
    control(HttpMethod.POST, "/_sandbox/tokens", accounts::changeToken);
    control(HttpMethod.POST, "/_sandbox/oauth", accounts::setApp);
    control(HttpMethod.POST, "/_sandbox/owners", accounts::putOwner);
    control(HttpMethod.POST, "/_sandbox/properties/:type/:name", properties::change);
    control(HttpMethod.DELETE, "/_sandbox/properties/:type/:name", properties::delete);
    control(HttpMethod.POST, "/_sandbox/associations", records::associate);
    control(HttpMethod.POST, "/_sandbox/merges", records::setMerges);
    control(HttpMethod.POST, "/_sandbox/assumptions", records::setAssumptions);
    for (ObjectType type : ObjectType.values()) {
      String base = "/_sandbox/" + type.plural();
      control(HttpMethod.GET, base, request -> records.list(type, request));
      control(HttpMethod.GET, base + "/:id", request -> records.read(type, request));
      control(HttpMethod.POST, base + "/:id", request -> records.change(type, request));
      control(HttpMethod.DELETE, base + "/:id", request -> records.archive(type, request));
      control(HttpMethod.POST, base + "/:id/restore", request -> records.restore(type, request));
      control(HttpMethod.POST, base + "/:id/erase", request -> records.erase(type, request));
      control(HttpMethod.POST, base + "/:id/merge", request -> records.merge(type, request));
      if (type == ObjectType.CONTACT) {
        control(HttpMethod.POST, base, records::seed);
        control(HttpMethod.POST, base + "/:id/activities", records::act);
      } else {
        control(HttpMethod.POST, base, request -> records.create(type, request));
      }
    }
  }

  /** What leads nowhere. */
  void rest() {
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
      return endpoint.serve(new ApiRequest(routing, portal(routing), 0, clock.now()));
    } catch (Refusal refusal) {
      ObjectNode body = Json.object();
      body.put("error", refusal.getMessage());
      return Answer.of(refusal.status(), body);
    }
  }

  /** The account that a request of the control API is about: {@code ?portal=}, or the first. */
  private Portal portal(RoutingContext routing) {
    List<String> named = routing.queryParam("portal");
    if (named.isEmpty()) {
      return accounts.first();
    }
    String id = named.getFirst();
    return Optional.of(id)
        .filter(text -> text.matches("\\d{1,15}"))
        .flatMap(text -> accounts.find(Long.parseLong(text)))
        .orElseThrow(() -> Refusal.of(404, "OBJECT_NOT_FOUND", "there is no portal " + id));
  }
}
