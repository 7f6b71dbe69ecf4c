package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.BackfillRun.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private static final CallTrouble STOPPED =
      new CallTrouble.Wait(Duration.ZERO, "the backfill stops for now");

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
   * anyway, because something has happened to them. After a restore nothing is written before all
   * are read, so these are not waited for.
   *
   * @return what kept some from being read, and for whom alone the CRM did not answer
   */
  Told read(List<RecordRef> contacts, Reach reach) {
    List<CompletableFuture<ReadAnswer>> asked = new ArrayList<>();
    try {
      wanted(contacts, reach).forEach((person, ids) -> asked.addAll(ask(person, ids, reach)));
    } catch (RejectedExecutionException e) {
      return new Told(STOPPED, Set.of());
    }
    CallTrouble trouble = null;
    Set<RecordRef> silent = new TreeSet<>();
    for (CompletableFuture<ReadAnswer> one : asked) {
      ReadAnswer answer = one.join();
      if (answer.trouble() == null) {
        silent.addAll(answer.unanswered());
      } else {
        trouble = answer.trouble();
      }
    }
    return new Told(trouble, silent);
  }

  /**
   * What a read has met.
   *
   * @param trouble what kept calls from being answered; null for nothing
   * @param silent contacts of which nothing was told, though the CRM answered for others; copied
   */
  record Told(@Nullable CallTrouble trouble, Set<RecordRef> silent) {
    Told {
      silent = Set.copyOf(silent);
    }
  }

  /**
   * Reads contacts of which some keep all from being read, and finds these: halves, and halves of
   * those that are not answered.
   *
   * @param other one more contact, asked for first: where it is not answered for, the CRM answers
   *     for nobody
   */
  Told readApart(List<RecordRef> contacts, RecordRef other, Reach reach) {
    ReadAnswer control = answer(other.type(), List.of(other.id()), reach);
    if (control.trouble() != null) {
      return new Told(control.trouble(), Set.of());
    }
    Set<RecordRef> silent = new TreeSet<>();
    wanted(contacts, reach).forEach((person, ids) -> silent.addAll(silent(person, ids, reach)));
    return threads.isShutdown() ? new Told(STOPPED, Set.of()) : new Told(null, silent);
  }

  private Set<RecordRef> silent(String person, List<String> ids, Reach reach) {
    Set<RecordRef> silent = new TreeSet<>();
    Halving halving =
        new Halving(
            atOnce(),
            some -> {
              ReadAnswer answer = answer(person, some, reach);
              silent.addAll(answer.trouble() == null ? answer.unanswered() : Set.of());
              return answer;
            },
            threads::isShutdown);
    halving.silent(ids).forEach(one -> silent.add(new RecordRef(id, person, one)));
    return silent;
  }

  private SortedMap<String, List<String>> wanted(List<RecordRef> contacts, Reach reach) {
    SortedMap<String, List<String>> wanted = new TreeMap<>();
    contacts.stream()
        .filter(contact -> reach.isOfRestore() || !isToBeRead(contact))
        .forEach(
            ref -> wanted.computeIfAbsent(ref.type(), type -> new ArrayList<>()).add(ref.id()));
    return wanted;
  }

  /** Halves, since one call may read only so many with their histories. */
  private int atOnce() {
    return Math.max(1, client.batchSize() / 2);
  }

  private List<CompletableFuture<ReadAnswer>> ask(String person, List<String> ids, Reach reach) {
    int atOnce = atOnce();
    List<CompletableFuture<ReadAnswer>> asked = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += atOnce) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + atOnce));
      asked.add(CompletableFuture.supplyAsync(() -> answer(person, some, reach), threads));
    }
    return asked;
  }

  private boolean isToBeRead(RecordRef contact) {
    return states.current(contact).filter(state -> state.due().fetchAt() != Due.NEVER).isPresent();
  }

  private ReadAnswer answer(String person, List<String> ids, Reach reach) {
    long askedAt = intake.instant();
    ConnectionScope scope = scopes.require(id);
    ReadAnswer answer = client.read(person, ids, scope.read(person));
    if (reach.isOfRestore()) {
      keep(askedAt, FurthestStage.before(scope, answer.facts(), reach.lostSince()));
    }
    keep(askedAt, answer.facts());
    return answer;
  }

  private void keep(long askedAt, List<Fact> facts) {
    if (!facts.isEmpty()) {
      Observation read =
          new Observation(id, clock.now(), askedAt, Observation.Cause.BACKFILL, facts);
      intake.submit(new Work.Observe(read, Map.of())).join();
    }
  }

  /** Interrupts calls that are under way, and makes no more. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
