package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One portal or org that we serve: who it is, how it is reached, what its names mean, what is
 * written back.
 *
 * @param id its name
 * @param kind its platform
 * @param tenant the platform's id of the portal or org; events of any other are refused
 * @param webhooks who may deliver
 * @param api how it is called
 * @param models which models score its contacts, by names that differ; at least one; copied
 * @param mode how much of a result is written
 * @param fields what the models' property names mean
 * @param lists what tells who is in a list that a model names; copied
 * @param activities which date properties are activities; copied
 * @param outcomes what is kept of how contacts turned out
 * @param poll how often we look by ourselves for what no event has told
 * @param writeBack how often results are written
 * @param guard how many contacts a change of configuration may move without approval
 * @param events how what is told of people by other names than the CRM's counts
 */
public record Connection(
    ConnectionId id,
    CrmKind kind,
    String tenant,
    WebhookAccess webhooks,
    ApiAccess api,
    List<ModelUse> models,
    Mode mode,
    FieldMap fields,
    SortedMap<String, ListMap> lists,
    List<ActivityMap> activities,
    Outcomes outcomes,
    Poll poll,
    WriteBack writeBack,
    Guard guard,
    EventTerms events) {
  public Connection {
    models = List.copyOf(models);
    lists = Collections.unmodifiableSortedMap(new TreeMap<>(lists));
    activities = List.copyOf(activities);
  }

  /** Makes a connection that says nothing of events, and that no source feeds. */
  public Connection(
      ConnectionId id,
      CrmKind kind,
      String tenant,
      WebhookAccess webhooks,
      ApiAccess api,
      List<ModelUse> models,
      Mode mode,
      FieldMap fields,
      SortedMap<String, ListMap> lists,
      List<ActivityMap> activities,
      Outcomes outcomes,
      Poll poll,
      WriteBack writeBack,
      Guard guard) {
    this(
        id,
        kind,
        tenant,
        webhooks,
        api,
        models,
        mode,
        fields,
        lists,
        activities,
        outcomes,
        poll,
        writeBack,
        guard,
        EventTerms.DEFAULT);
  }

  /** Returns the same with other terms of events. */
  public Connection with(EventTerms other) {
    return new Connection(
        id,
        kind,
        tenant,
        webhooks,
        api,
        models,
        mode,
        fields,
        lists,
        activities,
        outcomes,
        poll,
        writeBack,
        guard,
        other);
  }

  /** Returns the same, scored by other models. */
  public Connection scoredBy(List<ModelUse> others) {
    return new Connection(
        id,
        kind,
        tenant,
        webhooks,
        api,
        others,
        mode,
        fields,
        lists,
        activities,
        outcomes,
        poll,
        writeBack,
        guard,
        events);
  }

  /** Tells whether something is told of people by their e-mail addresses. */
  public boolean namesByEmail() {
    return webhooks.namesByEmail() || events.fed();
  }

  /** Returns what of it is good for a limited time, as its manifests and its sources' say. */
  public List<Expiry> expiries() {
    List<Expiry> all = new ArrayList<>(api.expiries());
    all.addAll(webhooks.expiries("webhook secrets"));
    events
        .sources()
        .forEach(
            (name, source) ->
                all.addAll(source.webhooks().expiries("webhook secrets of the source " + name)));
    return all;
  }

  /** Returns what it calls its models, in the manifest's order. */
  public List<String> modelNames() {
    return models.stream().map(ModelUse::name).toList();
  }

  /** Returns the types of the records that it keeps persons in. */
  public List<String> personTypes() {
    return kind.personTypes();
  }

  /** Tells whether another version is called in the same way, so that a client serves both. */
  public boolean isCalledLike(Connection other) {
    return kind == other.kind
        && tenant.equals(other.tenant)
        && api.base().equals(other.api.base())
        && api.version().equals(other.api.version())
        && api.timeout().equals(other.api.timeout())
        && api.callsPerTenSeconds() == other.api.callsPerTenSeconds()
        && api.dailyShare() == other.api.dailyShare()
        && writtenFields().equals(other.writtenFields())
        && api.token().isSame(other.api.token());
  }

  /** Returns the CRM properties that take results; the one that holds the stage is none of them. */
  public Set<String> writtenFields() {
    Set<String> names = new TreeSet<>();
    models.forEach(model -> names.addAll(model.fields().values()));
    return names;
  }

  /**
   * Returns the properties of persons of a type that make up activities: dates and what describes
   * them.
   */
  public Set<String> activityProperties(String person) {
    Set<String> names = new TreeSet<>();
    for (ActivityMap activity : activities) {
      if (activity.object().equals(person)) {
        names.addAll(activity.properties());
      }
    }
    return names;
  }
}
