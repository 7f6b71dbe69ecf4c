package io.leadgauge.crm.hubspot;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.PortalParts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whose events stand in a body. */
class AppDeliveryTest {
  private static final List<String> VALUES =
      List.of(
          "\"a\"",
          "\"]},{\\\"portalId\\\":1\"",
          "\"Zoë 😀\"",
          "12",
          "null",
          "true",
          "[1,[2]]",
          "{}",
          "{\"portalId\":1}");

  private static SortedMap<String, byte[]> parts(String body) {
    return ((PortalParts.ByPortal) AppDelivery.parts(body.getBytes(UTF_8))).bodies();
  }

  /** Nothing is lost, nothing is added, nothing is changed, and the order stays. */
  @Test
  void parts_ofAnyMixture_areTheEventsOfEachPortalByteForByte() {
    Seeds.forEach(
        500,
        random -> {
          SortedMap<String, List<String>> expected = new TreeMap<>();
          List<String> all = new ArrayList<>();
          int events = 1 + random.nextInt(12);
          for (int i = 0; i < events; i++) {
            String portal = random.nextInt(8) == 0 ? "" : Integer.toString(random.nextInt(4));
            String event = event(random, portal);
            expected.computeIfAbsent(portal, one -> new ArrayList<>()).add(event);
            all.add(event);
          }
          String body = " [" + String.join(blank(random) + "," + blank(random), all) + "\n] ";
          SortedMap<String, byte[]> parts = parts(body);
          assertThat(parts.keySet()).isEqualTo(expected.keySet());
          expected.forEach(
              (portal, own) ->
                  assertThat(parts.get(portal))
                      .asString(UTF_8)
                      .isEqualTo(expected.size() == 1 ? body : "[" + String.join(",", own) + "]"));
        });
  }

  private static String event(SplittableRandom random, String portal) {
    List<String> fields = new ArrayList<>();
    fields.add("\"eventId\":" + random.nextInt(100));
    fields.add("\"other\":" + VALUES.get(random.nextInt(VALUES.size())));
    if (!portal.isEmpty()) {
      String quote = random.nextBoolean() ? "\"" : "";
      fields.add(random.nextInt(fields.size() + 1), "\"portalId\" : " + quote + portal + quote);
    }
    return "{" + blank(random) + String.join(",", fields) + "}";
  }

  private static String blank(SplittableRandom random) {
    return List.of("", " ", "\n", "\t ").get(random.nextInt(4));
  }

  @Test
  void portal_thatIsNone_isNoPortal() {
    assertThat(parts("[{\"portalId\":\"eu1\"},7,{\"portalId\":null},{\"portalId\":1.5}]"))
        .containsOnlyKeys("");
    assertThat(parts("[{\"portalId\":1,\"portalId\":2}]")).containsOnlyKeys("2");
    assertThat(parts("[]")).containsOnlyKeys("");
  }

  @Test
  void body_withAByteOrderMark_isPartedWhereItsEventsStand() {
    SortedMap<String, byte[]> parts = parts("\uFEFF[{\"portalId\":1},{\"portalId\":2}]");
    assertThat(parts.get("1")).asString(UTF_8).isEqualTo("[{\"portalId\":1}]");
    assertThat(parts.get("2")).asString(UTF_8).isEqualTo("[{\"portalId\":2}]");
  }

  @Test
  void body_thatCannotBeRead_saysWhy() {
    assertThat(AppDelivery.parts("{}".getBytes(UTF_8)).toString())
        .contains("the body is an object");
    assertThat(AppDelivery.parts("[{\"portalId\":1}".getBytes(UTF_8)).toString())
        .contains("ends too early");
    assertThat(AppDelivery.parts("[{\"portalId\":1}]".getBytes(UTF_16)))
        .isInstanceOf(PortalParts.Unreadable.class);
  }
}
