package io.leadgauge.sandbox.salesforce;

import java.util.List;

/**
 * What was saved together.
 *
 * @param at when, in epoch milliseconds; records show whole seconds of it
 * @param actor who did it
 * @param told whether anybody is told of it
 * @param changes in the order in which they were made
 */
record Transaction(long at, Actor actor, boolean told, List<Change> changes) {

  Transaction {
    changes = List.copyOf(changes);
  }
}
