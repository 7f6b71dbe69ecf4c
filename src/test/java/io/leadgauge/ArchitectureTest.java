package io.leadgauge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.leadgauge.architecture.FloatingPoint;
import io.leadgauge.architecture.HouseRules;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house stands as it was drawn. */
final class ArchitectureTest {
  private static final Path COMPILED = Path.of("target", "classes");
  private static final JavaClasses HOUSE = new ClassFileImporter().importPath(COMPILED);

  /** A clock inside the database would escape the rules over classes. */
  private static final Pattern CLOCK_IN_SQL =
      Pattern.compile("(?i)\\bcurrent_(timestamp|date|time)\\b|'now'|\\brandomblob\\b");

  static Stream<String> rules() {
    return Arrays.stream(HouseRules.class.getFields()).map(Field::getName);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void house_everyClass_keeps(String rule) throws ReflectiveOperationException {
    Field field = HouseRules.class.getField(rule);
    assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
    ((ArchRule) field.get(null)).check(HOUSE);
  }

  @Test
  void scoring_everyInstruction_isFreeOfFloatingPoint() throws IOException {
    List<Path> classes = filesUnder(COMPILED.resolve("io/leadgauge/scoring"), "class");
    assertThat(classes).isNotEmpty();
    assertThat(FloatingPoint.instructionsOf(classes)).isEmpty();
  }

  @Test
  void sql_everyStatement_takesTheTimeAsAParameter() throws IOException {
    Path sources = Path.of("src", "main");
    assertThat(filesUnder(sources, "java", "sql"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).content().doesNotContainPattern(CLOCK_IN_SQL));
  }

  /** What tells what must come out knows nothing of what brings it about. */
  @Test
  void oracle_everyFile_sharesNothingWithScoringOrCrm() throws IOException {
    Path tests = Path.of("src", "test", "java", "io", "leadgauge");
    List<Path> files = new ArrayList<>(filesUnder(tests.resolve("naive"), "java"));
    for (Path file : List.copyOf(files)) {
      if (Files.readString(file).contains("org.junit.")) {
        files.remove(file);
      }
    }
    files.add(tests.resolve("reliability").resolve("Oracle.java"));
    assertThat(files)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            file ->
                assertThat(file)
                    .content()
                    .doesNotContain("io.leadgauge.scoring", "io.leadgauge.crm"));
  }

  private static List<Path> filesUnder(Path folder, String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(end -> file.toString().endsWith("." + end)))
          .toList();
    }
  }
}
