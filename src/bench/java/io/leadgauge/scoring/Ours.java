package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import io.leadgauge.model.Decision;
import java.util.List;

/** The engine as the benchmark calls it: the one place to change when its types do. */
public final class Ours {
  private final CompiledRules rules;
  private final Judgement judgement;

  public Ours(ModelDefinition definition) {
    rules = CompiledRules.of(definition);
    judgement = Judgement.of(definition);
  }

  /** A contact in the engine's own form. */
  public final class Read {
    private final Timeline timeline;
    private final Contact contact;

    private Read(Timeline timeline) {
      this.timeline = timeline;
      contact = new Contact(judgement, timeline);
    }

    /** Returns the shown total, in whole points. */
    public long total(long now) {
      return contact.total(now);
    }

    /** Returns the ledger, with a sentence for each line. */
    public List<Contribution> ledger(long now) {
      return Ledger.lines(timeline, judgement.scale(), Moment.of(timeline, now));
    }

    /** Scores, decides and finds out until when that holds. */
    public Evaluation evaluate(long now) {
      return contact.evaluate(Decision.NONE, StageInCrm.NONE, now);
    }
  }

  /** Reads a contact. */
  public Read read(Subject subject) {
    return new Read(rules.read(subject));
  }
}
