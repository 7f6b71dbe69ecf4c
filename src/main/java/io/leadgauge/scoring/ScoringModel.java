package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A compiled model: how contacts score. Points are a pure function of the contact and the instant;
 * decisions are one of those, the decision before and the place in the CRM.
 *
 * <p>Immutable and thread-safe.
 */
public final class ScoringModel {
  private final String name;
  private final String hash;
  private final CompiledRules rules;
  private final Judgement judgement;

  private ScoringModel(ModelDefinition definition) {
    name = definition.name();
    hash = Canonical.hash(definition);
    rules = CompiledRules.of(definition);
    judgement = Judgement.of(definition);
  }

  /**
   * Compiles a model.
   *
   * @throws IllegalArgumentException if the definition contradicts itself: two rules with one id, a
   *     condition on a dimension that is not there, thresholds out of order, …; the message names
   *     it
   */
  public static ScoringModel of(ModelDefinition definition) {
    Soundness.check(definition);
    return new ScoringModel(definition);
  }

  /** Returns the model's name. */
  public String name() {
    return name;
  }

  /**
   * Returns the hash of the model's meaning: 64 hex digits of SHA-256. Layout and comments of the
   * manifest do not matter, nor does the order of dimensions and of the rules in one.
   */
  public String hash() {
    return hash;
  }

  /** Returns the neutral names of the properties that the model reads; unmodifiable. */
  public SortedSet<String> properties() {
    return rules.properties();
  }

  /** Returns the types of the activities that the model reads; unmodifiable. */
  public SortedSet<String> activityTypes() {
    return rules.activityTypes();
  }

  /**
   * Scores a contact and decides on it.
   *
   * <p>A disqualified contact keeps its points and grade, has the lowest label, no stage and no
   * segment. Once it is no longer disqualified it rises by the thresholds for entering.
   *
   * @param subject the contact
   * @param previous what was decided last; {@link Decision#NONE} at first
   * @param crm where the CRM holds it
   * @param now the instant of scoring
   */
  public Evaluation evaluate(Subject subject, Decision previous, StageInCrm crm, long now) {
    return evaluate(subject, previous, crm, now, true);
  }

  /**
   * Scores a contact and decides on it, as above.
   *
   * @param live whether something that happened to the contact, or time, leads to this; what is
   *     entered for any other reason, such as a new version of the model, is handed over to nobody
   */
  public Evaluation evaluate(
      Subject subject, Decision previous, StageInCrm crm, long now, boolean live) {
    Timeline timeline = rules.read(subject);
    Moment moment = Moment.of(timeline, judgement.scale().size(), now);
    Seen seen = new Seen(judgement, timeline, previous, crm, moment, live);
    Validity.Found found = Validity.search(seen, moment);
    return new Evaluation(
        score(timeline, moment, seen),
        seen.decision(),
        seen.segment(),
        seen.next(),
        found.validUntil(),
        found.recheckAt(),
        seen.handOff());
  }

  private Score score(Timeline timeline, Moment moment, Seen seen) {
    Scale scale = judgement.scale();
    SortedMap<String, Long> dimensions = new TreeMap<>();
    for (int i = 0; i < scale.size(); i++) {
      dimensions.put(scale.name(i), seen.points().exact(Bounds.slot(i)));
    }
    return new Score(
        moment.at(),
        seen.points().exact(Bounds.TOTAL) / FixedPoint.ONE,
        dimensions,
        seen.grade(),
        timeline.disqualified(),
        Ledger.lines(timeline, scale, moment),
        Reasons.text(seen.named(), timeline, moment),
        List.copyOf(timeline.unreadable()));
  }
}
