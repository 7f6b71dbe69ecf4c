package io.leadgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.LauncherHouse.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a newcomer meets it. */
final class LauncherTest {
  @TempDir Path folder;
  private LauncherHouse house;

  @BeforeEach
  void build() throws Exception {
    house = new LauncherHouse(folder);
    house.maven();
  }

  // Which Java

  @Test
  void java_toldByOurVariable_isTakenBeforeAllOthers() throws Exception {
    house.set("JAVA_HOME", house.jdk("java-home", "25.0.3"));
    house.set("LEADGAUGE_JAVA_HOME", house.jdk("told", "21.0.9"));
    assertThat(house.start().call()).first().isEqualTo(house.at("told") + "/bin/java");
  }

  @Test
  void java_toldByOurVariableButTooOld_isRefusedByName() throws Exception {
    house.set("JAVA_HOME", house.jdk("java-home", "25.0.3"));
    String old = house.jdk("told", "17.0.15");
    house.set("LEADGAUGE_JAVA_HOME", old);
    Run run = house.start();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains(old, "21 or newer");
  }

  @Test
  void java_javaHomeNewEnough_isTakenBeforePath() throws Exception {
    Files.createSymbolicLink(
        house.at("bin/java"), Path.of(house.jdk("on-path", "25.0.3"), "bin", "java"));
    house.set("JAVA_HOME", house.jdk("java-home", "21.0.9"));
    assertThat(house.start().call()).first().isEqualTo(house.at("java-home") + "/bin/java");
  }

  @Test
  void java_javaHomeTooOld_isPassedOverForPath() throws Exception {
    house.set("JAVA_HOME", house.jdk("java-home", "17.0.15"));
    house.jdk("jvm/other", "25.0.3");
    Files.createSymbolicLink(
        house.at("bin/java"), Path.of(house.jdk("on-path", "23"), "bin", "java"));
    assertThat(house.start().call()).first().isEqualTo(house.at("on-path") + "/bin/java");
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15 21.0.9 25.0.3, 25.0.3",
    "21.0.9 24.0.2, 21.0.9",
    "24.0.2 26-ea 1.8.0_402, 26-ea",
    "25.0.3 29 28, 29"
  })
  void java_amongUsualFolders_isNewestWithLongTermSupportElseNewest(String there, String taken)
      throws Exception {
    for (String version : there.split(" ", -1)) {
      house.jdk("jvm/" + version, version);
    }
    assertThat(house.start().call()).first().isEqualTo(house.at("jvm/" + taken) + "/bin/java");
  }

  @Test
  void java_none_isSaidInOneLine() throws Exception {
    house.jdk("jvm/old", "17.0.15");
    Run run = house.start("score");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("install", "JDK 21");
  }

  @Test
  void java_withoutCompiler_runsButDoesNotBuild() throws Exception {
    house.set("JAVA_HOME", house.jre("jre", "25.0.3"));
    String compiler = house.jdk("jvm/jdk", "21.0.9");
    assertThat(house.start().call()).first().isEqualTo(house.at("jre") + "/bin/java");
    assertThat(house.builds()).singleElement().asString().startsWith(compiler + " ");
  }

  // The build

  @Test
  void build_firstStart_happensOnceAndSaysSoOnStandardError() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    Run first = house.start();
    assertThat(first.err()).contains("building").doesNotContain("chatter");
    assertThat(first.out()).doesNotContain("building");
    assertThat(house.start().err()).isEmpty();
    assertThat(house.builds()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "src/main/java/A.java", "src/main/resources/new.txt"})
  void build_sourceWrittenSince_happensAnew(String source) throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.start();
    house.laterByAnHour();
    house.write("checkout/" + source, "changed");
    house.start();
    house.start();
    assertThat(house.builds()).hasSize(2);
  }

  @Test
  void build_sourceDeletedSince_happensAnew() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.start();
    house.laterByAnHour();
    Files.delete(house.at("checkout/src/main/java/A.java"));
    house.start();
    assertThat(house.builds()).hasSize(2);
  }

  @Test
  void build_jarMadeByHand_isTakenAsItIs() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.laterByAnHour();
    house.write("checkout/target/leadgauge.jar", "by hand");
    house.start();
    assertThat(house.builds()).isEmpty();
  }

  @Test
  void build_jarInUse_isReplacedAndNotWrittenInto() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.start();
    Path inUse = house.at("in-use");
    Files.createLink(inUse, house.at("checkout/target/leadgauge.jar"));
    Files.writeString(inUse, "read by a running one");
    house.laterByAnHour();
    house.write("checkout/pom.xml", "changed");
    house.start();
    assertThat(inUse).hasContent("read by a running one");
  }

  @Test
  void build_failing_showsTheErrorsAndIsTriedAgain() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.write("broken", "");
    Run run = house.start();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .contains("[ERROR] A.java:[1,1] cannot be compiled", "target/leadgauge-build.log")
        .doesNotContain("chatter");
    Files.delete(house.at("broken"));
    assertThat(house.start().exit()).isEqualTo(7);
    assertThat(house.builds()).hasSize(2);
  }

  @Test
  void build_withoutMaven_saysInOneLineWhatToInstall() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    Files.delete(house.at("bin/mvn"));
    Run run = house.start();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("Maven", "install");
  }

  @Test
  void build_severalFirstStartsAtOnce_isDoneByOne() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.write("slow", "");
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      starts.add(house.begin(house.at("checkout/leadgauge").toString(), house.at(".")));
    }
    for (Process start : starts) {
      assertThat(LauncherHouse.outcome(start).exit()).isEqualTo(7);
    }
    assertThat(house.builds()).hasSize(1);
  }

  @Test
  void build_lockOfAProcessThatIsGone_isTakenOver() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(house.at("checkout/target"));
    Path lock = house.at("checkout/target/leadgauge.lock");
    Files.createSymbolicLink(lock, Path.of(String.valueOf(gone.pid())));
    assertThat(house.start().exit()).isEqualTo(7);
    assertThat(Files.isSymbolicLink(lock)).isFalse();
  }

  // The start

  @Test
  void arguments_withSpacesAndStars_arriveAsGiven() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    Run run = house.start("score", "--model", "a b", "*");
    assertThat(run.call())
        .containsSubsequence(
            "-jar",
            house.at("checkout/target/leadgauge.jar").toString(),
            "score",
            "--model",
            "a b",
            "*");
    assertThat(run.exit()).isEqualTo(7);
  }

  @Test
  void options_ofTheUser_comeAfterOurs() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.set("LEADGAUGE_JAVA_OPTS", "-Xmx1g -Dx=y");
    assertThat(house.start("serve").call())
        .containsSubsequence("-XX:+ExitOnOutOfMemoryError", "-Xmx1g", "-Dx=y", "-jar");
  }

  @ParameterizedTest
  @CsvSource({"score, true", "--help, true", "serve, false", "demo, false", "replay, false"})
  void compiler_simpleOne_isForShortCommandsAlone(String command, boolean simple) throws Exception {
    house.jdk("jvm/25", "25.0.3");
    assertThat(house.start(command).call().contains("-XX:TieredStopAtLevel=1")).isEqualTo(simple);
  }

  @ParameterizedTest
  @CsvSource({"serve, ''", "score, warning"})
  void logLevel_notSet_isQuietUnlessServing(String command, String level) throws Exception {
    house.jdk("jvm/25", "25.0.3");
    assertThat(house.start(command).call()).last().isEqualTo("log " + level);
  }

  @Test
  void logLevel_set_stands() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    house.set("LEADGAUGE_LOG_LEVEL", "debug");
    assertThat(house.start("score").call()).last().isEqualTo("log debug");
  }

  @Test
  void launcher_throughLinksAndFromElsewhere_findsItsHouse() throws Exception {
    house.jdk("jvm/25", "25.0.3");
    Path elsewhere = Files.createDirectories(house.at("some where"));
    Files.createSymbolicLink(elsewhere.resolve("absolute"), house.at("checkout/leadgauge"));
    Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));
    Run run = house.startAs("./relative", elsewhere);
    assertThat(run.call()).contains(house.at("checkout/target/leadgauge.jar").toString());
  }

  @Test
  void distribution_withoutSources_needsNoMaven() throws Exception {
    house.jre("jvm/25", "25.0.3");
    Files.delete(house.at("bin/mvn"));
    Files.delete(house.at("checkout/pom.xml"));
    house.write("checkout/leadgauge.jar", "built elsewhere");
    Run run = house.start("serve");
    assertThat(run.err()).isEmpty();
    assertThat(run.call()).contains(house.at("checkout/leadgauge.jar").toString());
  }

  @Test
  void distribution_withoutJar_saysWhatIsMissing() throws Exception {
    house.jre("jvm/25", "25.0.3");
    Files.delete(house.at("checkout/pom.xml"));
    Run run = house.start("serve");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("leadgauge.jar");
  }
}
