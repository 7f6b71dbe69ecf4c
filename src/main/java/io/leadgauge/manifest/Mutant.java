package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;

/**
 * A model with one part changed, to see whether its cases notice.
 *
 * @param part what kind of part is changed
 * @param name the part's name
 * @param change what was done to it
 * @param at where the part stands in the model's file
 * @param definition the model that is left
 */
public record Mutant(
    Part part, String name, Change change, Position at, ModelDefinition definition) {
  /** A kind of part. */
  public enum Part {
    RULE,
    DISCOUNT,
    DISQUALIFIER,
    LABEL,
    SEGMENT,
    STAGE,
    /** The conditions on who is scored at all. */
    AUDIENCE
  }

  /** What is done to a part. */
  public enum Change {
    /** It is left out. */
    GONE,
    /** It gives half of its points. */
    HALVED
  }

  /**
   * Tells whether a case comes out otherwise than expected.
   *
   * @param manifest the model as it is, all of whose cases pass
   */
  public boolean isNoticed(ModelManifest manifest) {
    ModelManifest changed =
        new ModelManifest(
            definition,
            ScoringModel.of(definition),
            manifest.calendars(),
            manifest.cases(),
            manifest.file(),
            manifest.text());
    return changed.cases().stream().anyMatch(one -> !one.run(changed).isEmpty());
  }

  /** Returns the change in words: {@code the rule pricing-page were gone}. */
  public String text() {
    String subject =
        switch (part) {
          case RULE -> "the rule " + name;
          case DISCOUNT -> "the discount " + name;
          case DISQUALIFIER -> "the disqualifier " + name;
          case LABEL -> "the label " + name;
          case SEGMENT -> "the segment " + name;
          case STAGE -> "the stage " + name;
          case AUDIENCE -> "the condition on who is scored";
        };
    return subject + (change == Change.GONE ? " were gone" : " gave half");
  }
}
