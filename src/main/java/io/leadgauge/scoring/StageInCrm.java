package io.leadgauge.scoring;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the CRM holds the contact, in the CRM's own order of stages.
 *
 * @param position how far along it is: 0 for the earliest stage, -1 for none
 * @param positions where each stage that the connection knows stands in that order; a stage of the
 *     model that the CRM does not have is absent and never entered; copied
 * @param ours whether we wrote the stage that it is at, and nobody wrote another since
 * @param closed whether it is at a stage from which nothing is proposed
 */
public record StageInCrm(
    int position, Map<String, Integer> positions, boolean ours, boolean closed) {
  /** A CRM that has no stages. */
  public static final StageInCrm NONE = new StageInCrm(-1, Map.of());

  public StageInCrm {
    positions = Map.copyOf(positions);
  }

  /** Makes a place to which people brought the contact, and from which stages may be proposed. */
  public StageInCrm(int position, Map<String, Integer> positions) {
    this(position, positions, false, false);
  }

  /** Tells whether the contact is exactly at a stage. */
  boolean isAt(String stage) {
    return isAt(positions.get(stage));
  }

  private boolean isAt(@Nullable Integer stage) {
    return stage != null && stage == position;
  }
}
