package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** A terminal that a test reads; its clock stands still. */
final class TestTerminal {
  static final String NOW = "2026-11-01T12:00:00Z";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment;
  private final String in;

  TestTerminal(Map<String, String> environment, String in) {
    this.environment = environment;
    this.in = in;
  }

  static TestTerminal plain() {
    return new TestTerminal(Map.of("COLUMNS", "80"), "");
  }

  int run(String... arguments) {
    return run(false, arguments);
  }

  int run(boolean colour, String... arguments) {
    return Main.run(open(colour), arguments);
  }

  /** Returns what a command is given. */
  Terminal open() {
    return open(false);
  }

  private Terminal open(boolean colour) {
    return new Terminal(
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(out),
        new PrintWriter(err),
        environment,
        new StandingClock(),
        colour);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  private static final class StandingClock implements Clockwork {
    @Override
    public long now() {
      return Instant.parse(NOW).toEpochMilli();
    }

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public RandomGenerator random() {
      throw new UnsupportedOperationException("these commands need no chance");
    }

    @Override
    public void unguessable(byte[] bytes) {
      throw new UnsupportedOperationException("these commands need no keys");
    }

    @Override
    public void awaitUntil(Condition condition, long at) {
      throw new UnsupportedOperationException("these commands do not wait");
    }
  }
}
