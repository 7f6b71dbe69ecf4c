package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceIdTest {
  @ParameterizedTest
  @CsvSource({
    "00Dxx0000001gPF, 00Dxx0000001gPFEAY",
    "003xx000004TmiQ, 003xx000004TmiQAAS",
    "00Q2X00001OPBbQ, 00Q2X00001OPBbQUAX",
    "005bm000005uORO, 005bm000005uOROAA2",
    "001bm000016htgP, 001bm000016htgPAAQ",
    "000000000000000, 000000000000000AAA",
    "AAAAAAAAAAAAAAA, AAAAAAAAAAAAAAA555"
  })
  void idOfFifteen_getsItsChecksum(String shortId, String longId) {
    assertThat(SalesforceId.of(shortId)).contains(new SalesforceId(longId));
    assertThat(SalesforceId.of(longId)).contains(new SalesforceId(longId));
    assertThat(SalesforceId.isSame(shortId, longId)).isTrue();
    assertThat(new SalesforceId(longId).isChecked()).isTrue();
  }

  @Test
  void idsThatDifferInCaseAlone_areTwo() {
    assertThat(SalesforceId.isSame("003xx000004TmiQ", "003xx000004Tmiq")).isFalse();
    assertThat(SalesforceId.isSame("003xx000004TmiQ", "nothing")).isFalse();
    assertThat(SalesforceId.isSame("nothing", "nothing")).isFalse();
  }

  @Test
  void idWithAnotherChecksum_isTakenAndTold() {
    SalesforceId made = SalesforceId.of("003xx000004tmiQAAS").orElseThrow();
    assertThat(made.text()).isEqualTo("003xx000004tmiQAAS");
    assertThat(made.isChecked()).isFalse();
    assertThat(made.keyPrefix()).isEqualTo("003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "003",
        "003xx000004Tmi",
        "003xx000004TmiQA",
        "003xx000004TmiQAASx",
        "003xx000004TmiQAA*",
        "003xx000004Tmi'",
        " 03xx000004TmiQAAS",
        "00３xx000004TmiQ"
      })
  void anythingElse_isNoId(String text) {
    assertThat(SalesforceId.of(text)).isEmpty();
    assertThatThrownBy(() -> new SalesforceId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
