package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.sandbox.salesforce.MessageReceiver.Notified;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleTest {
  private final OrgClient org = OrgClient.start();

  @AfterEach
  void close() {
    org.close();
  }

  private int count(String object) {
    return org.query("SELECT COUNT() FROM " + object).json().path("totalSize").asInt();
  }

  @Test
  void sample_isPeopleAndWhatTheyDid() {
    org.tell("/sample", "{'webhooks':false}");
    assertThat(count("Lead")).isEqualTo(24);
    assertThat(count("Contact")).isEqualTo(12).isEqualTo(count("Account"));
    assertThat(count("Event")).isPositive();
    assertThat(count("EmailMessage")).isEqualTo(count("EmailMessageRelation")).isPositive();
    JsonNode members =
        org.query(
                "SELECT HasResponded, CreatedDate, Lead.CreatedDate, Campaign.CreatedDate"
                    + " FROM CampaignMember")
            .json();
    assertThat(members.path("records").findValuesAsText("HasResponded")).containsOnly("true");
    for (JsonNode member : members.path("records")) {
      assertThat(member.path("CreatedDate").asText())
          .as("nobody responds before there is a campaign")
          .isGreaterThanOrEqualTo(member.at("/Campaign/CreatedDate").asText());
      if (member.hasNonNull("Lead")) {
        assertThat(member.path("CreatedDate").asText())
            .as("nobody responds before they are known")
            .isGreaterThanOrEqualTo(member.at("/Lead/CreatedDate").asText());
      }
    }
  }

  @Test
  void everything_canBeToldToOneAddress() {
    try (MessageReceiver receiver = new MessageReceiver()) {
      org.sandbox()
          .sendMessagesTo(URI.create(receiver.url()))
          .compose(done -> org.sandbox().loadSample(true))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
      Await.until(
          "all are told", () -> org.get("/_sandbox/webhooks").json().path("pending").asInt() == 0);
      Set<String> types =
          receiver.notified().stream().map(Notified::type).collect(Collectors.toSet());
      assertThat(types)
          .containsExactlyInAnyOrder(
              "sf:Lead", "sf:Contact", "sf:Account", "sf:Event", "sf:CampaignMember");
      Set<String> leads =
          receiver.notified().stream()
              .filter(one -> one.type().equals("sf:Lead"))
              .map(Notified::record)
              .collect(Collectors.toSet());
      assertThat(leads).hasSize(24);
    }
  }

  @Test
  void generatedLeads_areAsManyAsAskedFor_andVaried() {
    int loaded =
        org.sandbox().loadGenerated(450, false).toCompletionStage().toCompletableFuture().join();
    assertThat(loaded).isEqualTo(450).isEqualTo(count("Lead"));
    assertThat(
            org.query("SELECT COUNT() FROM Lead WHERE Title = 'Student'")
                .json()
                .path("totalSize")
                .asInt())
        .isBetween(10, 200);
  }
}
