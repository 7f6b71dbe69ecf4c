package io.leadgauge.bench;

/**
 * A rule engine that knows the forty rules; compiled once. Not thread-safe.
 *
 * @param <F> a contact in the form it likes best
 */
interface RuleEngine<F> {
  /** Returns a person in the form that the engine likes best. */
  F form(Person person);

  /** Returns the sum of all rules at an instant, in millionths. */
  long sum(F form, long now);
}
