package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a backfill: contacts with the histories of their properties, as every read.
 *
 * <p>The list of contacts could bring their values along, a hundred a call. But a date property
 * that is an activity tells each time that it happened only by its history, a stage tells when it
 * was reached, and a value without the instant at which it was set loses to any event of that day.
 * Histories come fifty contacts a call, so a hundred contacts cost three calls instead of one, and
 * all facts are right.
 */
final class BackfillReads implements AutoCloseable {
  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final Clockwork clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  BackfillReads(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client;
    this.intake = intake;
    this.states = states;
    this.clock = clock;
  }

  /**
   * Reads contacts and keeps what the CRM tells of them, but for those that are about to be read
   * anyway, because something has happened to them.
   *
   * @return what kept some from being read; null when all were answered for
   */
  @Nullable CallTrouble read(List<RecordRef> contacts) {
    SortedMap<String, List<String>> wanted = new TreeMap<>();
    contacts.stream()
        .filter(contact -> !isToBeRead(contact))
        .forEach(
            ref -> wanted.computeIfAbsent(ref.type(), type -> new ArrayList<>()).add(ref.id()));
    List<CompletableFuture<ReadAnswer>> asked = new ArrayList<>();
    try {
      wanted.forEach((person, ids) -> asked.addAll(ask(person, ids)));
    } catch (RejectedExecutionException e) {
      return new CallTrouble.Wait(Duration.ZERO, "the backfill stops for now");
    }
    CallTrouble trouble = null;
    for (CompletableFuture<ReadAnswer> one : asked) {
      ReadAnswer answer = one.join();
      trouble = answer.trouble() == null ? trouble : answer.trouble();
    }
    return trouble;
  }

  private List<CompletableFuture<ReadAnswer>> ask(String person, List<String> ids) {
    // Halves, since one call may read only so many with their histories.
    int atOnce = client.batchSize() / 2;
    List<CompletableFuture<ReadAnswer>> asked = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += atOnce) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + atOnce));
      asked.add(CompletableFuture.supplyAsync(() -> answer(person, some), threads));
    }
    return asked;
  }

  private boolean isToBeRead(RecordRef contact) {
    return states.current(contact).filter(state -> state.due().fetchAt() != Due.NEVER).isPresent();
  }

  private ReadAnswer answer(String person, List<String> ids) {
    long askedAt = intake.instant();
    ReadAnswer answer = client.read(person, ids, scopes.require(id).read(person));
    if (!answer.facts().isEmpty()) {
      Observation read =
          new Observation(id, clock.now(), askedAt, Observation.Cause.BACKFILL, answer.facts());
      intake.submit(new Work.Observe(read, Map.of())).join();
    }
    return answer;
  }

  /** Interrupts calls that are under way, and makes no more. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
