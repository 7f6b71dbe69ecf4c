package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Shared;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every webhook body that was captured or documented, read as it came. */
class RecordedWebhooksTest {
  private static final ConnectionId PORTAL = new ConnectionId("acme");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode body(Path file) throws IOException {
    return JSON.readTree(Files.readAllBytes(file)).path("body");
  }

  private static List<CrmEvent> decode(JsonNode body) {
    String tenant = body.get(0).path("portalId").asText();
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return ((Decoded.Events) HubSpotEvents.decode(PORTAL, tenant, bytes)).events();
  }

  private static List<CrmEvent> recorded(String name) throws IOException {
    return decode(body(Shared.path("contracts/hubspot/payloads").resolve(name)));
  }

  @Test
  void everyRecordedBody_isReadWhole() throws IOException {
    List<String> read = new ArrayList<>();
    Path folder = Shared.path("contracts/hubspot/payloads");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "webhook-*.json")) {
      for (Path file : files) {
        JsonNode body = body(file);
        List<CrmEvent> events = decode(body);
        assertThat(events).as("%s", file).hasSize(body.size());
        for (int i = 0; i < body.size(); i++) {
          CrmEvent event = events.get(i);
          assertThat(event.meaning()).as("%s", file).isIn(Meaning.FACTS, Meaning.READ);
          assertThat(event.occurredAt()).isEqualTo(body.get(i).path("occurredAt").asLong());
          assertThat(event.record()).isNotNull();
          assertThat(event.facts()).as("%s", file).isNotEmpty();
        }
        read.add(file.toString());
      }
    }
    assertThat(read).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void everyRecordedBody_forAnotherPortal_isForeign() throws IOException {
    Path folder = Shared.path("contracts/hubspot/payloads");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "webhook-*.json")) {
      for (Path file : files) {
        byte[] bytes = body(file).toString().getBytes(StandardCharsets.UTF_8);
        Decoded decoded = HubSpotEvents.decode(PORTAL, "1", bytes);
        assertThat(((Decoded.Events) decoded).events())
            .allSatisfy(event -> assertThat(event.meaning()).isEqualTo(Meaning.FOREIGN));
      }
    }
  }

  @Test
  void genericPropertyChange_isAboutTheContact() throws IOException {
    assertThat(recorded("webhook-object-propertychange-generic.json"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.facts())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Fact.Assigned.class,
                        fact -> {
                          assertThat(fact.of())
                              .isEqualTo(RecordRef.contact(PORTAL, "546500061938"));
                          assertThat(fact.property()).isEqualTo("email");
                          assertThat(fact.stamp().at()).isEqualTo(1_788_597_072_520L);
                        }));
  }

  @Test
  void associationChange_withoutObjectId_isALink() throws IOException {
    assertThat(recorded("webhook-deal-associationchange.json").getFirst().facts())
        .containsExactly(
            new Fact.Linked(
                new RecordRef(PORTAL, "deal", "64058987777"),
                LinkKind.ASSOCIATED_WITH,
                new RecordRef(PORTAL, "line_item", "58061514894"),
                new Stamp(1_786_997_905_997L, SourceRank.EVENT, "true")));
  }

  @Test
  void merge_documentedShape_linksTheAbsorbedContacts() throws IOException {
    CrmEvent merge = recorded("webhook-merge-documentation-shape.json").getFirst();

    assertThat(merge.meaning()).isEqualTo(Meaning.READ);
    assertThat(merge.record()).isEqualTo(RecordRef.contact(PORTAL, "100"));
    assertThat(merge.facts()).extracting(fact -> fact.of().id()).containsExactly("200", "300");
  }

  @Test
  void creation_inTheMiddleOfItsProperties_isOneRecord() throws IOException {
    assertThat(recorded("webhook-object-creation-generic-custom-object.json"))
        .hasSizeGreaterThan(3)
        .extracting(CrmEvent::record)
        .containsOnly(new RecordRef(PORTAL, "2-143967026", "180584432881"));
  }
}
