package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import io.leadgauge.model.Decision;
import java.util.List;

/** The engine as the benchmark calls it: the one place to change when its types do. */
public final class Ours {
  private final ScoringModel model;
  private final CompiledRules rules;
  private final Scale scale;

  public Ours(ModelDefinition definition) {
    model = ScoringModel.of(definition);
    rules = CompiledRules.of(definition);
    scale = new Scale(definition);
  }

  /** A contact in the engine's own form. */
  public final class Contact {
    private final Timeline timeline;

    private Contact(Timeline timeline) {
      this.timeline = timeline;
    }

    /** Returns the shown total, in whole points. */
    public long total(long now) {
      return scale.at(moment(now)).exact(Bounds.TOTAL) / FixedPoint.ONE;
    }

    /** Returns the ledger, with a sentence for each line. */
    public List<Contribution> ledger(long now) {
      return Ledger.lines(timeline, scale, moment(now));
    }

    private Moment moment(long now) {
      return Moment.of(timeline, scale.size(), now);
    }
  }

  /** Reads a contact. */
  public Contact read(Subject subject) {
    return new Contact(rules.read(subject));
  }

  /** Scores, decides and finds out until when that holds. */
  public Evaluation evaluate(Subject subject, long now) {
    return model.evaluate(subject, Decision.NONE, StageInCrm.NONE, now);
  }
}
