package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each in a JVM of its own, since a JVM sets up its log once. */
final class LogSetupTest {
  @Test
  void log_byDefault_hasOurInfoAndTheLibrariesWarnings() throws Exception {
    assertThat(linesOf("")).containsExactly("INFO Speaker begins", "WARNING netty be careful");
  }

  @Test
  void log_whileStopping_isStillHeard() throws Exception {
    assertThat(linesOf("", "stop")).endsWith("INFO Speaker stopped");
  }

  @Test
  void level_debug_addsOurDebugLines() throws Exception {
    assertThat(linesOf("debug"))
        .containsExactly("INFO Speaker begins", "DEBUG Speaker detail", "WARNING netty be careful");
  }

  @Test
  void level_unknownWord_isReportedAndInfoStands() throws Exception {
    assertThat(linesOf("loud"))
        .containsExactly(
            "leadgauge: LEADGAUGE_LOG_LEVEL is 'loud', which is none of error, warning, info,"
                + " debug, trace; info is used",
            "INFO Speaker begins",
            "WARNING netty be careful");
  }

  /** What a JVM logs that says a few things: its lines without their instants. */
  private static List<String> linesOf(String level, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.util.logging.manager=" + LogSetup.class.getName());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Speaker.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LEADGAUGE_LOG_LEVEL", level);
    Process jvm = builder.start();
    String output = new String(jvm.getInputStream().readAllBytes(), UTF_8);
    jvm.waitFor();
    return output.lines().map(line -> line.replaceFirst("^\\d{4}-\\S+Z ", "")).toList();
  }

  /** The program under test. */
  static final class Speaker {
    public static void main(String[] arguments) {
      System.Logger log = System.getLogger("io.leadgauge.cli.Speaker");
      log.log(System.Logger.Level.INFO, "begins");
      log.log(System.Logger.Level.DEBUG, "detail");
      System.Logger library = System.getLogger("io.netty");
      library.log(System.Logger.Level.INFO, "chatter");
      library.log(System.Logger.Level.WARNING, "be careful");
      if (arguments.length > 0) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> sayGoodbye(log)));
        System.exit(0);
      }
    }

    /** Speaks only when the JVM's own hook, which silences the log by default, has run. */
    private static void sayGoodbye(System.Logger log) {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getClass().getName().contains("LogManager"))
          .forEach(LogSetupTest::join);
      log.log(System.Logger.Level.INFO, "stopped");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
