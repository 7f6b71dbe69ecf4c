package io.leadgauge.manifest;

import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the webhooks mean that workflows of the CRM send. */
final class WorkflowsReader {
  private static final Pattern KEY = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  private final Values values;
  private final SecretReader secrets;

  WorkflowsReader(Values values, SecretReader secrets) {
    this.values = values;
    this.secrets = secrets;
  }

  @Nullable List<WorkflowHook> read(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<WorkflowHook> hooks = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      WorkflowHook hook = hook(entry);
      if (hook != null && isApart(hook, hooks, entry)) {
        hooks.add(hook);
      }
    }
    return hooks;
  }

  /**
   * Returns the activities that the workflows of a manifest feed, with their attributes, as far as
   * they can be read: also where their secrets are not there.
   */
  static Map<String, Set<String>> feeds(Node spec) {
    Map<String, Set<String>> feeds = new TreeMap<>();
    if (spec.nearest("webhooks").has("workflows")
        && spec.nearest("webhooks", "workflows") instanceof Mapping workflows) {
      for (Entry entry : workflows.entries()) {
        if (entry.value().nearest("activity") instanceof Scalar activity) {
          feeds
              .computeIfAbsent(activity.text(), type -> new TreeSet<>())
              .addAll(attributeNames(entry.value()));
        }
      }
    }
    return feeds;
  }

  private static Set<String> attributeNames(Node workflow) {
    Set<String> names = new TreeSet<>();
    if (workflow.has("attributes") && workflow.nearest("attributes") instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> names.add(entry.key().text()));
    }
    return names;
  }

  /** The token alone tells which workflow sends. */
  private boolean isApart(WorkflowHook hook, List<WorkflowHook> others, Entry entry) {
    Secret token = hook.token();
    for (WorkflowHook other : others) {
      if (token != null && other.token() != null && token.isSame(other.token())) {
        String message = hook.name() + " has the same token as " + other.name();
        values.problems().error(entry.key().at(), message + ", expected one of its own");
        return false;
      }
    }
    return true;
  }

  private @Nullable WorkflowHook hook(Entry entry) {
    String name = values.name(entry.key());
    Fields fields =
        Fields.of(entry.value(), values, "activity", "token", "at", "contact", "attributes");
    if (fields == null) {
      return null;
    }
    String activity = fields.required("activity", values::name);
    Secret token = fields.optional("token", secrets.secret("token"));
    String at = fields.optional("at", this::key);
    Who who = fields.optional("contact", this::who);
    SortedMap<String, String> attributes =
        fields.optional("attributes", node -> values.byName(node, this::key), new TreeMap<>());
    boolean lacksToken = fields.has("token") && token == null;
    return name == null || activity == null || lacksToken
        ? null
        : new WorkflowHook(
            name,
            token,
            activity,
            at,
            who == null ? null : who.key,
            who != null && who.byEmail,
            attributes);
  }

  /** Which key of the body holds who it is about. */
  private record Who(String key, boolean byEmail) {}

  private @Nullable Who who(Node node) {
    Fields fields = Fields.of(node, values, "id", "email");
    if (fields == null) {
      return null;
    }
    if (fields.has("id") == fields.has("email")) {
      return values.fail(
          node, "expected either id or email, with the key of the body that holds it");
    }
    boolean byEmail = fields.has("email");
    String key = fields.optional(byEmail ? "email" : "id", this::key);
    return key == null ? null : new Who(key, byEmail);
  }

  private @Nullable String key(Node node) {
    if (node instanceof Scalar scalar && KEY.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    return values.refuse(node, "a key of the body such as hs_object_id");
  }
}
