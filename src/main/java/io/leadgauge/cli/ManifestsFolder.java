package io.leadgauge.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of all commands that read, or put back, manifests. */
final class ManifestsFolder {
  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      description = "The folder of manifests. Default: ${DEFAULT-VALUE}",
      defaultValue = "manifests")
  private Path path = Path.of("manifests");

  Path path() {
    return path;
  }
}
