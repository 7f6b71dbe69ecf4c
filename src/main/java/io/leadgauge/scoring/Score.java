package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The points of a contact at an instant, line by line.
 *
 * @param at the instant
 * @param scored whether the model scores the contact at all; if not, there is no grade, nothing
 *     contributes, and the total of 0 means nothing
 * @param total the shown total, in whole points; the contributions sum exactly to it
 * @param dimensions millionths of a point per dimension, limits applied, not weighted; copied
 * @param grade the cell of the grade grid; null where the model has none
 * @param disqualified the reasons why the contact is disqualified; copied
 * @param contributions the ledger: what each rule gave, in the model's order, rules that gave
 *     nothing left out; then what limits, weights, the clamp and the rounding took or gave; copied
 * @param reasons the three strongest rules for and the three strongest against, as one line for a
 *     field of the CRM, such as {@code +20 Title is VP Sales (vp); -25 Email opt out is yes}; it
 *     holds nothing that fades: a rule that decays is named without a number, in the order of its
 *     points before decay; empty where no rule gives half a point
 * @param unreadable the names of the properties, and {@code type.attribute} of the activities,
 *     whose values could not be read as what a rule needs, so that they satisfied nothing and gave
 *     nothing; in alphabetical order; copied
 */
public record Score(
    long at,
    boolean scored,
    long total,
    SortedMap<String, Long> dimensions,
    @Nullable String grade,
    List<String> disqualified,
    List<Contribution> contributions,
    String reasons,
    List<String> unreadable) {
  public Score {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    disqualified = List.copyOf(disqualified);
    contributions = List.copyOf(contributions);
    unreadable = List.copyOf(unreadable);
  }
}
