package io.leadgauge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** placeholder. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {
  DoctorCommand(Terminal terminal) {}

  @Override
  public Integer call() {
    return 0;
  }
}
