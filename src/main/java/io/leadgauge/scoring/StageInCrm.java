package io.leadgauge.scoring;

import java.util.Map;

/**
 * Where the CRM holds the contact, in the CRM's own order of stages.
 *
 * @param position how far along it is: 0 for the earliest stage, -1 for none
 * @param positions where each of the model's stages stands in that order; a stage that the CRM does
 *     not have is absent and never entered; copied
 */
public record StageInCrm(int position, Map<String, Integer> positions) {
  /** A CRM that has no stages. */
  public static final StageInCrm NONE = new StageInCrm(-1, Map.of());

  public StageInCrm {
    positions = Map.copyOf(positions);
  }
}
