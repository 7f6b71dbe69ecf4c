package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.manifest.Node.Kind;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private final Problems problems = new Problems();

  private @Nullable Node read(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Source source = Source.read("f", new ByteArrayInputStream(bytes), problems);
      return source == null ? null : YamlReader.read(source, problems);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Node present(@Nullable Node node) {
    return Objects.requireNonNull(node);
  }

  private List<String> said() {
    return problems.sorted().stream().map(Problem::toString).toList();
  }

  // Values

  @Test
  void scalar_plainWords_areWhatTheCoreSchemaSays() {
    Node node = read("[1, -2.5, 1e3, true, FALSE, null, ~, yes, 0x1F, \"1\", 'true', text]");

    assertThat(((Sequence) present(node)).items())
        .map(item -> ((Scalar) item).kind())
        .containsExactly(
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.TRUTH,
            Kind.TRUTH,
            Kind.NOTHING,
            Kind.NOTHING,
            Kind.TEXT,
            Kind.TEXT,
            Kind.TEXT,
            Kind.TEXT,
            Kind.TEXT);
  }

  @Test
  void position_ofANode_countsCharactersNotUnits() {
    Mapping root =
        (Mapping) present(read("\uFEFFa: 1\n\"\uD83D\uDE00\": 2\n\uD83D\uDE00\uD83D\uDE00: x\n"));

    assertThat(root.entries().get(1).value().at()).isEqualTo(new Position("f", 2, 6));
    assertThat(root.entries().get(2).value().at()).isEqualTo(new Position("f", 3, 5));
  }

  @Test
  void alias_ofACompletedNode_standsForIt() {
    Mapping root = (Mapping) present(read("a: &list [1, 2]\nb: *list\n"));

    assertThat(root.value("b")).isEqualTo(root.value("a"));
    assertThat(said()).isEmpty();
  }

  // What is refused

  @Test
  void alias_ofANodeAroundIt_isRefused() {
    assertThat(read("a: &a [1, *a]")).isNull();
    assertThat(said()).containsExactly("f:1:11: no &a was completed before this alias");
  }

  @Test
  void aliases_thatMultiply_areRefusedBeforeTheyCost() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 9; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ",
                      List.of(
                          before, before, before, before, before, before, before, before,
                          before))));
    }

    // Not asserted on the node: to print it would be the mountain itself.
    assertThat(read(bomb.toString()) == null).isTrue();
    assertThat(said())
        .singleElement()
        .asString()
        .endsWith("more than 100000 values, aliases spelled out");
  }

  @Test
  void nesting_atTheBound_isReadAndBeyondRefused() {
    assertThat(read("[".repeat(32) + "]".repeat(32))).isNotNull();
    assertThat(said()).isEmpty();

    assertThat(read("[".repeat(33) + "]".repeat(33))).isNull();
    assertThat(said()).containsExactly("f:1:33: nested more than 32 levels deep");
  }

  @Test
  void nesting_byTheThousands_isRefusedWithoutOverflow() {
    assertThat(read("[".repeat(200_000))).isNull();
    assertThat(said()).containsExactly("f:1:33: nested more than 32 levels deep");
  }

  @Test
  void file_overAMegabyte_isRefused() {
    String comment = "#" + "x".repeat(1024 * 1024 - 4);

    assertThat(read(comment + "\na:")).isNotNull();
    assertThat(read(comment + "\na: ")).isNull();
    assertThat(said())
        .containsExactly("f:1:1: larger than 1 MB (1,048,576 bytes), the most allowed");
  }

  @Test
  void file_thatIsNotUtf8_isRefusedWhereItBreaks() throws IOException {
    byte[] bytes = "a: 1\nb: x".getBytes(StandardCharsets.UTF_8);
    bytes[8] = (byte) 0xFC;

    assertThat(Source.read("f", new ByteArrayInputStream(bytes), problems)).isNull();
    assertThat(said()).containsExactly("f:2:4: not UTF-8, the only encoding that is read");
  }

  @Test
  void controlCharacter_inAFile_isRefusedWhereItStands() {
    assertThat(read("a: 1\nb: x\u0007\n")).isNull();
    assertThat(said()).containsExactly("f:2:5: not YAML: control characters are not allowed");
  }

  @Test
  void key_thatIsNoWord_isRefusedAndTheRestIsRead() {
    Mapping root = (Mapping) present(read("{ [a]: 1, b: 2 }"));

    assertThat(Values.keys(root)).containsExactly("b");
    assertThat(said()).containsExactly("f:1:3: a list or mapping as a key, expected a word");
  }

  @Test
  void key_twice_isRefusedAndTheFirstCounts() {
    Mapping root = (Mapping) present(read("a: 1\nb: 2\na: 3\n\"b\": 4"));

    assertThat(Values.keys(root)).containsExactly("a", "b");
    assertThat(said())
        .containsExactly(
            "f:3:1: the key \"a\" stands here twice", "f:4:1: the key \"b\" stands here twice");
  }

  @Test
  void problems_moreThanAnybodyReads_areBounded() {
    read("[" + "NO, ".repeat(5_000) + "]");

    assertThat(problems.sorted()).hasSize(Problems.MOST);
  }
}
