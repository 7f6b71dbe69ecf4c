package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.hubspot.HubSpotStandIn.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** A portal as far as set up looks at it: account, scopes, property groups and properties. */
final class PortalStandIn {
  static final String ID = "4711";

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Set<String> groups = new TreeSet<>(Set.of("contactinformation"));

  /** The paths to which the token does not lead. */
  final Set<String> shut = new TreeSet<>();

  /** Names of properties that are refused when they are made. */
  final Set<String> taken = new TreeSet<>();

  final List<String> made = new ArrayList<>();
  String date = "";

  /** Defines a property; its options stand in the given order unless they say another. */
  PortalStandIn with(String name, String type, String... options) {
    return withMore(name, type, "'modificationMetadata':{'readOnlyValue':false}", options);
  }

  /** Defines a property with more to its definition. */
  PortalStandIn withMore(String name, String type, String more, String... options) {
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < options.length; i++) {
      String[] parts = options[i].split("@", 2);
      String order = parts.length < 2 ? Integer.toString(i) : parts[1];
      nodes.add(
          "{'label':'the %s','value':'%s','displayOrder':%s,'hidden':false}"
              .formatted(parts[0], parts[0], order));
    }
    properties.put(
        name,
        "{'name':'%s','label':'%s','type':'%s','fieldType':'text','options':[%s],%s}"
            .formatted(name, name, type, String.join(",", nodes), more));
    return this;
  }

  /** Answers a call as HubSpot would. */
  ResponseDefinitionBuilder answer(Call call) {
    String path = call.path().replaceAll("\\?.*", "").replaceAll("/(v3|20[0-9]{2}-[0-9]{2})", "");
    if (shut.contains(path)) {
      return answered(
          403,
          "{'status':'error','message':'One or more of the following scopes are required.',"
              + "'correlationId':'e06d5f4a','context':{'requiredGranularScopes':['x.read']},"
              + "'category':'MISSING_SCOPES'}");
    }
    boolean posted = !call.body().isMissingNode();
    return switch (path) {
      case "/account-info/details" -> account();
      case "/crm/properties/contacts" -> posted ? make(call) : list(properties.values());
      case "/crm/properties/contacts/groups" -> posted ? group(call) : groups();
      case "/crm/properties/contacts/batch/create", "/crm/objects/contacts/batch/update" ->
          answered(400, error("VALIDATION_ERROR", "no inputs", ""));
      default ->
          path.startsWith("/crm/properties/contacts/") ? change(call, path) : list(List.of());
    };
  }

  private ResponseDefinitionBuilder account() {
    ResponseDefinitionBuilder answer =
        ok(
            "{'portalId':%s,'accountType':'STANDARD','timeZone':'US/Eastern','utcOffset':'-04:00'}"
                .formatted(ID));
    return date.isEmpty() ? answer : answer.withHeader("Date", date);
  }

  private static ResponseDefinitionBuilder list(Iterable<String> nodes) {
    List<String> all = StreamSupport.stream(nodes.spliterator(), false).toList();
    return ok("{'results':[" + String.join(",", all) + "]}");
  }

  private ResponseDefinitionBuilder groups() {
    return list(groups.stream().map(name -> "{'name':'%s'}".formatted(name)).toList());
  }

  private ResponseDefinitionBuilder group(Call call) {
    groups.add(call.body().path("name").asText());
    made.add("group " + call.body().path("name").asText());
    return answered(201, call.body().toString());
  }

  private ResponseDefinitionBuilder make(Call call) {
    String name = call.body().path("name").asText();
    if (taken.contains(name) || properties.containsKey(name)) {
      return answered(409, error("CONFLICT", "A property named " + name + " already exists.", ""));
    }
    properties.put(name, call.body().toString());
    made.add(name);
    return answered(201, call.body().toString());
  }

  private ResponseDefinitionBuilder change(Call call, String path) {
    String name = path.replaceAll(".*/", "");
    properties.put(
        name,
        call.body()
            .deepCopy()
            .toString()
            .replaceFirst("\\{", "{'name':'" + name + "','type':'enumeration',"));
    made.add("options of " + name);
    return ok(call.body().toString());
  }
}
