package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators do to a field of ours, in a sandbox that answers as HubSpot does. */
class FieldTroubleTest {
  private static final String FIELD = "/_sandbox/properties/contacts/lg_score";
  private static final int CONTACTS = 12;

  @TempDir private Path folder = Path.of("");

  private static List<String> contacts(SandboxRig rig) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < CONTACTS; i++) {
      String id = rig.contact("'firstname':'Ann','jobtitle':'Intern','lifecyclestage':'lead'");
      rig.change(id, "jobtitle", "VP", "");
      ids.add(id);
    }
    return ids;
  }

  private static long holding(SandboxRig rig, List<String> ids, String property, String value) {
    return ids.stream()
        .filter(
            id ->
                rig.record("contacts", id).path("properties").path(property).asText().equals(value))
        .count();
  }

  private static void make(SandboxRig rig) {
    rig.call(
        "POST",
        "/crm/v3/properties/contacts",
        "{'groupName':'contactinformation','name':'lg_score','label':'Score','type':'number',"
            + "'fieldType':'number'}");
  }

  private static void spoil(SandboxRig rig, String trouble) {
    switch (trouble) {
      case "rule" ->
          rig.call("POST", FIELD, "{'rule':{'pattern':'[a-z]+','message':'No digits, please'}}");
      case "type" -> rig.call("POST", FIELD, "{'type':'bool','fieldType':'booleancheckbox'}");
      default -> rig.call("DELETE", FIELD, "");
    }
  }

  private static void mend(SandboxRig rig, String trouble) {
    switch (trouble) {
      case "rule" -> rig.call("POST", FIELD, "{'rule':null}");
      case "type" -> rig.call("POST", FIELD, "{'type':'number','fieldType':'number'}");
      default -> make(rig);
    }
  }

  @ParameterizedTest
  @CsvSource({"rule, No digits", "type, 40 was not one of", "deleted, lg_score"})
  void field_spoiltByAnAdministrator_isLeftOutAloneAndComesBackByItself(
      String trouble, String message) {
    try (SandboxRig rig =
        new SandboxRig(folder, StageSequencesTest.model(), Duration.ofSeconds(10))) {
      spoil(rig, trouble);
      List<String> ids = contacts(rig);
      rig.settle();
      assertThat(holding(rig, ids, "lifecyclestage", "marketingqualifiedlead")).isEqualTo(CONTACTS);
      assertThat(rig.pipeline.concerns(rig.clock.now()))
          .singleElement()
          .satisfies(
              concern -> {
                assertThat(concern.subject()).isEqualTo("field lg_score");
                assertThat(concern.detail()).contains(message);
              });
      mend(rig, trouble);
      long mended = rig.clock.now();
      Await.until(
          "taken again",
          () -> {
            rig.clock.advance(1_000);
            return holding(rig, ids, "lg_score", "40") == CONTACTS;
          });
      assertThat(rig.clock.now() - mended).isLessThan(Duration.ofMinutes(10).toMillis());
      assertThat(rig.pipeline.concerns(rig.clock.now())).isEmpty();
    }
  }

  @Test
  void field_thatAnotherAppKeepsWriting_isLeftToItByName() {
    try (SandboxRig rig =
        new SandboxRig(folder, StageSequencesTest.model(), Duration.ofSeconds(10))) {
      String id = contacts(rig).getFirst();
      rig.settle();
      int corrections = 0;
      rig.change(id, "lg_score", "90", ",'app':2931120");
      rig.settle();
      while (rig.record("contacts", id).path("properties").path("lg_score").asInt() == 40) {
        assertThat(++corrections).isLessThan(9);
        rig.change(id, "lg_score", Integer.toString(90 + corrections), ",'app':2931120");
        rig.settle();
      }
      assertThat(corrections).isEqualTo(3);
      assertThat(rig.pipeline.concerns(rig.clock.now()))
          .singleElement()
          .satisfies(
              concern ->
                  assertThat(concern.detail())
                      .contains("lg_score of " + id + " to INTEGRATION 2931120"));
    }
  }
}
