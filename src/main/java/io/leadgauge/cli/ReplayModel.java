package io.leadgauge.cli;

import picocli.CommandLine.Option;

/** {@code replay --model}. */
final class ReplayModel {
  @Option(names = "--model", required = true, paramLabel = "FILE", description = "To be told.")
  private String model = "";

  int run(Terminal terminal, ReplayScope scope) {
    terminal
        .err()
        .println("leadgauge: replay --model " + model + " of " + scope.data() + " is to come");
    return ExitCode.NO;
  }
}
