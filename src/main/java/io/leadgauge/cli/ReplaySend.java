package io.leadgauge.cli;

import picocli.CommandLine.Option;

/** {@code replay --send}. */
final class ReplaySend {
  @Option(names = "--send", required = true, paramLabel = "URL", description = "To be told.")
  private String send = "";

  int run(Terminal terminal, ReplayScope scope) {
    terminal
        .err()
        .println("leadgauge: replay --send " + send + " of " + scope.data() + " is to come");
    return ExitCode.NO;
  }
}
