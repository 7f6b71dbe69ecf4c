package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One portal or org that we serve: who it is, how it is reached, what its names mean, what is
 * written back.
 *
 * @param id its name
 * @param kind its platform
 * @param tenant the platform's id of the portal or org; events of any other are refused
 * @param webhooks who may deliver
 * @param api how it is called
 * @param model the name of the model that scores its contacts
 * @param mode how much of a result is written
 * @param fields what the model's property names mean
 * @param stages what the model's stages mean; null where the connection moves none
 * @param activities which date properties are activities; copied
 * @param poll how often changed contacts are looked for while a date property has never sent an
 *     event
 * @param writeBack what is written, and how often
 * @param guard how many contacts a change of configuration may move without approval
 */
public record Connection(
    ConnectionId id,
    CrmKind kind,
    String tenant,
    WebhookAccess webhooks,
    ApiAccess api,
    String model,
    Mode mode,
    FieldMap fields,
    @Nullable StageMap stages,
    List<ActivityMap> activities,
    Duration poll,
    WriteBack writeBack,
    Guard guard) {
  public Connection {
    activities = List.copyOf(activities);
  }

  /** Makes a connection with the usual guard. */
  public Connection(
      ConnectionId id,
      CrmKind kind,
      String tenant,
      WebhookAccess webhooks,
      ApiAccess api,
      String model,
      Mode mode,
      FieldMap fields,
      @Nullable StageMap stages,
      List<ActivityMap> activities,
      Duration poll,
      WriteBack writeBack) {
    this(
        id,
        kind,
        tenant,
        webhooks,
        api,
        model,
        mode,
        fields,
        stages,
        activities,
        poll,
        writeBack,
        Guard.DEFAULT);
  }

  /** Tells whether the secrets of two versions of a connection are the same texts. */
  public boolean hasSameSecrets(Connection other) {
    List<Secret> ours = secrets();
    List<Secret> theirs = other.secrets();
    for (int i = 0; i < ours.size() && ours.size() == theirs.size(); i++) {
      if (!ours.get(i).isSame(theirs.get(i))) {
        return false;
      }
    }
    return ours.size() == theirs.size();
  }

  /** Tells whether another version is called in the same way, so that a client serves both. */
  public boolean isCalledLike(Connection other) {
    return kind == other.kind
        && tenant.equals(other.tenant)
        && api.base().equals(other.api.base())
        && api.version().equals(other.api.version())
        && api.timeout().equals(other.api.timeout())
        && api.callsPerTenSeconds() == other.api.callsPerTenSeconds()
        && api.accessToken().isSame(other.api.accessToken());
  }

  private List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>(webhooks.secrets());
    secrets.add(api.accessToken());
    Secret token = webhooks.token();
    if (token != null) {
      secrets.add(token);
    }
    return secrets;
  }

  /** Returns the CRM properties that make up activities: dates and what describes them. */
  public Set<String> activityProperties() {
    Set<String> names = new TreeSet<>();
    for (ActivityMap activity : activities) {
      names.add(activity.at());
      names.addAll(activity.attributes().values());
    }
    return names;
  }
}
