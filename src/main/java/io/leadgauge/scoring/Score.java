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
 * @param total the shown total, in whole points; the contributions sum exactly to it
 * @param dimensions millionths of a point per dimension, limits applied; copied
 * @param grade the cell of the grade grid; null where the model has none
 * @param disqualified the reasons why the contact is disqualified; copied
 * @param contributions the ledger, in the model's order of rules; copied
 */
public record Score(
    long at,
    long total,
    SortedMap<String, Long> dimensions,
    @Nullable String grade,
    List<String> disqualified,
    List<Contribution> contributions) {
  public Score {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    disqualified = List.copyOf(disqualified);
    contributions = List.copyOf(contributions);
  }
}
