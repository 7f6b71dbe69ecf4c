package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Salesforce's REST API for one connection.
 *
 * <p>A write is safe to repeat, since it sets values. What comes back is what Salesforce holds
 * afterwards, read in a call of its own, which may not be what was sent: a trigger or a flow may
 * have changed it.
 */
final class SalesforceClient implements CrmClient {
  /** The types of persons, in the order of their ids' prefixes. */
  static final List<String> PERSONS = CrmKind.SALESFORCE.personTypes();

  /** The most records of one call of sObject Collections. */
  private static final int BATCH = 200;

  private final SalesforceCalls calls;
  private final ConnectionId connection;
  private final OrgFields fields;
  private final Accounts accounts;

  /** The client whose calls these are; null for the one that opened them. */
  private final @Nullable SalesforceClient live;

  SalesforceClient(SalesforceCalls calls, ConnectionId connection) {
    this.calls = calls;
    this.connection = connection;
    this.fields = new OrgFields(calls.clock());
    this.accounts = new Accounts();
    this.live = null;
  }

  private SalesforceClient(SalesforceClient live) {
    this.calls = live.calls.inBackground();
    this.connection = live.connection;
    this.fields = live.fields;
    this.accounts = live.accounts;
    this.live = live;
  }

  @Override
  public CrmClient inBackground() {
    return live == null ? new SalesforceClient(this) : this;
  }

  @Override
  public ReadAnswer read(String type, List<String> ids, Set<String> properties) {
    requireBatch(ids);
    return new RecordRead(calls, connection, type, properties).read(ids);
  }

  @Override
  public WriteAnswer write(List<RecordWrite> writes) {
    requireBatch(writes.stream().map(RecordWrite::record).toList());
    for (RecordWrite write : writes) {
      RecordRef record = write.record();
      boolean isOurs = record.isContact() && record.connection().equals(connection);
      if (!isOurs || SalesforceId.of(record.id()).isEmpty()) {
        throw new IllegalArgumentException("no person of " + connection + ": " + record);
      }
    }
    return new RecordsWrite(calls, connection, fields, accounts).write(writes);
  }

  @Override
  public ChangedPage changed(
      long fromInclusive,
      long toExclusive,
      String afterId,
      SortedMap<String, SortedSet<String>> properties) {
    return new ChangedPersons(calls, connection, fromInclusive, toExclusive, properties)
        .page(afterId);
  }

  @Override
  public ListedPage listed(String after) {
    return new PersonList(calls, connection).page(after);
  }

  @Override
  public CountAnswer count() {
    return PersonCount.ofAll(calls);
  }

  @Override
  public Allowance allowance() {
    return calls.allowance();
  }

  @Override
  public PropertiesAnswer properties() {
    return PersonProperties.read(calls);
  }

  @Override
  public TaskAnswer createTask(NewTask task) {
    return new TaskCalls(calls).create(task);
  }

  @Override
  public TasksAnswer tasksOf(RecordRef contact) {
    return new TaskCalls(calls).of(contact);
  }

  @Override
  public OwnersAnswer owners() {
    return OwnerList.read(calls);
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

  private static void requireBatch(List<?> items) {
    if (items.size() > BATCH || new HashSet<>(items).size() != items.size()) {
      throw new IllegalArgumentException(
          "a batch holds at most " + BATCH + " records, none twice; here are " + items.size());
    }
  }
}
