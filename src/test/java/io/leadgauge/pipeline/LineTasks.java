package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.model.RecordRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks of a CRM in memory. It treats the next ones that are to be made as it is told to. */
final class LineTasks {
  /** What becomes of a task that is to be made. */
  enum Fate {
    MADE,
    MADE_AND_ANSWER_LOST,
    LOST,
    REFUSED,
    FORBIDDEN
  }

  private final List<NewTask> made = new ArrayList<>();
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final Set<String> owners = new HashSet<>(Set.of("7"));
  private Fate usual = Fate.MADE;
  private @Nullable CallTrouble untold;
  private Runnable meanwhile = () -> {};
  private int asked;
  private int looked;

  /** From now on tasks meet these, one each, and then the last one for ever. */
  synchronized void meet(Fate... next) {
    fates.clear();
    fates.addAll(List.of(next));
    usual = next[next.length - 1];
  }

  /** Does this the next time that a task was made, before it is answered. */
  synchronized void beforeTheAnswer(Runnable deed) {
    meanwhile = deed;
  }

  /** From now on owners are listed with this trouble; null for none. */
  synchronized void hideOwners(@Nullable CallTrouble trouble) {
    untold = trouble;
  }

  synchronized List<NewTask> made() {
    return List.copyOf(made);
  }

  /** Returns how often a task was to be made. */
  synchronized int asked() {
    return asked;
  }

  /** Returns how often the tasks of a contact were looked at. */
  synchronized int looked() {
    return looked;
  }

  synchronized TaskAnswer create(NewTask task) {
    asked++;
    Fate fate = fates.isEmpty() ? usual : fates.removeFirst();
    return switch (fate) {
      case MADE -> make(task);
      case MADE_AND_ANSWER_LOST -> {
        make(task);
        yield new TaskAnswer.Failed(new CallTrouble.Unknown("the answer is lost"));
      }
      case LOST -> new TaskAnswer.Failed(new CallTrouble.Unknown("the call is lost"));
      case REFUSED -> new TaskAnswer.Refused("no tasks today");
      case FORBIDDEN -> new TaskAnswer.Failed(new CallTrouble.Refused("no right to make tasks"));
    };
  }

  private TaskAnswer make(NewTask task) {
    if (task.owner() != null && !owners.contains(task.owner())) {
      return new TaskAnswer.OwnerRefused("no such owner " + task.owner());
    }
    made.add(task);
    meanwhile.run();
    meanwhile = () -> {};
    return new TaskAnswer.Made(Integer.toString(made.size()));
  }

  synchronized TasksAnswer of(RecordRef contact) {
    looked++;
    Map<String, String> notes = new HashMap<>();
    for (int i = 0; i < made.size(); i++) {
      if (made.get(i).contact().equals(contact)) {
        notes.put(Integer.toString(i + 1), "<p>" + made.get(i).note() + "</p>");
      }
    }
    return new TasksAnswer(notes, null);
  }

  synchronized OwnersAnswer owners() {
    return new OwnersAnswer(untold == null ? owners : Set.of(), untold);
  }
}
