package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.Expiry;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Until when a version of HubSpot's API is supported: a dated one for 18 months from its release,
 * v4 until 30 March 2027, v1 to v3 until September 2027 (HubSpot's changelog as of September 2026).
 */
final class HubSpotVersion {
  private static final Pattern DATED = Pattern.compile("(20[0-9]{2}-(?:0[1-9]|1[0-2]))(-beta)?");
  private static final int SUPPORTED_MONTHS = 18;
  private static final LocalDate END_OF_V4 = LocalDate.of(2027, 3, 30);
  private static final LocalDate END_OF_V3 = LocalDate.of(2027, 9, 1);

  private HubSpotVersion() {}

  static List<Expiry> expiries(String version) {
    return List.of(
        new Expiry(
            "API " + version,
            end(version).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
            "set api.version in the manifest to a newer one, such as the newest of March or"
                + " September"));
  }

  private static LocalDate end(String version) {
    Matcher dated = DATED.matcher(version);
    if (dated.matches()) {
      return YearMonth.parse(dated.group(1)).plusMonths(SUPPORTED_MONTHS).atDay(1);
    }
    return version.equals("v4") ? END_OF_V4 : END_OF_V3;
  }
}
