package io.leadgauge.cli;

/** What the process says to the script that started it. */
public final class ExitCode {
  /** Done; where a question was asked, the answer is yes. */
  public static final int DONE = 0;

  /** The answer is no, or it could not be done. */
  public static final int NO = 1;

  /** Used wrongly: unknown options, files that are not there or cannot be read. */
  public static final int WRONG_USE = 2;

  private ExitCode() {}
}
