package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Node-RED with a flow that does the same job: verifies the signature, keeps what it is told in
 * memory, scores by the rules of {@code bench/model.yaml} and writes the fields. It keeps nothing
 * on disk, so a kill loses what was acknowledged.
 */
final class NodeRed {
  static final String VERSION = "4.1.15";

  private static final int LEAST_NODE = 18;
  private static final Duration LONGEST_INSTALL = Duration.ofMinutes(4);
  private static final Duration LONGEST_WORD = Duration.ofSeconds(20);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> FILES = List.of("package.json", "settings.js");

  private final Path folder;

  private NodeRed(Path folder) {
    this.folder = folder;
  }

  /**
   * What there is of Node-RED.
   *
   * @param nodeRed null where there is none
   * @param missing what it lacks, and what to do; empty where it is there
   */
  record Found(@Nullable NodeRed nodeRed, String missing) {}

  /** Returns the Node-RED that is installed in a folder. */
  static Found in(Path folder) throws IOException {
    Path installed = folder.resolve("node_modules/node-red/package.json");
    String version =
        Files.isReadable(installed)
            ? MAPPER.readTree(installed.toFile()).path("version").asText()
            : "none";
    if (!version.equals(VERSION)) {
      return missing("Node-RED " + VERSION + " is not in " + folder + ", there is " + version);
    }
    writeFlow(folder);
    return new Found(new NodeRed(folder), "");
  }

  /** Returns the Node-RED in a folder, installed by npm if need be. */
  static Found install(Path folder) throws IOException, InterruptedException {
    String node = said("node", "--version").strip();
    String major = node.replaceFirst("^v(\\d+)\\..*", "$1");
    if (!major.matches("\\d{1,4}") || Integer.parseInt(major) < LEAST_NODE) {
      return missing(
          "it takes Node.js "
              + LEAST_NODE
              + " or newer in the path, there is "
              + (node.isEmpty() ? "none" : node));
    }
    Found found = in(folder);
    if (found.nodeRed() != null) {
      return found;
    }
    Files.createDirectories(folder);
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), resource(file));
    }
    Path log = folder.resolve("install.log");
    boolean isInstalled =
        runs(
            LONGEST_INSTALL,
            new ProcessBuilder(
                    "npm",
                    "install",
                    "--prefix=" + folder.toAbsolutePath(),
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--no-update-notifier")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
    return isInstalled
        ? in(folder)
        : missing(
            "npm could not install it: it is not there, has no network, or says so in " + log);
  }

  private static Found missing(String what) {
    return new Found(null, what);
  }

  /** Returns what a program prints; empty where it is not there. */
  private static String said(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("said", ".txt");
    try {
      return runs(LONGEST_WORD, new ProcessBuilder(command).redirectOutput(out.toFile()))
          ? Files.readString(out)
          : "";
    } finally {
      Files.delete(out);
    }
  }

  /** Tells whether a program is there and ends well in time. */
  private static boolean runs(Duration longest, ProcessBuilder builder)
      throws InterruptedException {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return false;
    }
    try {
      return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  /** The code of the flow's functions has files of its own, so that it can be read. */
  private static void writeFlow(Path folder) throws IOException {
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), resource(file));
    }
    JsonNode flow = MAPPER.readTree(resource("flow.json"));
    for (JsonNode node : flow) {
      for (String code : List.of("func", "initialize")) {
        String named = node.path(code).asText();
        if (named.startsWith("@")) {
          ((ObjectNode) node).put(code, resource(named.substring(1)));
        }
      }
    }
    Files.writeString(folder.resolve("flow.json"), flow.toPrettyString());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = NodeRed.class.getResourceAsStream("/bench/node-red/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  /**
   * Starts it before a portal, and returns when it takes deliveries.
   *
   * @param writes whether it writes the fields
   */
  Receiver start(BenchPortal portal, boolean writes, Clockwork clock)
      throws IOException, InterruptedException {
    int port = FreePort.next();
    Program program =
        Program.run(
            clock,
            folder.resolve("node-red.log"),
            Map.of(
                "BENCH_PORT",
                Integer.toString(port),
                "BENCH_API",
                portal.api().toString(),
                "BENCH_TOKEN",
                SandboxOptions.TOKEN,
                "BENCH_SECRET",
                BenchPortal.CLIENT_SECRET,
                "BENCH_URL",
                BenchPortal.SIGNED_URL,
                "BENCH_WRITES",
                Boolean.toString(writes)),
            List.of(
                "node",
                folder.resolve("node_modules/node-red/red.js").toAbsolutePath().toString(),
                "--settings",
                folder.resolve("settings.js").toAbsolutePath().toString(),
                "--userDir",
                folder.toAbsolutePath().toString()));
    program.awaitPort(port);
    return new Receiver(program, Receiver.target(port));
  }
}
