package io.leadgauge.pipeline;

import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A contact's life by one model, worked out the slow way: at every hour, and just before it, all
 * facts of until then are put together anew and evaluated as the pipeline does, with the stage kept
 * by hand.
 */
public final class SlowLife {
  private final ConnectionScope scope;
  private final ModelAtWork model;
  private final Neighbourhood around;
  private final RecordState contact;
  private final StageMap stages;
  private Decision decision = Decision.NONE;
  private String held = "";
  private boolean ours;

  /** Where the contact was at one hour. */
  public record Hour(
      long at, String label, String grade, String stage, String segment, int handOffs) {}

  public SlowLife(
      ConnectionScope scope,
      ModelAtWork model,
      StageMap stages,
      RecordState contact,
      Neighbourhood around) {
    this.scope = scope;
    this.model = model;
    this.stages = stages;
    this.contact = contact;
    this.around = around;
  }

  /** Lives until an instant, exclusive. */
  public List<Hour> live(long until, long step) {
    long began =
        contact.facts().all(contact.ref()).stream()
            .filter(fact -> !isNote(fact))
            .mapToLong(Fact::at)
            .min()
            .orElse(until);
    List<Hour> hours = new ArrayList<>();
    int handOffs = 0;
    long last = began - 1;
    for (long now = began;
        now < until;
        now = (now - began) % step == 0 ? now + step - 1 : now + 1) {
      RecordState then = asOf(contact, now, began);
      setByOthers(last, now);
      last = now;
      if (then.facts().isGone()) {
        hours.add(new Hour(now, "", "", "", "", handOffs));
        continue;
      }
      Decision before = decision;
      Evaluation evaluation = evaluate(then, now, began);
      for (int i = 0; i < 5; i++) {
        String to = proposal();
        if (to.isEmpty()) {
          break;
        }
        held = to;
        ours = true;
        evaluation = evaluate(then, now, began);
      }
      handOffs += handOffs(before);
      hours.add(
          new Hour(
              now,
              orEmpty(evaluation.decision().label()),
              orEmpty(evaluation.score().grade()),
              orEmpty(evaluation.decision().stage()),
              orEmpty(evaluation.segment()),
              handOffs));
    }
    return hours;
  }

  private static boolean isNote(Fact fact) {
    return fact instanceof Fact.Assigned(RecordRef of, String property, Stamp stamp)
        && property.startsWith("~")
        && !property.equals(Fact.Assigned.PRESENCE);
  }

  private int handOffs(Decision before) {
    int made = 0;
    for (StageMark mark : decision.stages()) {
      long last =
          before.mark(mark.stage()).map(StageMark::handOff).map(Decision.HandOff::at).orElse(0L);
      made += mark.handOff() != null && mark.handOff().at() > last ? 1 : 0;
    }
    return made;
  }

  /** Whoever set the stage in this hour without it having been us. */
  private void setByOthers(long last, long now) {
    List<Stamp> wrote = contact.facts().history(Fact.Assigned.WROTE + stages.property());
    String before = "";
    boolean run = false;
    for (Stamp stamp : contact.facts().history(stages.property())) {
      boolean same = stamp.value().equals(before);
      run = same ? run : wrote.contains(stamp);
      boolean writtenLater = same || run || wrote.stream().anyMatch(one -> isOfSameRun(one, stamp));
      before = stamp.value();
      boolean inThisHour = stamp.at() <= now && stamp.at() > last;
      if (inThisHour && !writtenLater && !(ours && held.equals(stamp.value()))) {
        held = stamp.value();
        ours = false;
      }
    }
  }

  /** No other value lies between. */
  private boolean isOfSameRun(Stamp wrote, Stamp first) {
    return wrote.value().equals(first.value())
        && wrote.compareTo(first) > 0
        && contact.facts().history(stages.property()).stream()
            .noneMatch(
                one ->
                    one.compareTo(first) > 0
                        && one.compareTo(wrote) < 0
                        && !one.value().equals(first.value()));
  }

  private Evaluation evaluate(RecordState then, long now, long began) {
    List<Fact> stage = new ArrayList<>();
    if (!held.isEmpty()) {
      stage.add(
          new Fact.Assigned(then.ref(), stages.property(), new Stamp(now, SourceRank.EVENT, held)));
    }
    RecordFacts facts = then.facts().join(stage).facts();
    RecordState supposed = then.withFacts(facts, 0, began);
    ContactView view =
        ContactView.of(scope, supposed, ref -> around.find(ref).map(one -> asOf(one, now, began)));
    Subject subject = NeutralView.subject(scope, view);
    Map<String, Integer> positions = new HashMap<>();
    stages.values().forEach((name, value) -> positions.put(name, stages.position(value)));
    StageInCrm crm =
        new StageInCrm(
            stages.position(held.isEmpty() ? null : held), positions, ours, stages.isClosed(held));
    Evaluation evaluation = model.model().evaluate(subject, decision, crm, now);
    decision = evaluation.decision();
    return evaluation;
  }

  private String proposal() {
    String proposed = decision.stage();
    String value = proposed == null ? null : stages.values().get(proposed);
    boolean open = !stages.isClosed(held.isEmpty() ? null : held);
    return value != null && open && stages.position(value) > stages.order().indexOf(held)
        ? value
        : "";
  }

  /** All that had happened by then, but for the stage. */
  private RecordState asOf(RecordState record, long now, long began) {
    List<Fact> past = new ArrayList<>();
    for (Fact fact :
        new TreeSet<>(record.facts().properties())
            .stream().flatMap(name -> facts(record, name, now).stream()).toList()) {
      past.add(fact);
    }
    for (Fact fact : record.facts().all(record.ref())) {
      if (!(fact instanceof Fact.Assigned) && fact.at() <= now) {
        past.add(fact);
      }
    }
    RecordFacts facts = RecordFacts.NONE.join(past).facts();
    return new RecordState(
        record.ref(), 0, 0, began, 0, 0, 0, facts, Map.of(), record.due(), record.absorbed());
  }

  private List<Fact> facts(RecordState record, String property, long now) {
    if (property.equals(stages.property()) || property.startsWith(Fact.Assigned.WROTE)) {
      return List.of();
    }
    List<Fact> past = new ArrayList<>();
    for (Stamp stamp : record.facts().history(property)) {
      if (stamp.at() <= now) {
        past.add(new Fact.Assigned(record.ref(), property, stamp));
      }
    }
    Optional<Stamp> first = record.facts().history(property).stream().findFirst();
    if (past.isEmpty() && first.get().rank() == SourceRank.READ && !property.startsWith("~")) {
      past.add(
          new Fact.Assigned(
              record.ref(),
              property,
              new Stamp(Long.MIN_VALUE, SourceRank.READ, first.get().value())));
    }
    return past;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
