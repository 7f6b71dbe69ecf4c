package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform knows ISO 3166-1 as well, so the two lists check each other. */
final class CountriesTest {
  static Set<String> isoCodes() {
    return Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
  }

  @Test
  void codes_all_areThoseOfIso() {
    assertThat(Countries.codes()).hasSize(249).isEqualTo(isoCodes());
  }

  @ParameterizedTest
  @MethodSource("isoCodes")
  void country_byCodesAndEnglishName_isFound(String code) {
    Locale country = Locale.of("", code);
    assertThat(Countries.code(code)).isEqualTo(code);
    assertThat(Countries.code(code.toLowerCase(Locale.ROOT))).isEqualTo(code);
    assertThat(Countries.code(country.getISO3Country())).isEqualTo(code);
    assertThat(Countries.code(country.getDisplayCountry(Locale.ENGLISH))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Deutschland|DE",
        " ALLEMAGNE |DE",
        "España|ES",
        "espana|ES",
        "Schweiz|CH",
        "Suisse|CH",
        "Svizzera|CH",
        "Österreich|AT",
        "Oesterreich|AT",
        "U.S.|US",
        "U.S.A.|US",
        "U. S. A.|US",
        "USA|US",
        "United States|US",
        "The United States of America|US",
        "EE.UU.|US",
        "UK|GB",
        "U.K.|GB",
        "Great Britain|GB",
        "England|GB",
        "Holland|NL",
        "The Netherlands|NL",
        "Netherlands (the)|NL",
        "Côte d'Ivoire|CI",
        "Cote d’Ivoire|CI",
        "Ivory Coast|CI",
        "Türkiye|TR",
        "TÜRKİYE|TR",
        "Turkey|TR",
        "Czechia|CZ",
        "Czech Republic|CZ",
        "Česko|CZ",
        "South Korea|KR",
        "South-Korea|KR",
        "Korea, Republic of|KR",
        "North Korea|KP",
        "UAE|AE",
        "U.A.E.|AE",
        "Trinidad & Tobago|TT",
        "St. Lucia|LC",
        "Danmark|DK",
        "Føroyar|FO",
        "Færøerne|FO",
        "Kıbrıs|CY",
        "Ελλάδα|GR",
        "EL|GR",
        "Россия|RU",
        "日本|JP",
        "대한민국|KR",
        "Viet Nam|VN",
        "Vietnam|VN",
        "Bolivia (Plurinational State of)|BO",
        "Hong Kong|HK",
        "Hongkong|HK",
        "Congo|CG",
        "DR Congo|CD",
        "Burma|MM",
        "Georgia|GE",
        "Saint Martin|MF",
        "Sint Maarten|SX",
        "and|AD",
        "Ireland|IE",
        "Northern Ireland|GB",
      })
  void country_bySpelling_isFound(String text, String code) {
    assertThat(Countries.code(text)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "***", "Atlantis", "XX", "XK", "EU", "the", "Berlin", "0"})
  void country_unknown_isNull(String text) {
    assertThat(Countries.code(text)).isNull();
  }
}
