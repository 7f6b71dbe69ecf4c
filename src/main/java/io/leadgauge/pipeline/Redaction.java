package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.Delivery;

/** Takes out of a delivery what it says of erased persons. */
@FunctionalInterface
interface Redaction {
  /** Returns what is left of the delivery. */
  Redacted of(Delivery delivery, Erased erased);

  /**
   * Returns the redaction of several platforms, for a delivery of which it is not known whose it
   * is: the first that finds an event of an erased person takes it out.
   */
  static Redaction ofAny(Iterable<CrmAdapter> platforms) {
    return (delivery, erased) -> {
      Redacted last = new Redacted.Untouched();
      for (CrmAdapter platform : platforms) {
        Redacted redacted = platform.without(delivery, erased);
        if (redacted instanceof Redacted.Less) {
          return redacted;
        }
        last = redacted instanceof Redacted.Nothing ? redacted : last;
      }
      return last;
    };
  }
}
