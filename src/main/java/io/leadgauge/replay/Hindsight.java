package io.leadgauge.replay;

import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.replay.AsOf.Late;
import io.leadgauge.replay.AsOf.Seen;
import io.leadgauge.replay.AsOf.Standing;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Score;
import io.leadgauge.store.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was known of a contact at an instant, and what had happened. Used once, by one thread. */
final class Hindsight {
  private final RecordRef contact;
  private final long at;
  private final Told told;
  private final Retelling known;
  private final Retelling happened;
  private final Ledgers knownLedgers;
  private final Ledgers happenedLedgers;
  private final Map<Fact, Late> late = new LinkedHashMap<>();
  private int emptied;

  Hindsight(RecordRef contact, long at, Told told) {
    this.contact = contact;
    this.at = at;
    this.told = told;
    this.known = told.retelling();
    this.happened = told.retelling();
    this.knownLedgers = new Ledgers(contact, known);
    this.happenedLedgers = new Ledgers(contact, happened);
  }

  /** Takes the next entry, in the order of the journal. */
  void tell(JournalEntry entry) {
    emptied += entry.hasBody() ? 0 : 1;
    boolean wasKnown = entry.entry().receivedAt() <= at;
    if (entry.entry() instanceof Decided decided && wasKnown && decided.contact().equals(contact)) {
      knownLedgers.decided(decided.model(), decided.decision());
      happenedLedgers.decided(decided.model(), decided.decision());
    }
    List<Fact> facts = told.by(entry);
    if (wasKnown) {
      Told.tell(known, entry, facts);
    }
    List<Fact> past = facts.stream().filter(fact -> fact.at() <= at).toList();
    if (!wasKnown) {
      noteLate(entry, past);
    }
    Told.tell(happened, entry, past);
  }

  private void noteLate(JournalEntry entry, List<Fact> past) {
    for (Learned learned : News.learned(past, happened)) {
      if (learned.isNew()) {
        Late one = new Late(learned.fact(), entry.sequence(), entry.entry().receivedAt());
        late.putIfAbsent(learned.fact(), one);
      }
    }
  }

  /** Looks at both, by the version that was in force. */
  AsOf asOf(ConnectionScope scope) {
    Map<ModelAtWork, Evaluation> then = knownLedgers.evaluations(scope, at);
    Map<ModelAtWork, Evaluation> now = happenedLedgers.evaluations(scope, at);
    return new AsOf(
        contact,
        at,
        seen(known, standings(then, true)),
        seen(happened, standings(now, false)),
        List.copyOf(late.values()),
        Ledgers.movements(scope, scores(then), scores(now)),
        emptied);
  }

  private static Map<String, Score> scores(Map<ModelAtWork, Evaluation> evaluations) {
    Map<String, Score> scores = new LinkedHashMap<>();
    evaluations.forEach((model, evaluation) -> scores.put(model.name(), evaluation.score()));
    return scores;
  }

  private List<Standing> standings(Map<ModelAtWork, Evaluation> evaluations, boolean decided) {
    List<Standing> standings = new ArrayList<>();
    evaluations.forEach(
        (model, evaluation) -> {
          Decision decision = decided ? knownLedgers.decision(model.name()) : evaluation.decision();
          standings.add(
              new Standing(
                  model.name(),
                  model.hash(),
                  evaluation.score(),
                  decision.label(),
                  decision.stage()));
        });
    return standings;
  }

  private Seen seen(Retelling retelling, List<Standing> standings) {
    RecordFacts facts = retelling.find(contact).map(RecordState::facts).orElse(RecordFacts.NONE);
    SortedMap<String, String> properties = new TreeMap<>();
    for (String property : facts.properties()) {
      String value = facts.value(property);
      if (value != null && !property.startsWith(Fact.Assigned.RESERVED)) {
        properties.put(property, value);
      }
    }
    SortedMap<String, Integer> activities = new TreeMap<>();
    facts.activityTypes().forEach(type -> activities.put(type, facts.activities(type).size()));
    return new Seen(standings, properties, activities);
  }
}
