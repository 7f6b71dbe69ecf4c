package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param lists what tells who is in a list that the model names; copied
 * @param stages what the model's stages mean; null where the connection moves none
 * @param activities which date properties are activities; copied
 * @param poll how often changed contacts are looked for while a date property has never sent an
 *     event
 * @param writeBack what is written, and how often
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
    SortedMap<String, ListMap> lists,
    @Nullable StageMap stages,
    List<ActivityMap> activities,
    Duration poll,
    WriteBack writeBack) {
  public Connection {
    lists = Collections.unmodifiableSortedMap(new TreeMap<>(lists));
    activities = List.copyOf(activities);
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
