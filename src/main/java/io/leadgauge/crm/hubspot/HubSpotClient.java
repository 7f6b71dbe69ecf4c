package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * HubSpot's contacts API for one connection.
 *
 * <p>A write is carried out at most once per call and is safe to repeat, since it sets values. What
 * comes back is what HubSpot holds afterwards, which may not be what was sent: a stage moved
 * backward is ignored with a success.
 */
public final class HubSpotClient implements CrmClient {
  private static final int BATCH = 100;

  private final HubSpotCalls calls;
  private final ApiPaths paths;
  private final ConnectionId connection;
  private final Set<String> watched;

  /** The client whose calls these are; null for the one that opened them. */
  private final @Nullable HubSpotClient live;

  /**
   * Opens a client.
   *
   * @param vertx runs the calls
   * @param connection whose contacts they are
   * @param api how HubSpot is reached
   * @param budget the portal's, shared by all its clients
   * @throws IllegalArgumentException if {@code api} names no version or base that there can be
   */
  public HubSpotClient(Vertx vertx, ConnectionId connection, ApiAccess api, RateBudget budget) {
    this(vertx, connection, api, budget, Set.of());
  }

  /**
   * Opens a client that notes who else sets the properties that we write.
   *
   * @param watched those properties
   */
  HubSpotClient(
      Vertx vertx, ConnectionId connection, ApiAccess api, RateBudget budget, Set<String> watched) {
    this.paths = new ApiPaths(api.base(), api.version());
    this.calls = new HubSpotCalls(vertx, api, budget);
    this.connection = connection;
    this.watched = Set.copyOf(watched);
    this.live = null;
  }

  private HubSpotClient(HubSpotClient live) {
    this.paths = live.paths;
    this.calls = live.calls.inBackground();
    this.connection = live.connection;
    this.watched = live.watched;
    this.live = live;
  }

  @Override
  public CrmClient inBackground() {
    return live == null ? new HubSpotClient(this) : this;
  }

  @Override
  public ReadAnswer read(String type, List<String> ids, Set<String> properties) {
    requireBatch(ids, ids.size());
    return new BatchRead(calls, paths, connection, type, properties, watched).read(ids);
  }

  @Override
  public WriteAnswer write(List<RecordWrite> writes) {
    requireBatch(writes.stream().map(RecordWrite::record).toList(), writes.size());
    for (RecordWrite write : writes) {
      RecordRef record = write.record();
      if (!record.isContact() || !record.connection().equals(connection)) {
        throw new IllegalArgumentException("no contact of " + connection + ": " + record);
      }
    }
    return new ClearingWrite(calls, paths, connection).write(writes);
  }

  @Override
  public ChangedPage changed(
      long fromInclusive,
      long toExclusive,
      String afterId,
      SortedMap<String, SortedSet<String>> properties) {
    ChangedPage page =
        new ChangedSearch(calls, paths, connection, RecordRef.CONTACT)
            .page(
                fromInclusive,
                toExclusive,
                afterId,
                properties.getOrDefault(RecordRef.CONTACT, Collections.emptySortedSet()));
    return afterId.isEmpty() && page.trouble() == null
        ? withLinked(page, fromInclusive, toExclusive, properties)
        : page;
  }

  /** The first page begins with what contacts are linked to. */
  private ChangedPage withLinked(
      ChangedPage page,
      long fromInclusive,
      long toExclusive,
      SortedMap<String, SortedSet<String>> properties) {
    List<ChangedContact> all = new ArrayList<>();
    for (Map.Entry<String, SortedSet<String>> one : properties.entrySet()) {
      if (!RecordRef.isContact(one.getKey())) {
        Set<String> names = new TreeSet<>(one.getValue());
        names.removeIf(name -> name.startsWith(Fact.Assigned.RESERVED));
        ChangedPage linked =
            new ChangedSearch(calls, paths, connection, one.getKey())
                .all(fromInclusive, toExclusive, names);
        if (linked.trouble() != null) {
          return linked;
        }
        all.addAll(linked.contacts());
      }
    }
    long left = page.left() == 0 ? 0 : page.left() + all.size();
    all.addAll(page.contacts());
    return new ChangedPage(all, page.last(), left, null);
  }

  @Override
  public ListedPage listed(String after) {
    return ContactList.page(calls, paths, connection, after);
  }

  @Override
  public CountAnswer count() {
    return ContactList.count(calls, paths);
  }

  @Override
  public Allowance allowance() {
    return calls.allowance();
  }

  @Override
  public PropertiesAnswer properties() {
    return PropertyList.read(calls, paths.properties());
  }

  @Override
  public TaskAnswer createTask(NewTask task) {
    return new TaskCalls(calls, paths).create(task);
  }

  @Override
  public TasksAnswer tasksOf(RecordRef contact) {
    return new TaskCalls(calls, paths).of(contact);
  }

  @Override
  public OwnersAnswer owners() {
    return OwnerList.read(calls, paths.owners());
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public void close() {
    if (live == null) {
      calls.close();
    }
  }

  private static void requireBatch(List<?> items, int size) {
    if (size > BATCH || new HashSet<>(items).size() != size) {
      throw new IllegalArgumentException(
          "a batch holds at most " + BATCH + " contacts, none twice; here are " + size);
    }
  }
}
