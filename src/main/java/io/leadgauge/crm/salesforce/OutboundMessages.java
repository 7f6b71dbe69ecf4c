package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.PortalNeeds;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What makes an org call us: an outbound message for each type of records, and the flows that send
 * it. In the metadata format, whose manifest names the parts of a workflow one by one, so that what
 * else an org has in its workflows stays untouched.
 *
 * <p>A type has a flow for what is created and others for what is changed: whether a formula may
 * say {@code ISCHANGED} in a flow that also runs for what is created is told in both ways (July
 * 2026).
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_workflow.htm">Metadata
 *     API: workflows</a>
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm">Metadata
 *     API: flows</a>
 */
final class OutboundMessages {
  /** How many fields one formula names: far below the 5,000 bytes that one may compile to. */
  private static final int MOST_WATCHED = 40;

  private static final String PREFIX = "Leadgauge_";
  private static final String ACTION = "Send";

  private final URI endpoint;
  private final String user;
  private final PortalNeeds needs;
  private final SortedMap<String, String> files = new TreeMap<>();
  private final List<String> flows = new ArrayList<>();

  private OutboundMessages(URI endpoint, String user, PortalNeeds needs) {
    this.endpoint = endpoint;
    this.user = user;
    this.needs = needs;
  }

  /**
   * Returns the files.
   *
   * @param endpoint where messages go, its token included
   * @param user the username of whose eyes each record is seen with
   * @param needs what the connection needs to be told of
   */
  static SortedMap<String, String> files(URI endpoint, String user, PortalNeeds needs) {
    return new OutboundMessages(endpoint, user, needs).all();
  }

  private SortedMap<String, String> all() {
    List<MessagedObject> objects = MessagedObject.of(needs);
    for (MessagedObject object : objects) {
      files.put("workflows/" + object.object() + ".workflow", workflow(object));
      addFlows(object);
    }
    files.put("package.xml", manifest(objects));
    return files;
  }

  private static String name(MessagedObject object) {
    return PREFIX + object.object();
  }

  private String manifest(List<MessagedObject> objects) {
    return MetadataXml.of(
        "Package",
        xml ->
            xml.put(
                    "types",
                    types -> {
                      flows.forEach(flow -> types.put("members", flow));
                      types.put("name", "Flow");
                    })
                .put(
                    "types",
                    types -> {
                      objects.forEach(one -> types.put("members", one.object() + "." + name(one)));
                      types.put("name", "WorkflowOutboundMessage");
                    })
                .put("version", SalesforcePackage.API_VERSION));
  }

  // Messages

  private String workflow(MessagedObject object) {
    return MetadataXml.of(
        "Workflow", xml -> xml.put("outboundMessages", message -> put(object, message)));
  }

  private void put(MessagedObject object, MetadataXml message) {
    message
        .put("fullName", name(object))
        .put("apiVersion", SalesforcePackage.API_VERSION)
        .put("description", "Tells Leadgauge of " + object.object() + " records.")
        .put("endpointUrl", endpoint.toString())
        .put("fields", "Id");
    object.carried(needs).forEach(field -> message.put("fields", field));
    message
        .put("includeSessionId", false)
        .put("integrationUser", user)
        .put("name", name(object))
        .put("protected", false)
        .put("useDeadLetterQueue", false);
  }

  // Flows

  private void addFlows(MessagedObject object) {
    add(object, "_Created", "Create", List.of());
    List<List<String>> parts = parts(object.watched(needs));
    for (int i = 0; i < parts.size(); i++) {
      add(object, i == 0 ? "_Updated" : "_Updated_" + (i + 1), "Update", parts.get(i));
    }
  }

  private static List<List<String>> parts(SortedSet<String> watched) {
    List<String> all = List.copyOf(watched);
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_WATCHED) {
      parts.add(all.subList(from, Math.min(all.size(), from + MOST_WATCHED)));
    }
    return parts;
  }

  private void add(MessagedObject object, String suffix, String trigger, List<String> watched) {
    String flow = name(object) + suffix;
    flows.add(flow);
    files.put("flows/" + flow + ".flow", flow(object, flow, trigger, watched));
  }

  private static String flow(
      MessagedObject object, String name, String trigger, List<String> watched) {
    return MetadataXml.of(
        "Flow",
        xml ->
            xml.put("actionCalls", action -> putAction(object, action))
                .put("apiVersion", SalesforcePackage.API_VERSION)
                .put("environments", "Default")
                .put("interviewLabel", name + " {!$Flow.CurrentDateTime}")
                .put("label", name.replace('_', ' '))
                .put("processType", "AutoLaunchedFlow")
                .put("start", start -> putStart(object, trigger, watched, start))
                .put("status", "Active"));
  }

  /** In the save's own transaction, so that a save which is rolled back sends nothing. */
  private static void putAction(MessagedObject object, MetadataXml action) {
    String message = object.object() + "." + name(object);
    action
        .put("name", ACTION)
        .put("label", "Send outbound message")
        .put("locationX", 176)
        .put("locationY", 287)
        .put("actionName", message)
        .put("actionType", "outboundMessage")
        .put("flowTransactionModel", "CurrentTransaction")
        .put("nameSegment", message);
  }

  private static void putStart(
      MessagedObject object, String trigger, List<String> watched, MetadataXml start) {
    start
        .put("locationX", 50)
        .put("locationY", 0)
        .put("connector", connector -> connector.put("targetReference", ACTION));
    if (!watched.isEmpty()) {
      start.put("filterFormula", changed(watched));
    }
    start
        .put("object", object.object())
        .put("recordTriggerType", trigger)
        .put("triggerType", "RecordAfterSave");
  }

  private static String changed(List<String> fields) {
    List<String> changes =
        fields.stream().map(field -> "ISCHANGED({!$Record." + field + "})").toList();
    return changes.size() == 1 ? changes.getFirst() : "OR(" + String.join(", ", changes) + ")";
  }
}
