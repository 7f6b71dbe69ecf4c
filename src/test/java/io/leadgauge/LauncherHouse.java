package io.leadgauge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A machine for the launcher to find its way on: a checkout, a PATH with nothing on it but the
 * tools of POSIX, and whatever Java and Maven a test installs. The Javas and the Maven only say how
 * they were called.
 */
final class LauncherHouse {
  private static final String USUAL_FOLDERS = "/usr/lib/jvm/* /usr/java/* /opt/* /opt/java/*";
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cksum",
          "dirname",
          "find",
          "grep",
          "head",
          "ln",
          "ls",
          "mkdir",
          "mv",
          "nice",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sh",
          "sleep",
          "sort",
          "uname");

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();

  /** How a start ended. */
  record Run(int exit, String out, String err) {
    /** The program that was handed over to, and what it was given, a line each. */
    List<String> call() {
      return out.lines().toList();
    }
  }

  LauncherHouse(Path root) throws IOException {
    this.root = root.toRealPath();
    write("checkout/pom.xml", "<project/>");
    write("checkout/src/main/java/A.java", "class A {}");
    String launcher = Files.readString(Path.of("leadgauge"));
    assertThat(launcher).contains(USUAL_FOLDERS);
    script("checkout/leadgauge", launcher.replace(USUAL_FOLDERS, at("jvm") + "/*"));
    Files.createDirectories(at("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(at("bin/" + tool), find(tool));
    }
    environment.put("PATH", at("bin").toString());
    environment.put("HOME", at("home").toString());
    // Or it would be made beside a test that is over.
    set("LEADGAUGE_AOT_CACHE", "off");
  }

  Path at(String path) {
    return root.resolve(path);
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Puts a JDK of that version at a path, and returns its folder. */
  String jdk(String path, String version) throws IOException {
    script(path + "/bin/javac", "#!/bin/sh\n");
    return jre(path, version);
  }

  /** Puts a Java without a compiler at a path, and returns its folder. */
  String jre(String path, String version) throws IOException {
    write(path + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        path + "/bin/java",
        """
        #!/bin/sh
        case "$*" in
          *-XX:AOTMode=*)
            echo "$*" >>%1$s/aot-calls
            [ ! -e %1$s/aot-broken ] || exit 1
            for option; do
              case $option in
                -XX:AOTConfiguration=* | -XX:AOTCache=*) echo cache >"${option#*=}" ;;
              esac
            done
            exit
            ;;
        esac
        printf '%%s\\n' "$0" "$@"
        echo "log $LEADGAUGE_LOG_LEVEL"
        exit 7
        """
            .formatted(root));
    return at(path).toString();
  }

  /** Puts a Maven on the PATH that notes each call and makes the jar. */
  void maven() throws IOException {
    script(
        "bin/mvn",
        """
        #!/bin/sh
        echo "$JAVA_HOME $*" >>%1$s/mvn-calls
        echo '[INFO] chatter'
        if [ -e %1$s/broken ]; then
          echo '[ERROR] A.java:[1,1] cannot be compiled'
          exit 1
        fi
        [ ! -e %1$s/slow ] || sleep 1
        mkdir -p %1$s/checkout/target/lib
        echo jar >%1$s/checkout/target/leadgauge.jar
        """
            .formatted(root));
  }

  List<String> builds() {
    return lines("mvn-calls");
  }

  /** Lets the cache be where it is by default, instead of nowhere. */
  void cache() {
    environment.remove("LEADGAUGE_AOT_CACHE");
  }

  /** How Java was called to make the cache. */
  List<String> rehearsals() {
    return lines("aot-calls");
  }

  /** Tells whether nothing runs any more of what was started here, beside a start neither. */
  boolean isQuiet() {
    return ProcessHandle.allProcesses()
        .noneMatch(one -> one.info().commandLine().orElse("").contains(root.toString()));
  }

  /** What is in the folder of the cache. */
  List<Path> caches() {
    Path folder = at("checkout/target/aot");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(String path) {
    try {
      return Files.exists(at(path)) ? Files.readAllLines(at(path)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes everything in the checkout an hour older. */
  void laterByAnHour() throws IOException {
    try (Stream<Path> files = Files.walk(at("checkout"))) {
      for (Path file : files.toList()) {
        long modifiedAt = Files.getLastModifiedTime(file).toMillis();
        long earlier = modifiedAt - Duration.ofHours(1).toMillis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(earlier));
      }
    }
  }

  Run start(String... arguments) throws IOException, InterruptedException {
    return startAs(at("checkout/leadgauge").toString(), at("."), arguments);
  }

  /** Starts the launcher by a name of its, from a folder. */
  Run startAs(String name, Path folder, String... arguments)
      throws IOException, InterruptedException {
    return outcome(begin(name, folder, arguments));
  }

  Process begin(String name, Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Run outcome(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), out, err);
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.writeString(at(path), text);
  }

  private void script(String path, String text) throws IOException {
    write(path, text);
    Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    return Stream.of("/usr/bin", "/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("this machine has no " + tool));
  }
}
