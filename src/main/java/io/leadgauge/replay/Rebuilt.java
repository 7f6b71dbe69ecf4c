package io.leadgauge.replay;

import java.util.Optional;

/**
 * What a rebuild has come to.
 *
 * @param from the number of the first entry that was told again itself: 1, or the one after those
 *     that the snapshot stands for
 * @param to the number of the last entry
 * @param deliveries how many deliveries were told again
 * @param observations how many answers of the CRM were
 * @param records how many records were compared
 * @param facts how many facts they have
 * @param decisions how many decisions were taken again
 * @param lost how many decisions, links of names and first sights cannot be told again, since
 *     persons were erased to whom they were linked
 * @param ofOtherRelease how many decisions were not taken again, since this release reads their
 *     model otherwise than the one that took them
 * @param beingErased how many records were being erased meanwhile, and were left out
 * @param differences in how much the store differs from its journal
 * @param first the first of that, with its cause; empty for none
 */
public record Rebuilt(
    long from,
    long to,
    long deliveries,
    long observations,
    long records,
    long facts,
    long decisions,
    long lost,
    long ofOtherRelease,
    long beingErased,
    long differences,
    Optional<Difference> first) {
  /** Tells whether the store is what its journal says. */
  public boolean isEqual() {
    return differences == 0;
  }
}
