package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Asked;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a portal is and what its records are made of: the calls that set up needs. They block, and
 * count against the portal's budget. Thread-safe.
 */
final class HubSpotPortal {
  /** The least that a list may be asked for. */
  private static final String ONE = "?limit=1";

  private final HubSpotCalls calls;
  private final PortalPaths paths;

  HubSpotPortal(HubSpotCalls calls, ApiAccess api) {
    this.calls = calls;
    this.paths = new PortalPaths(api);
  }

  /**
   * Whose token it is.
   *
   * @param portalId the portal's id
   * @param kind such as {@code STANDARD} or {@code DEVELOPER_TEST}; empty if not told
   * @param timeZone in which its days begin; empty if not told
   * @param sentAt when it was told, by HubSpot's clock; 0 if it did not say
   */
  record Account(String portalId, String kind, String timeZone, long sentAt) {}

  /** Asks whose token it is. Any token of the portal may ask that. */
  Asked<Account> account() {
    return calls
        .get(Lane.RECORDS, paths.account())
        .asked(
            "tell of the account",
            answered -> {
              JsonNode body = answered.body();
              return new Account(
                  text(body, "portalId"),
                  text(body, "accountType"),
                  text(body, "timeZone"),
                  answered.sentAt());
            });
  }

  /** Asks what records of a type are made of, by the property's name. */
  Asked<SortedMap<String, PropertyDefinition>> properties(String type) {
    return PropertyList.definitions(calls, paths.properties(type));
  }

  /** Asks which groups of contact properties there are. */
  Asked<SortedSet<String>> groups() {
    return calls
        .get(Lane.RECORDS, paths.groups("contact"))
        .asked(
            "list groups of properties",
            answered -> {
              SortedSet<String> names = new TreeSet<>();
              for (JsonNode group : Json.items(answered.body(), "results")) {
                names.add(text(group, "name"));
              }
              return names;
            });
  }

  /** Makes a group of contact properties. */
  Asked<Boolean> createGroup(ObjectNode group) {
    return done(calls.post(Lane.RECORDS, paths.groups("contact"), group), "make the group");
  }

  /** Makes a contact property. */
  Asked<Boolean> createProperty(ObjectNode property) {
    return done(calls.post(Lane.RECORDS, paths.properties("contact"), property), "make it");
  }

  /** Changes the definition of a contact property. */
  Asked<Boolean> changeProperty(String name, ObjectNode change) {
    return done(calls.patch(Lane.RECORDS, paths.property("contact", name), change), "change it");
  }

  /**
   * Tries whether a scope was granted, by a call that needs it and does nothing: a list of one
   * record, or a batch of none. Whatever is answered but 403, the call was let in.
   */
  Asked<Boolean> isGranted(Scope scope) {
    Reply reply =
        switch (scope) {
          case CONTACTS_READ -> calls.get(Lane.RECORDS, paths.objects("contact") + ONE);
          case COMPANIES_READ -> calls.get(Lane.RECORDS, paths.objects("company") + ONE);
          case DEALS_READ -> calls.get(Lane.RECORDS, paths.objects("deal") + ONE);
          case EMAILS_READ -> calls.get(Lane.RECORDS, paths.objects("email") + ONE);
          case OWNERS_READ -> calls.get(Lane.RECORDS, paths.owners() + ONE);
          case CONTACTS_WRITE ->
              calls.post(Lane.RECORDS, paths.objects("contact") + "/batch/update", noInputs());
          case CONTACT_SCHEMAS_WRITE ->
              calls.post(Lane.RECORDS, paths.properties("contact") + "/batch/create", noInputs());
        };
    return switch (reply) {
      case Reply.Answered answered -> new Asked.Told<>(true);
      case Reply.Invalid invalid -> new Asked.Told<>(true);
      case Reply.Failed failed ->
          failed.status() == 403
              ? new Asked.Told<>(false)
              : new Asked.Untold<>(failed.trouble(), failed.status());
    };
  }

  private static ObjectNode noInputs() {
    ObjectNode body = Json.object();
    body.putArray("inputs");
    return body;
  }

  private static Asked<Boolean> done(Reply reply, String what) {
    return reply.asked(what, answered -> true);
  }

  private static String text(JsonNode node, String field) {
    return Objects.requireNonNullElse(Json.text(node, field), "");
  }
}
