package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SalesforceVersionTest {
  @ParameterizedTest
  @CsvSource({
    "67.0, 2029-06-01T00:00:00Z",
    "66.0, 2029-02-01T00:00:00Z",
    "65.0, 2028-10-01T00:00:00Z",
    "58.0, 2026-06-01T00:00:00Z"
  })
  void version_isSupportedForThreeYearsAtLeast(String version, Instant end) {
    assertThat(SalesforceVersion.expiries(version).getFirst().at()).isEqualTo(end.toEpochMilli());
  }
}
