package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.FieldMap.FieldType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "419.0|419.0",
        "1.2E7|12000000",
        "-1.25E7|-12500000",
        "1.0E-4|0.00010",
        "12000000.0|12000000.0",
        "1,234,567|1234567",
        "1E7 EUR|1E7 EUR",
        "1E999999999|1E999999999"
      })
  void number_isReadHoweverItIsWritten(String text, String number) {
    assertThat(FieldText.read(FieldType.NUMBER, text)).isEqualTo(number);
  }
}
