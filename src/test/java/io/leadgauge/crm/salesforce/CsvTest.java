package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final String LETTERS = "ab,\"\r\n é\uD83D\uDE00";

  private static String field(SplittableRandom random) {
    int length = random.nextInt(6);
    StringBuilder field = new StringBuilder();
    int[] letters = LETTERS.codePoints().toArray();
    for (int i = 0; i < length; i++) {
      field.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return field.toString();
  }

  private static String written(String field, boolean always) {
    boolean must = field.chars().anyMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
    return must || always ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  /** Law: what is written by RFC 4180 is read back, whatever stands in it. */
  @Test
  void whatIsWritten_isReadBack() {
    Seeds.forEach(
        2_000,
        random -> {
          List<List<String>> lines = new ArrayList<>();
          int columns = 1 + random.nextInt(4);
          int rows = 1 + random.nextInt(4);
          for (int row = 0; row < rows; row++) {
            List<String> line = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
              line.add(field(random));
            }
            lines.add(line);
          }
          String end = random.nextBoolean() ? "\n" : "\r\n";
          String text =
              lines.stream()
                  .map(
                      line ->
                          line.stream()
                              .map(one -> written(one, columns == 1 || random.nextBoolean()))
                              .collect(Collectors.joining(",")))
                  .collect(Collectors.joining(end));

          assertThat(Csv.read(text + (random.nextBoolean() ? end : ""))).isEqualTo(lines);
        });
  }

  @Test
  void nothing_hasNoLine() {
    assertThat(Csv.read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "a\"b", "\"a\"b", "a\rb", "\"a\"\"", "\"a\" ,b"})
  void anythingElse_isNotRead(String text) {
    assertThat(Csv.read(text)).isNull();
  }
}
