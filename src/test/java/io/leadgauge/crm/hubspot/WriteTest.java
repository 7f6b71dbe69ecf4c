package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is common to the tests of writes. */
abstract class WriteTest extends ClientTest {
  static RecordWrite write(String id, Map<String, String> properties) {
    return new RecordWrite(ref(id), new TreeMap<>(properties));
  }

  static List<RecordWrite> scores(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> write(Integer.toString(i), Map.of("score", Integer.toString(i))))
        .toList();
  }

  /** Returns HubSpot's answer when everything sent is valid: the values as they were sent. */
  static ResponseDefinitionBuilder taken(HubSpotStandIn.Call call) {
    List<String> results = new ArrayList<>();
    for (JsonNode input : call.body().path("inputs")) {
      String properties = input.path("properties").toString();
      results.add(
          contact(input.path("id").asText(), properties.substring(1, properties.length() - 1)));
    }
    return ok(batch(results, List.of()));
  }

  static ResponseDefinitionBuilder invalid() {
    return answered(400, error("VALIDATION_ERROR", "A required value is not there", ""));
  }

  /** Lets a batch through unless a contact in it is bad, and then says nothing of which. */
  void refuseBatchesWith(Predicate<String> bad) {
    hubSpot.answer(call -> call.ids().stream().anyMatch(bad) ? invalid() : taken(call));
  }

  static Set<String> idsOf(WriteAnswer answer, Class<? extends RecordOutcome> outcome) {
    return answer.outcomes().entrySet().stream()
        .filter(entry -> outcome.isInstance(entry.getValue()))
        .map(entry -> entry.getKey().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
