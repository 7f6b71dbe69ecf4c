package io.leadgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.LauncherHouse.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache that makes starts quick: made beside a start, never in its way. */
final class LauncherCacheTest {
  private static final long ELEVEN_MINUTES = 11 * 60_000;

  @TempDir Path folder;
  private LauncherHouse house;

  @BeforeEach
  void build() throws Exception {
    house = new LauncherHouse(folder);
    house.maven();
    house.jdk("jvm/25", "25.0.3");
    house.cache();
  }

  /** Starts a server and waits until what is made beside it is there. */
  private Run serve() throws Exception {
    int before = house.rehearsals().size();
    Run run = house.start("serve");
    Await.until(
        "the cache is made",
        () ->
            house.rehearsals().size() > before
                && house.caches().size() == 1
                && house.caches().getFirst().toString().endsWith(".aot"));
    return run;
  }

  @Test
  void cache_firstServe_isMadeBesideItAndUsedFromThenOn() throws Exception {
    Run first = serve();
    assertThat(first.call()).noneMatch(option -> option.startsWith("-XX:AOT"));
    assertThat(first.err()).doesNotContain("cache");
    assertThat(house.rehearsals()).hasSize(2).first().asString().endsWith(" rehearse");
    Path made = house.caches().getFirst();
    assertThat(house.start("serve").call()).containsSubsequence("-XX:AOTCache=" + made, "-jar");
    assertThat(house.start("score").call()).contains("-XX:AOTCache=" + made);
    assertThat(house.rehearsals()).hasSize(2);
  }

  @Test
  void cache_otherCommands_doNotMakeIt() throws Exception {
    house.start("score");
    house.start("demo");
    assertThat(house.caches()).isEmpty();
  }

  @Test
  void cache_jarChanged_isMadeAnewInPlaceOfTheOldOne() throws Exception {
    serve();
    Path old = house.caches().getFirst();
    house.write("checkout/target/leadgauge.jar", "another");
    assertThat(house.start("score").call()).noneMatch(option -> option.startsWith("-XX:AOT"));
    serve();
    assertThat(house.caches()).hasSize(1).doesNotContain(old);
  }

  @Test
  void cache_otherJava_isAnother() throws Exception {
    serve();
    house.set("LEADGAUGE_JAVA_HOME", house.jdk("other", "25.0.4"));
    assertThat(house.start("score").call()).noneMatch(option -> option.startsWith("-XX:AOT"));
  }

  @Test
  void cache_thatCannotBeMade_isDoneWithoutAndNotTriedAtEachStart() throws Exception {
    house.write("aot-broken", "");
    house.start("serve");
    Await.until("it was tried", () -> house.rehearsals().size() == 1 && house.isQuiet());
    assertThat(house.start("serve").call()).noneMatch(option -> option.startsWith("-XX:AOT"));
    assertThat(house.rehearsals()).hasSize(1);
    Files.delete(house.at("aot-broken"));
    assertThat(house.start("prepare").exit()).as("whoever asks for it").isZero();
    assertThat(house.caches()).hasSize(1);
  }

  @Test
  void cache_folderThatCannotBeWritten_isDoneWithoutInSilence() throws Exception {
    house.start("score");
    house.write("a-file", "");
    house.set("LEADGAUGE_AOT_CACHE", house.at("a-file").toString());
    Run run = house.start("serve");
    assertThat(run.exit()).isEqualTo(7);
    assertThat(run.err()).isEmpty();
    assertThat(run.call()).noneMatch(option -> option.startsWith("-XX:AOT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.0.9", "24.0.2"})
  void cache_olderJava_isNeitherMadeNorAskedFor(String version) throws Exception {
    house.set("LEADGAUGE_JAVA_HOME", house.jdk("older", version));
    house.start("serve");
    Run run = house.start("prepare");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("Java 25");
    assertThat(house.caches()).isEmpty();
  }

  @Test
  void cache_halfMadeByOneWhoWasKilled_isMadeAnew() throws Exception {
    serve();
    Path made = house.caches().getFirst();
    Files.delete(made);
    Path half = Files.createDirectory(made.resolveSibling(made.getFileName() + ".new"));
    house.start("serve");
    assertThat(house.rehearsals()).as("somebody may be at it").hasSize(2);
    long then = Files.getLastModifiedTime(half).toMillis() - ELEVEN_MINUTES;
    Files.setLastModifiedTime(half, FileTime.fromMillis(then));
    serve();
    assertThat(house.caches()).isEqualTo(List.of(made));
    assertThat(house.rehearsals()).hasSize(4);
  }

  @Test
  void prepare_makesItAtOnceAndOnce() throws Exception {
    assertThat(house.start("prepare").exit()).isZero();
    assertThat(house.caches()).hasSize(1);
    Run again = house.start("prepare");
    assertThat(again.exit()).isZero();
    assertThat(again.out() + again.err()).isEmpty();
    assertThat(house.rehearsals()).hasSize(2);
  }

  @Test
  void prepare_javaThatCannot_saysSoInOneLine() throws Exception {
    house.start("score");
    house.write("aot-broken", "");
    Run run = house.start("prepare");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("as long as without");
  }
}
