package io.leadgauge.replay;

import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Retrospect;
import io.leadgauge.pipeline.Retrospect.Chapter;
import io.leadgauge.pipeline.StageHistory;
import io.leadgauge.pipeline.Supposed;
import io.leadgauge.pipeline.Supposed.Held;
import io.leadgauge.scoring.Contact;
import io.leadgauge.scoring.Placing;
import io.leadgauge.scoring.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of one contact as if one model had been at work ever since its first fact: it decides
 * whenever something happens or time alone changes something, and what it proposes is in the CRM at
 * once. Not thread-safe.
 */
final class Simulation {
  /** A stage may follow another at once, and a contact may go back; no model goes on for ever. */
  private static final int MOST_MOVES = 20;

  private final ConnectionScope scope;
  private final ModelAtWork model;
  private final Course course;

  /** What others set the stage to, oldest first, of which so many have happened. */
  private final List<Stamp> moves;

  private int moved;
  private Held held = Held.NOTHING;
  private Decision decision = Decision.NONE;

  private @Nullable Chapter chapter;
  private @Nullable Supposed supposed;
  private @Nullable Contact contact;
  private int done;

  Simulation(ConnectionScope scope, ModelAtWork model, Retrospect life, Course course) {
    this.scope = scope;
    this.model = model;
    this.course = course;
    StageMap stages = model.use().stages();
    this.moves =
        stages == null
            ? List.of()
            : StageHistory.byOthers(
                life.contact().facts(), stages.property(), life.beganAt().orElse(0));
  }

  /** Goes through a chapter, if need be only to an instant before its end. */
  void live(Chapter next, long until) {
    chapter = next;
    supposed = null;
    contact = null;
    if (next.isGone()) {
      course.gone(next.from());
      return;
    }
    done = 0;
    long end = Math.min(next.to(), until);
    for (long now = next.from(); now < end; ) {
      now = step(next, now, end);
    }
  }

  /** Decides at an instant; returns when to decide again. */
  private long step(Chapter here, long now, long end) {
    takeMoves(now);
    takeActivities(here.activities(), now);
    long next = Math.min(end, Math.min(nextMove(), nextActivity(here.activities())));
    Decision before = decision;
    Placing placing = place(here, now, next);
    for (int i = 0; i < MOST_MOVES; i++) {
      String proposed = supposed(here).proposal(placing.decision());
      if (proposed == null) {
        break;
      }
      hold(new Held(proposed, now, true));
      placing = place(here, now, next);
    }
    course.placed(now, before, placing);
    return Math.min(next, placing.steadyUntil());
  }

  private Placing place(Chapter here, long now, long next) {
    Placing placing = contact(here).place(decision, supposed(here).stage(), now, next);
    decision = placing.decision();
    return placing;
  }

  /** Ends the life at an instant; what it scores is told just before. */
  void end(long until) {
    Chapter last = chapter;
    if (last != null && !last.isGone()) {
      Set<String> known = new HashSet<>(supposed(last).properties().keySet());
      last.activities().subList(0, done).forEach(activity -> known.add(activity.type()));
      course.ended(contact(last).score(until - 1), known);
    }
  }

  // What happens

  private void takeMoves(long now) {
    for (; moved < moves.size() && moves.get(moved).at() <= now; moved++) {
      Stamp move = moves.get(moved);
      boolean same = held.ours() && held.value().equals(move.value());
      if (!same) {
        hold(new Held(move.value(), move.at(), false));
      }
    }
  }

  private void hold(Held stage) {
    held = stage;
    supposed = null;
    contact = null;
  }

  private long nextMove() {
    return moved < moves.size() ? moves.get(moved).at() : Long.MAX_VALUE;
  }

  private void takeActivities(List<Activity> activities, long now) {
    for (; done < activities.size() && activities.get(done).at() <= now; done++) {
      contact = null;
    }
  }

  private long nextActivity(List<Activity> activities) {
    return done < activities.size() ? activities.get(done).at() : Long.MAX_VALUE;
  }

  // The contact as it is

  private Supposed supposed(Chapter here) {
    Supposed now = supposed;
    if (now == null) {
      now = Supposed.of(scope, model, here, held);
      supposed = now;
    }
    return now;
  }

  private Contact contact(Chapter here) {
    Contact now = contact;
    if (now == null) {
      Supposed as = supposed(here);
      List<Activity> until = here.activities().subList(0, done);
      now = model.model().read(new Subject(as.properties(), until, as.knownSince()));
      contact = now;
    }
    return now;
  }
}
