package io.leadgauge.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of all commands that look into what {@code serve} keeps, or keep it. */
final class DataFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder, where everything is kept. Default: ${DEFAULT-VALUE}",
      defaultValue = "data")
  private Path path = Path.of("data");

  Path path() {
    return path;
  }
}
