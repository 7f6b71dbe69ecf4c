package io.leadgauge.cli;

import picocli.CommandLine.Option;

/** {@code replay --contact}. */
final class ReplayContact {
  @Option(
      names = "--contact",
      required = true,
      paramLabel = "[TYPE/]ID",
      description = "To be told.")
  private String contact = "";

  int run(Terminal terminal, ReplayScope scope) {
    terminal
        .err()
        .println("leadgauge: replay --contact " + contact + " of " + scope.data() + " is to come");
    return ExitCode.NO;
  }
}
