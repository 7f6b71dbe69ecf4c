package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Association.Label;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The associations of one record: list, create, remove. */
final class AssociationEndpoints {
  private static final int MOST_LISTED = 500;

  /** A record's own list, by pages. */
  Answer list(ApiRequest request) {
    CrmRecord from = end(request, "type", "id");
    int limit = request.limit(MOST_LISTED, MOST_LISTED);
    List<CrmRecord> ends = request.portal().associations().of(from, request.type("to"));
    long after = request.after();
    ObjectNode page = Json.object();
    ArrayNode results = page.putArray("results");
    for (CrmRecord to : ends) {
      if (to.id() >= after && results.size() == limit) {
        request.putNext(page, Long.toString(to.id()), limit);
        break;
      }
      if (to.id() >= after) {
        results.add(AssociationJson.end(request.portal(), from, to, isDated(request)));
      }
    }
    return Answer.of(200, page);
  }

  /** Associates a pair in the unlabelled way. */
  Answer createDefault(ApiRequest request) {
    CrmRecord from = end(request, "type", "id");
    CrmRecord to = end(request, "to", "toId");
    requireKnown(from, to);
    request.portal().associate(from, to, Label.UNLABELLED, request.now(), request.source());
    ObjectNode body = AssociationBatches.frame(request);
    ArrayNode results = body.putArray("results");
    results.add(AssociationBatches.pair(from, to));
    results.add(AssociationBatches.pair(to, from));
    return Answer.of(200, body);
  }

  /** Associates a pair by the labels that the body names. */
  Answer create(ApiRequest request) {
    CrmRecord from = end(request, "type", "id");
    CrmRecord to = end(request, "to", "toId");
    Set<Label> labels = EnumSet.noneOf(Label.class);
    for (JsonNode type : request.body()) {
      labels.add(InlineAssociations.label(from.type(), to.type(), type));
    }
    labels.forEach(
        label -> request.portal().associate(from, to, label, request.now(), request.source()));
    return Answer.of(201, AssociationBatches.labels(from, to, labels));
  }

  /** Removes a pair's association altogether; one that is not there is removed already. */
  Answer remove(ApiRequest request) {
    CrmRecord from = end(request, "type", "id");
    CrmRecord to = end(request, "to", "toId");
    request
        .portal()
        .dissociate(from, to, EnumSet.allOf(Label.class), request.now(), request.source());
    return Answer.noContent();
  }

  static void requireKnown(CrmRecord from, CrmRecord to) {
    if (Association.typeId(from.type(), to.type(), Label.UNLABELLED).isEmpty()) {
      throw Refusal.invalid(
          "%s cannot be associated with %s".formatted(from.type().name(), to.type().name()));
    }
  }

  /** Ids are numbers under a date, as the guide shows them, and text under version 4. */
  static boolean isDated(ApiRequest request) {
    return request.path("date") != null;
  }

  private static CrmRecord end(ApiRequest request, String type, String id) {
    String named = request.path(id);
    return request
        .portal()
        .of(request.type(type))
        .resolve(named)
        .orElseThrow(() -> Refusal.noRecord(named));
  }
}
