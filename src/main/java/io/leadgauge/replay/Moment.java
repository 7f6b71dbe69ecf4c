package io.leadgauge.replay;

import java.util.List;

/**
 * One moment of a contact's life.
 *
 * @param sequence the number of the entry of the journal that tells of it; 0 where time alone does
 * @param at when the entry came or was made, by our clock
 * @param occasion what happened
 * @param learned the facts that it told of the records that the life is told of; copied
 * @param movements how the contact's scores changed by it, a model each; copied
 */
public record Moment(
    long sequence, long at, Occasion occasion, List<Learned> learned, List<Movement> movements) {
  public Moment {
    learned = List.copyOf(learned);
    movements = List.copyOf(movements);
  }
}
