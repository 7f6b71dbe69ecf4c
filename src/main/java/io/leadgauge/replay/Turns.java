package io.leadgauge.replay;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what one decision changed of another. */
final class Turns {
  private final List<Intent> tasks;
  private final List<Turn> turns = new ArrayList<>();

  private Turns(List<Intent> tasks) {
    this.tasks = tasks;
  }

  /**
   * Returns what changed.
   *
   * @param tasks the tasks of the contact's hand-offs by this model
   */
  static List<Turn> between(Decision before, Decision after, List<Intent> tasks) {
    Turns turns = new Turns(tasks);
    if (!Objects.equals(before.label(), after.label())) {
      turns.turns.add(new Turn.Label(before.label(), after.label()));
    }
    for (StageMark mark : after.stages()) {
      StageMark was = before.mark(mark.stage()).orElseGet(() -> StageMark.none(mark.stage()));
      turns.add(was, mark);
    }
    return turns.turns;
  }

  private void add(StageMark was, StageMark mark) {
    String stage = mark.stage();
    int known = turns.size();
    if (mark.vetoedAt() != was.vetoedAt()) {
      turns.add(new Turn.Vetoed(stage, mark.vetoedAt()));
    }
    addWait(was, mark);
    if (mark.entered() != was.entered()) {
      turns.add(mark.entered() ? new Turn.Entered(stage) : new Turn.Left(stage));
    }
    if (mark.reached() && !was.reached()) {
      turns.add(new Turn.Reached(stage));
    }
    if (mark.recycling() != null && !mark.recycling().equals(was.recycling())) {
      turns.add(new Turn.GoingBack(stage, mark.recycling().to(), mark.recycling().proposed()));
    }
    addHandOff(stage, was.handOff(), mark.handOff());
    if (turns.size() == known && !mark.equals(was)) {
      turns.add(new Turn.Inner(stage));
    }
  }

  private void addWait(StageMark was, StageMark mark) {
    if (mark.holdsSince() != 0 && was.holdsSince() != mark.holdsSince()) {
      turns.add(new Turn.Waiting(mark.stage(), mark.holdsSince()));
    } else if (mark.holdsSince() == 0 && was.holdsSince() != 0 && !mark.entered()) {
      turns.add(new Turn.WaitedInVain(mark.stage()));
    }
  }

  private void addHandOff(String stage, @Nullable HandOff was, @Nullable HandOff is) {
    if (is == null) {
      return;
    }
    if (is.at() != 0 && (was == null || was.at() != is.at())) {
      turns.add(new Turn.HandedOver(stage, is.dueAt(), task(stage, is.at())));
    } else if (is.owed() && (was == null || !was.owed())) {
      turns.add(new Turn.HandOffOwed(stage));
    }
  }

  private @Nullable Intent task(String stage, long at) {
    for (Intent task : tasks) {
      if (task.stage().equals(stage) && task.at() == at) {
        return task;
      }
    }
    return null;
  }
}
