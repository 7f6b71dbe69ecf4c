package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search as asked for, checked against its bounds (search guide, read 30 Mar 2026): pages of at
 * most 200, nothing beyond the 10,000th result, at most 5 groups of 6 filters and 18 filters in
 * all, one sort.
 *
 * @param groups a record is found when it meets all filters of any group; none means every record
 * @param query words to be found in its names and addresses; may be empty
 * @param sort what results are sorted by; by id where nothing is asked
 * @param descending whether the greatest comes first
 * @param limit results on a page
 * @param offset results before the page
 * @param properties what is shown of each
 */
record SearchRequest(
    List<List<SearchFilter>> groups,
    String query,
    Optional<PropertyDefinition> sort,
    boolean descending,
    int limit,
    int offset,
    List<String> properties) {
  static final int MOST_RESULTS = 10_000;
  private static final int MOST_ON_PAGE = 200;
  private static final int MOST_GROUPS = 5;
  private static final int MOST_IN_GROUP = 6;
  private static final int MOST_FILTERS = 18;

  static SearchRequest of(JsonNode body, PropertySchema schema) {
    JsonNode groups = body.path("filterGroups");
    requireFewFilters(groups);
    List<List<SearchFilter>> parsed = new ArrayList<>();
    for (JsonNode group : groups) {
      List<SearchFilter> filters = new ArrayList<>();
      group.path("filters").forEach(filter -> filters.add(filter(filter, schema)));
      parsed.add(filters);
    }
    JsonNode sort = sort(body.path("sorts"));
    return new SearchRequest(
        parsed,
        body.path("query").asText(),
        sortProperty(sort, schema),
        descending(sort),
        limit(body),
        offset(body),
        Json.texts(body.path("properties")));
  }

  private static void requireFewFilters(JsonNode groups) {
    int filters = 0;
    for (JsonNode group : groups) {
      int inGroup = group.path("filters").size();
      filters += inGroup;
      if (inGroup > MOST_IN_GROUP) {
        throw Refusal.invalid("filters: more than " + MOST_IN_GROUP + " in one group");
      }
    }
    if (groups.size() > MOST_GROUPS || filters > MOST_FILTERS) {
      throw Refusal.invalid(
          "filterGroups: more than %d groups or %d filters".formatted(MOST_GROUPS, MOST_FILTERS));
    }
  }

  private static SearchFilter filter(JsonNode node, PropertySchema schema) {
    PropertyDefinition property = property(node.path("propertyName").asText(), schema);
    String word = node.path("operator").asText();
    SearchFilter.Operator operator =
        SearchFilter.Operator.ofWord(word)
            .orElseThrow(() -> Refusal.invalid("operator: \"" + word + "\" is not one of them"));
    List<String> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(stored(property, value)));
    SearchFilter filter =
        new SearchFilter(
            property,
            operator,
            stored(property, node.path("value")),
            stored(property, node.path("highValue")),
            values);
    requireOperands(filter);
    return filter;
  }

  private static void requireOperands(SearchFilter filter) {
    boolean complete =
        switch (filter.operator()) {
          case HAS_PROPERTY, NOT_HAS_PROPERTY -> true;
          case IN, NOT_IN -> !filter.values().isEmpty();
          case BETWEEN -> !filter.value().isEmpty() && !filter.highValue().isEmpty();
          case EQ, NEQ, LT, LTE, GT, GTE, CONTAINS_TOKEN, NOT_CONTAINS_TOKEN ->
              !filter.value().isEmpty();
        };
    if (!complete) {
      throw Refusal.invalid(
          "filter on %s: %s lacks its value"
              .formatted(filter.property().name(), filter.operator()));
    }
  }

  /** A filter's value in stored form; of a multiple enumeration it is one option. */
  private static String stored(PropertyDefinition property, JsonNode value) {
    String text = value.asText();
    if (text.isEmpty()) {
      return "";
    }
    return property
        .type()
        .stored(text)
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "filter on %s: \"%s\" is no %s"
                        .formatted(property.name(), text, property.type().word())));
  }

  private static PropertyDefinition property(String name, PropertySchema schema) {
    return schema.find(name).orElseThrow(() -> Refusal.invalid(List.of(Invalid.unknown(name))));
  }

  /** The one sort; as text ({@code name} or {@code -name}) or as an object. */
  private static JsonNode sort(JsonNode sorts) {
    if (sorts.size() > 1) {
      throw Refusal.invalid("sorts: more than one");
    }
    return sorts.path(0);
  }

  private static Optional<PropertyDefinition> sortProperty(JsonNode sort, PropertySchema schema) {
    String name = sort.isTextual() ? sort.asText() : sort.path("propertyName").asText();
    String bare = name.startsWith("-") ? name.substring(1) : name;
    return bare.isEmpty() ? Optional.empty() : Optional.of(property(bare, schema));
  }

  private static boolean descending(JsonNode sort) {
    return sort.asText().startsWith("-") || sort.path("direction").asText().equals("DESCENDING");
  }

  private static int limit(JsonNode body) {
    int limit = body.path("limit").asInt(10);
    if (limit < 1 || limit > MOST_ON_PAGE) {
      throw Refusal.invalid("limit: " + limit + " is not from 1 to " + MOST_ON_PAGE);
    }
    return limit;
  }

  private static int offset(JsonNode body) {
    String after = body.path("after").asText("0");
    if (!after.matches("\\d{1,9}")) {
      throw Refusal.invalid("after: \"" + after + "\" is not a page that an answer named");
    }
    int offset = Integer.parseInt(after);
    if (offset + limit(body) > MOST_RESULTS) {
      throw Refusal.invalid("after: nothing is shown beyond result " + MOST_RESULTS);
    }
    return offset;
  }
}
