package io.leadgauge.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What is planned for particular calls: a fault that strikes the next one, or something that
 * somebody else does just before or just after it is applied. Belongs to one event loop.
 */
public final class Script {

  /** Which calls a line is about; empty text stands for any. */
  public record Cue(String method, String route) {
    boolean fits(String calledMethod, String calledRoute) {
      return (method.isEmpty() || method.equals(calledMethod))
          && (route.isEmpty() || route.equals(calledRoute));
    }
  }

  private static final class Line {
    private final Cue cue;
    private int times;

    Line(Cue cue, int times) {
      this.cue = cue;
      this.times = times;
    }

    boolean takes(String method, String route) {
      if (times == 0 || !cue.fits(method, route)) {
        return false;
      }
      times--;
      return true;
    }
  }

  private record PlannedFate(Line line, Fate fate) {}

  private record Interjection(Line line, boolean before, LongConsumer action) {}

  private final List<PlannedFate> fates = new ArrayList<>();
  private final List<Interjection> interjections = new ArrayList<>();

  /** Lets a fate befall the next calls that fit. */
  public void plan(Cue cue, int times, Fate fate) {
    fates.add(new PlannedFate(new Line(cue, times), fate));
  }

  /** Does something once, at its instant, before or after the next call that fits is applied. */
  public void interject(Cue cue, boolean before, LongConsumer action) {
    interjections.add(new Interjection(new Line(cue, 1), before, action));
  }

  /** The fate that is planned for a call, if any. */
  public Optional<Fate> fate(String method, String route) {
    Iterator<PlannedFate> planned = fates.iterator();
    while (planned.hasNext()) {
      PlannedFate next = planned.next();
      if (next.line().takes(method, route)) {
        if (next.line().times == 0) {
          planned.remove();
        }
        return Optional.of(next.fate());
      }
    }
    return Optional.empty();
  }

  /** Does what is planned for this side of a call, at an instant. */
  public void run(boolean before, String method, String route, long now) {
    List<Interjection> due = new ArrayList<>();
    for (Interjection interjection : interjections) {
      if (interjection.before() == before && interjection.line().takes(method, route)) {
        due.add(interjection);
      }
    }
    interjections.removeAll(due);
    due.forEach(interjection -> interjection.action().accept(now));
  }

  /** Forgets what is planned. */
  public void clear() {
    fates.clear();
    interjections.clear();
  }
}
