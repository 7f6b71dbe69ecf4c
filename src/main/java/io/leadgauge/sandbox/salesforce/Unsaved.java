package io.leadgauge.sandbox.salesforce;

/** Ends the look at one record that cannot be saved. */
final class Unsaved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SaveError error;

  Unsaved(SaveError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  SaveError error() {
    return error;
  }
}
