package io.leadgauge.crm;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Calls of one connection's API. Calls block and belong on virtual threads; they keep to the
 * connection's rate budget, and no expected outcome is an exception. Thread-safe.
 */
public interface CrmClient extends AutoCloseable {
  /**
   * Reads records of one type, with the history of each property where the platform has it. A
   * record that is not there any more is answered with the fact that it is gone; a property that
   * has no value with the fact that it is empty.
   *
   * @param type their type in neutral words, such as {@code contact}
   * @param ids ids of records, at most {@link #batchSize()}, none twice
   * @param properties the platform's names of the properties; a name that begins with {@link
   *     Fact.Assigned#ASSOCIATED} asks for the associations with records of that type
   */
  ReadAnswer read(String type, List<String> ids, Set<String> properties);

  /**
   * Writes fields of contacts, at most {@link #batchSize()}, no contact twice. What must be cleared
   * first is cleared only where it still holds what it is to be taken back from. Of a contact that
   * was cleared and then not written, the answer tells what it holds.
   */
  WriteAnswer write(List<RecordWrite> writes);

  /**
   * Lists contacts that changed in a span of time, a page at a time in the order of their ids. One
   * that was deleted, or lives on in another, may stand there without values. Before those of the
   * first page may stand records that contacts are linked to.
   *
   * @param fromInclusive the earliest time of change, by the CRM's clock
   * @param toExclusive the latest
   * @param afterId the last id of the page before; empty for the first page
   * @param properties the properties to list with each, by the type of the record: for every type
   *     that the CRM keeps persons in, and for those of records that a score may depend on
   */
  ChangedPage changed(
      long fromInclusive,
      long toExclusive,
      String afterId,
      SortedMap<String, SortedSet<String>> properties);

  /**
   * Lists all contacts, a page at a time, in an order that does not change.
   *
   * @param after where the page before said that this one begins; empty for the first page
   */
  ListedPage listed(String after);

  /** Asks how many contacts there are. */
  CountAnswer count();

  /**
   * Returns the same client, whose calls use only what live ones leave of the rate budget. Closed
   * with this one.
   */
  CrmClient inBackground();

  /** Returns how much of the rate budget is used now. */
  Allowance allowance();

  /**
   * Asks which properties persons of every type have, hidden ones included and archived ones not.
   */
  PropertiesAnswer properties();

  /**
   * Makes a task. Not safe to repeat: where the answer is not known, look at {@link #tasksOf}
   * first.
   */
  TaskAnswer createTask(NewTask task);

  /**
   * Reads what the newest tasks of a contact say, by their association with it and not by search,
   * which lags behind.
   */
  TasksAnswer tasksOf(RecordRef contact);

  /** Asks who can own tasks. */
  OwnersAnswer owners();

  /** Returns how many contacts one call may read or write. */
  int batchSize();

  @Override
  void close();
}
