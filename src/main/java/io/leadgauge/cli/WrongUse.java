package io.leadgauge.cli;

/** A command was called with something that it cannot work with; ends with exit code 2. */
public sealed class WrongUse extends RuntimeException permits AdminAddress.NoServe {
  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param message what is wrong and what to do, in one line
   */
  public WrongUse(String message) {
    super(message, null, false, false);
  }
}
