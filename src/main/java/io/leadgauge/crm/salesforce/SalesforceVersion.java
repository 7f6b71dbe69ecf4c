package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Expiry;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Until when a version of Salesforce's API is supported at least: three years from its release.
 * There are three a year, in February, June and October; 67.0 is that of Summer '26.
 */
final class SalesforceVersion {
  private static final int KNOWN = 67;
  private static final YearMonth RELEASE_OF_KNOWN = YearMonth.of(2026, 6);
  private static final int MONTHS_BETWEEN = 4;
  private static final int SUPPORTED_YEARS = 3;

  private SalesforceVersion() {}

  static List<Expiry> expiries(String version) {
    int number = Integer.parseInt(version.substring(0, version.indexOf('.')));
    YearMonth end =
        RELEASE_OF_KNOWN
            .plusMonths((long) MONTHS_BETWEEN * (number - KNOWN))
            .plusYears(SUPPORTED_YEARS);
    return List.of(
        new Expiry(
            "API " + version,
            end.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
            "set api.version in the manifest to a newer one; Salesforce supports one for three"
                + " years at least"));
  }
}
