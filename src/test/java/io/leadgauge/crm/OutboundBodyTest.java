package io.leadgauge.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundBodyTest {
  private static final String SESSION = "00Dxx!AQ8AQPsessionOfSomebody";

  private static String masked(String body, Charset charset) {
    return new String(OutboundBody.withoutSession(body.getBytes(charset)), charset);
  }

  private static String masked(String body) {
    return masked(body, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<SessionId>#</SessionId>",
        "<n:SessionId\n b=\"/>\" a='>' >#</n:SessionId >",
        "<a><b/><SessionId>#<x/></SessionId></a>",
        "<SessionId>#",
        "<a>SessionId<SessionId>#</a>",
        "<SessionId><![CDATA[#]]></SessionId>",
        "<SessionId/><SessionId>#</SessionId>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><SessionId>#</SessionId>"
      })
  void session_isMaskedWhereverItStandsInWhateverEncoding(String body) {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            Charset.forName("UTF-32BE"))) {
      String masked = masked(body.replace("#", SESSION), charset);
      assertThat(masked)
          .as(charset.name())
          .doesNotContain("session", "00Dxx", "Somebody")
          .hasSize(body.length() - 1 + SESSION.length());
    }
  }

  @Test
  void onlyTheSession_isMasked() {
    assertThat(masked("\uFEFF <a><SessionId>ab</SessionId><Id>c</Id></a>"))
        .isEqualTo("\uFEFF <a><SessionId>**</SessionId><Id>c</Id></a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "<SessionId xsi:nil=\"true\"/><Id>a</Id>",
        "<SessionId></SessionId><Id>a</Id>",
        "<SessionId__c>a</SessionId__c>",
        "<MySessionId>a</MySessionId>",
        "<a SessionId='b'>c</a>",
        "{\"a\":\"<SessionId>b</SessionId>\"}"
      })
  void bodyWithoutASession_staysAsItIs(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(OutboundBody.withoutSession(bytes)).isSameAs(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "\uFEFF<a/>", " \t\r\n<?xml ?>", "\uFEFF \n<"})
  void xml_beginsWithATag(String body) {
    assertThat(OutboundBody.isXml(body.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(OutboundBody.isXml(body.getBytes(StandardCharsets.UTF_16LE))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", " [", "a<b", "\uFEFF{}"})
  void anythingElse_isNoXml(String body) {
    assertThat(OutboundBody.isXml(body.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void anyBody_isMaskedWithoutAFault() {
    Seeds.forEach(500, OutboundBodyTest::anyBodyIsMaskedWithoutAFault);
  }

  private static void anyBodyIsMaskedWithoutAFault(SplittableRandom random) {
    List<String> parts =
        List.of("<", "/", ">", "SessionId", "n:", " ", "a='", "'", "\"", "<SessionId>", "\0", "x");
    StringBuilder body = new StringBuilder("<");
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      body.append(parts.get(random.nextInt(parts.size())));
    }
    String masked = masked(body.toString());
    assertThat(masked).hasSize(body.length());
    assertThat(masked(masked)).isEqualTo(masked);
  }
}
