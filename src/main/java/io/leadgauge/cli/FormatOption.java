package io.leadgauge.cli;

import picocli.CommandLine.Option;

/** The option of all commands that print for people or for programs. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How to print. Default: ${DEFAULT-VALUE}",
      defaultValue = "text")
  private Format format = Format.TEXT;

  Format format() {
    return format;
  }
}
