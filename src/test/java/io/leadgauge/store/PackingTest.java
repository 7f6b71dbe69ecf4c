package io.leadgauge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.Seeds;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PackingTest {
  private static final String EVENT =
      "{\"eventId\":428126716,\"subscriptionId\":3849702,\"portalId\":44237313,\"appId\":2930857,"
          + "\"occurredAt\":1782215285180,\"subscriptionType\":\"contact.propertyChange\","
          + "\"attemptNumber\":0,\"objectId\":541000000048,\"propertyName\":\"industry\","
          + "\"propertyValue\":\"Computer software\",\"changeSource\":\"IMPORT\","
          + "\"sourceId\":\"userId:52530071\"}";
  private static final List<Delivery.Header> HEADERS =
      List.of(
          new Delivery.Header("Content-Type", "application/json"),
          new Delivery.Header(
              "X-HubSpot-Signature-v3", "GMupBqijZdO2OoFsfNLc78nY01nm76QSDxKcwVzAOrs="),
          new Delivery.Header("X-HubSpot-Request-Timestamp", "1769081994066"));

  private static Delivery delivery(List<Delivery.Header> headers, byte[] body) {
    return new Delivery(new ConnectionId("acme"), 7, "POST", "/webhooks/acme", headers, body);
  }

  @Test
  void bytes_packed_areGivenBack() {
    Seeds.forEach(
        200,
        random -> {
          byte[] body = bytes(random);
          for (Packing packing : Packing.values()) {
            Packed packed = packing.pack(body);
            assertThat(packed.unpacked()).as(packing.name()).isEqualTo(body);
            assertThat(packed.bytes().length).isLessThanOrEqualTo(body.length);
            assertThat(Packing.ofCode(packed.packing().code())).isEqualTo(packed.packing());
          }
          Delivery sent = delivery(headers(random), body);
          Delivery kept =
              RequestText.delivery(
                  sent.connection(),
                  7,
                  JsonText.deliveryHead(sent),
                  RequestText.pack(sent).unpacked());
          assertThat(kept.body()).isEqualTo(sent.body());
          assertThat(kept.headers()).isEqualTo(sent.headers());
          assertThat(kept.path()).isEqualTo(sent.path());
        });
  }

  /** Like events, like anything, or empty; with line ends, for the headers end at the first. */
  private static byte[] bytes(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(4) * random.nextInt(40);
    for (int i = 0; i < pieces; i++) {
      text.append(random.nextInt(3) == 0 ? "\n" : ",");
      text.append(random.nextBoolean() ? EVENT : Integer.toString(random.nextInt()));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < random.nextInt(3) * bytes.length; i += 1 + random.nextInt(50)) {
      bytes[i % bytes.length] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static List<Delivery.Header> headers(SplittableRandom random) {
    return HEADERS.stream()
        .filter(header -> random.nextBoolean())
        .map(
            header ->
                new Delivery.Header(header.name(), header.value() + "\"\n" + random.nextInt()))
        .toList();
  }

  @Test
  void event_ofAFewHundredBytes_becomesMuchShorter() {
    Delivery sent = delivery(HEADERS, ("[" + EVENT + "]").getBytes(StandardCharsets.UTF_8));
    Packed packed = RequestText.pack(sent);
    assertThat(packed.packing()).isEqualTo(Packing.JSON);
    assertThat(packed.bytes().length).isLessThan(RequestText.text(sent).length * 4 / 10);
  }

  @Test
  void body_inXml_isPackedWithTheWordsOfAnOutboundMessage() {
    byte[] body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">\
        """
            .getBytes(StandardCharsets.UTF_8);
    Packed packed = RequestText.pack(delivery(HEADERS, body));
    assertThat(packed.packing()).isEqualTo(Packing.SOAP);
  }

  /** Whoever changes one makes every store unreadable that was written with it. */
  @Test
  void dictionaries_areWhatTheyEverWere() {
    assertThat(Arrays.stream(Packing.values()).map(one -> one + " " + crc(one.dictionary())))
        .containsExactly("PLAIN 0", "JSON e5faec9c", "SOAP d1dedbca", "FACTS a57819c2");
  }

  private static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return Long.toHexString(crc.getValue());
  }

  @Test
  void bytes_thatWereCutOff_areAFaultOfTheStore() {
    byte[] packed = Packing.JSON.pack(EVENT.getBytes(StandardCharsets.UTF_8)).bytes();
    byte[] half = Arrays.copyOf(packed, packed.length / 2);
    assertThatThrownBy(() -> Packing.JSON.unpack(half))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be unpacked");
    assertThatThrownBy(() -> Packing.ofCode(7)).isInstanceOf(StoreException.class);
  }
}
