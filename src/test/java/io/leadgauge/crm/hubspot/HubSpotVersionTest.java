package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotVersionTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03, 2027-09-01T00:00:00Z",
    "2026-09, 2028-03-01T00:00:00Z",
    "2026-09-beta, 2028-03-01T00:00:00Z",
    "2026-13, 2027-09-01T00:00:00Z",
    "v3, 2027-09-01T00:00:00Z",
    "v4, 2027-03-30T00:00:00Z"
  })
  void version_isSupportedUntil(String version, Instant end) {
    assertThat(HubSpotVersion.expiries(version).getFirst().at()).isEqualTo(end.toEpochMilli());
  }
}
