package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RegionsTest {
  static Set<String> names() {
    return Regions.names();
  }

  private static Set<String> region(String name) {
    return Regions.of(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eu|27|DE FR HR CY|GB CH NO",
        "eea|30|DE IS LI NO|CH GB",
        "efta|4|CH IS LI NO|SE",
        "dach|3|DE AT CH|LI",
        "benelux|3|BE NL LU|FR",
        "nordics|8|DK FI IS NO SE FO GL AX|EE",
        "baltics|3|EE LV LT|PL",
        "uk-ireland|2|GB IE|IM",
        "europe|52|DE GB CH UA RU CY AD|TR GE KZ",
        "north-america|5|US CA|MX",
        "latin-america|52|MX BR AR PR JM|US",
        "americas|57|US MX BR|GB",
        "middle-east|16|AE SA IL TR EG|CY MA",
        "africa|60|ZA NG EG MA RE|YE",
        "asia|51|JP CN IN TW AE TR|RU AU",
        "apac|56|JP CN IN AU SG|AE KZ",
        "oceania|29|AU NZ FJ PF|ID",
        "emea|135|DE ZA AE TR KZ|IN US",
        "anz|2|AU NZ|FJ",
        "gcc|6|AE BH KW OM QA SA|YE",
      })
  void region_ofEveryName_hasItsCountries(String name, int size, String inside, String outside) {
    assertThat(region(name))
        .hasSize(size)
        .contains(inside.split(" ", -1))
        .doesNotContain(outside.split(" ", -1));
  }

  @Test
  void region_unknown_isEmpty() {
    assertThat(Regions.of("atlantis")).isEmpty();
    assertThat(Regions.names()).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("names")
  void region_every_hasOnlyCountries(String name) {
    assertThat(Countries.codes()).containsAll(region(name));
  }

  @Test
  void continents_together_areTheWorldButAntarctica() {
    assertWorld("africa", "americas", "asia", "europe", "oceania");
  }

  @Test
  void territories_together_areTheWorldWithoutOverlap() {
    assertWorld("emea", "apac", "americas");
    int sizes = region("emea").size() + region("apac").size() + region("americas").size();
    assertThat(sizes).isEqualTo(248);
  }

  private static void assertWorld(String... names) {
    Set<String> world = new TreeSet<>(Set.of("AQ"));
    for (String name : names) {
      world.addAll(region(name));
    }
    assertThat(world).isEqualTo(Countries.codes());
  }
}
