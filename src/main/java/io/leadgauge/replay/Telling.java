package io.leadgauge.replay;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import io.leadgauge.model.Retried;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.replay.Occasion.Arrival;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Score;
import io.leadgauge.store.JournalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A life on its way from the entries of the journal to its moments. Used once, by one thread. */
final class Telling {
  /** So many changes by time alone between two moments are told one by one. */
  private static final int MOST_CHANGES = 5;

  /** So often it is looked for the next change by time alone. */
  private static final int MOST_LOOKS = 50;

  private final RecordRef contact;
  private final Relations relations;
  private final InForce versions;
  private final Told told;
  private final Retelling retelling;
  private final Ledgers ledgers;
  private final List<Intent> tasks;
  private final long from;
  private final News news = new News();
  private final Map<RecordRef, Map<String, Decision>> decisions = new HashMap<>();
  private final List<Moment> moments = new ArrayList<>();
  private Map<String, Score> shown = Map.of();
  private long shownAt;
  private int leftOut;
  private int emptied;

  /**
   * Begins a life.
   *
   * @param tasks the tasks of the contact's hand-offs
   * @param from the entries from this number on are told; those before are only joined
   */
  Telling(
      RecordRef contact,
      Relations relations,
      InForce versions,
      Told told,
      List<Intent> tasks,
      long from) {
    this.contact = contact;
    this.relations = relations;
    this.versions = versions;
    this.told = told;
    this.retelling = told.retelling();
    this.ledgers = new Ledgers(contact, retelling);
    this.tasks = tasks;
    this.from = from;
  }

  /**
   * Returns the life.
   *
   * @param refused the fields that the CRM refuses
   */
  Life life(List<RefusedField> refused) {
    return new Life(contact, relations, moments, leftOut, refused, emptied);
  }

  /** Returns the moments so far. */
  List<Moment> moments() {
    return moments;
  }

  /** Takes the next entry, in the order of the journal. */
  void tell(JournalEntry entry) {
    emptied += entry.hasBody() ? 0 : 1;
    switch (entry.entry()) {
      case Delivery delivery -> join(entry);
      case Retried retried -> {
        join(entry);
        lookBack(entry.sequence(), retried);
      }
      case Observation observation -> join(entry);
      case Decided decided -> decide(entry.sequence(), decided);
      case Activation activation -> change(entry.sequence(), activation.receivedAt());
      case Erasure erasure -> {}
      case GivenUp givenUp -> retelling.tell(entry);
    }
  }

  // What came from outside

  private void join(JournalEntry entry) {
    List<Fact> facts = told.by(entry);
    if (entry.sequence() < from) {
      leftOut++;
      Told.tell(retelling, entry, facts);
      noteWrite(entry, facts);
      news.note(entry.sequence(), facts);
      return;
    }
    long at = entry.entry().receivedAt();
    List<Learned> learned = News.learned(facts, retelling);
    Optional<ConnectionScope> scope = versions.at(contact.connection(), entry.sequence());
    Map<String, Score> before = scores(scope, at);
    takeUp(scope, before, at);
    List<Moment> passed = passed(scope, at);
    Told.tell(retelling, entry, facts);
    Map<String, Score> after = scores(scope, at);
    List<Movement> movements = movements(scope, before, after);
    List<Occasion> occasions = occasions(entry, facts, learned, !movements.isEmpty());
    if (!occasions.isEmpty()) {
      moments.addAll(passed);
      add(new Moment(entry.sequence(), at, occasions.getFirst(), learned, movements), after);
      occasions
          .subList(1, occasions.size())
          .forEach(
              more -> add(new Moment(entry.sequence(), at, more, List.of(), List.of()), after));
    }
    news.note(entry.sequence(), facts);
  }

  private Map<String, Score> scores(Optional<ConnectionScope> scope, long at) {
    return scope.map(version -> ledgers.at(version, at)).orElse(Map.of());
  }

  private static List<Movement> movements(
      Optional<ConnectionScope> scope, Map<String, Score> before, Map<String, Score> after) {
    return scope.map(version -> Ledgers.movements(version, before, after)).orElse(List.of());
  }

  private void add(Moment moment, Map<String, Score> scores) {
    moments.add(moment);
    shown = scores;
    shownAt = moment.at();
  }

  /** Says how things stand where what came before is not told. */
  private void takeUp(Optional<ConnectionScope> scope, Map<String, Score> scores, long at) {
    if (moments.isEmpty() && leftOut > 0) {
      List<Movement> movements = movements(scope, Map.of(), scores);
      add(new Moment(0, at, new Occasion.Earlier(leftOut), List.of(), movements), scores);
    }
  }

  /** Tells what time alone has changed since the last moment. */
  void passTime(long sequence, long now) {
    moments.addAll(passed(versions.at(contact.connection(), sequence), now));
  }

  /**
   * Returns what time alone has changed since the last moment, each change at its instant; all at
   * once where that are many.
   */
  private List<Moment> passed(Optional<ConnectionScope> scope, long until) {
    if (scope.isEmpty() || until <= shownAt) {
      return List.of();
    }
    List<Moment> passed = new ArrayList<>();
    Map<String, Score> before = shown;
    long since = shownAt;
    long at = next(scope.get(), since);
    for (int looks = 0; at <= until; looks++) {
      if (passed.size() == MOST_CHANGES || looks == MOST_LOOKS) {
        passed = List.of(passed(scope.get(), shownAt, shown, until));
        break;
      }
      Moment moment = passed(scope.get(), since, before, at);
      if (!moment.movements().isEmpty()) {
        passed.add(moment);
        before = ledgers.at(scope.get(), at);
        since = at;
      }
      at = next(scope.get(), at);
    }
    return passed.stream().filter(moment -> !moment.movements().isEmpty()).toList();
  }

  private Moment passed(ConnectionScope scope, long since, Map<String, Score> before, long at) {
    List<Movement> movements = Ledgers.movements(scope, before, ledgers.at(scope, at));
    return new Moment(
        0,
        at,
        new Occasion.TimePassed(since),
        List.of(),
        movements.stream().filter(Movement::isVisible).toList());
  }

  /** Returns the first instant after this at which something may change. */
  private long next(ConnectionScope scope, long at) {
    return ledgers.evaluations(scope, at).values().stream()
        .mapToLong(Evaluation::recheckAt)
        .map(next -> Math.max(next, at + 1))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Returns what an entry is in this life; nothing if it is no part of it. */
  private List<Occasion> occasions(
      JournalEntry entry, List<Fact> facts, List<Learned> learned, boolean moved) {
    boolean isOwn = facts.stream().anyMatch(fact -> relations.own().contains(fact.of()));
    boolean isPart = isOwn || moved || facts.isEmpty();
    return switch (entry.entry()) {
      case Delivery delivery when entry.outcome().quarantined() != null ->
          List.of(new Occasion.Quarantined(entry.outcome().quarantined(), 0));
      case Delivery delivery -> isPart ? List.of(delivered(entry, learned)) : List.of();
      case Retried retried -> isPart ? List.of(new Occasion.Retried(retried.number())) : List.of();
      case Observation observation ->
          observation.cause() == Observation.Cause.WRITE
              ? written(entry.sequence(), observation, facts)
              : isOwn || moved ? List.of(new Occasion.Read(observation.cause())) : List.of();
      case Decided decided -> List.of();
      case Activation activation -> List.of();
      case Erasure erasure -> List.of();
      case GivenUp givenUp -> List.of();
    };
  }

  /** What is told later may echo a write that is not told itself. */
  private void noteWrite(JournalEntry entry, List<Fact> facts) {
    if (entry.entry() instanceof Observation observation
        && observation.cause() == Observation.Cause.WRITE) {
      written(entry.sequence(), observation, facts);
    }
  }

  private Occasion delivered(JournalEntry entry, List<Learned> learned) {
    return new Occasion.Delivered(
        entry.outcome().events(),
        entry.outcome().noted(),
        learned.isEmpty() && !entry.hasBody() ? new Arrival.Emptied() : news.arrival(learned),
        News.lateBy(learned, entry.entry().receivedAt()));
  }

  private List<Occasion> written(long sequence, Observation observation, List<Fact> facts) {
    Map<RecordRef, SortedMap<String, String>> values = new TreeMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Assigned assigned
          && relations.own().contains(fact.of())
          && !assigned.property().startsWith(Fact.Assigned.RESERVED)) {
        values
            .computeIfAbsent(fact.of(), of -> new TreeMap<>())
            .put(assigned.property(), assigned.stamp().value());
      }
    }
    List<Occasion> occasions = new ArrayList<>();
    values.forEach(
        (record, held) -> {
          news.wrote(sequence, record, held);
          occasions.add(new Occasion.Written(record, held));
        });
    observation
        .refused()
        .forEach(
            (record, reason) -> {
              if (relations.own().contains(record)) {
                occasions.add(new Occasion.Refused(record, reason));
              }
            });
    return occasions;
  }

  /** What was applied in the end had come long before, and had its place there. */
  private void lookBack(long sequence, Retried retried) {
    if (sequence < from || moments.isEmpty() || moments.getLast().sequence() != sequence) {
      return;
    }
    int place = 0;
    while (moments.get(place).at() <= retried.delivery().receivedAt()
        && moments.get(place).sequence() < retried.number()) {
      place++;
    }
    Occasion came = new Occasion.Quarantined("it could not be applied then", sequence);
    moments.add(
        place,
        new Moment(retried.number(), retried.delivery().receivedAt(), came, List.of(), List.of()));
  }

  // What was decided

  private void decide(long sequence, Decided decided) {
    if (!relations.own().contains(decided.contact())) {
      return;
    }
    Decision previous =
        decisions
            .computeIfAbsent(decided.contact(), of -> new HashMap<>())
            .put(decided.model(), decided.decision());
    boolean isOfContact = decided.contact().equals(contact);
    if (isOfContact) {
      ledgers.decided(decided.model(), decided.decision());
    }
    if (sequence < from) {
      leftOut++;
      return;
    }
    Optional<ConnectionScope> scope = versions.at(contact.connection(), sequence);
    Map<String, Score> now = scores(scope, decided.receivedAt());
    takeUp(scope, now, decided.receivedAt());
    List<Moment> passed = passed(scope, decided.receivedAt());
    Map<String, Score> last = passed.isEmpty() ? shown : scores(scope, passed.getLast().at());
    moments.addAll(passed);
    List<Movement> movements =
        movements(scope, last, now).stream().filter(Movement::isVisible).toList();
    Decision before = previous == null ? Decision.NONE : previous;
    List<Turn> turns = Turns.between(before, decided.decision(), tasks(decided));
    Occasion occasion =
        new Occasion.Decided(decided.contact(), decided.model(), decided.cause(), turns);
    add(new Moment(sequence, decided.receivedAt(), occasion, List.of(), movements), now);
  }

  private List<Intent> tasks(Decided decided) {
    return tasks.stream()
        .filter(
            task ->
                task.contact().equals(decided.contact()) && task.model().equals(decided.model()))
        .toList();
  }

  // What changed the score and is no fact

  private void change(long sequence, long at) {
    Optional<ConnectionScope> before = versions.at(contact.connection(), sequence - 1);
    Optional<ConnectionScope> after = versions.at(contact.connection(), sequence + 1);
    if (sequence < from || before.isEmpty() || after.isEmpty()) {
      return;
    }
    Map<String, Score> old = scores(before, at);
    takeUp(before, old, at);
    Map<String, Score> now = scores(after, at);
    List<String> models = others(before.get(), after.get());
    List<Movement> movements = movements(after, old, now);
    if (retelling.find(contact).isPresent() && !(models.isEmpty() && movements.isEmpty())) {
      moments.addAll(passed(before, at));
      add(new Moment(sequence, at, new Occasion.NewVersion(models), List.of(), movements), now);
    }
  }

  private static List<String> others(ConnectionScope before, ConnectionScope after) {
    Map<String, String> hashes = new HashMap<>();
    before.models().forEach(model -> hashes.put(model.name(), model.hash()));
    return after.models().stream()
        .filter(model -> !model.hash().equals(hashes.get(model.name())))
        .map(ModelAtWork::name)
        .toList();
  }
}
