package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Help.Ansi;

/**
 * All that a command has of the world outside: where it reads and prints, the environment, time.
 *
 * @param in standard input
 * @param out where answers go
 * @param err where complaints go
 * @param environment the environment variables; copied
 * @param clock time and chance
 * @param colour whether answers may be coloured
 */
public record Terminal(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Clockwork clock,
    boolean colour) {
  private static final int NARROWEST = 60;
  private static final int WIDEST = 160;
  private static final int USUAL = 80;

  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Returns the terminal of this process. Output is UTF-8 whatever the locale says. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        System.getenv(),
        new SystemClockwork(),
        Ansi.AUTO.enabled());
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Returns how many columns are printed: {@code COLUMNS} within reason, else 80. */
  public int width() {
    return columns().orElse(USUAL);
  }

  /** Returns {@code COLUMNS} within reason; empty if it is not set, or no number. */
  OptionalInt columns() {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{1,4}")
        ? OptionalInt.of(Math.clamp(Integer.parseInt(columns), NARROWEST, WIDEST))
        : OptionalInt.empty();
  }
}
