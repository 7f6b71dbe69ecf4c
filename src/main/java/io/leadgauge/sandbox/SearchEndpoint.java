package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Search over records. It sees the portal as it was a moment ago: new records and changes show up
 * late, as they do at HubSpot.
 */
final class SearchEndpoint {
  private static final int MOST_CHARACTERS = 3_000;
  private final long lag;

  /**
   * Creates the endpoint.
   *
   * @param lag how far behind it is, in milliseconds
   */
  SearchEndpoint(long lag) {
    this.lag = lag;
  }

  Answer search(ApiRequest request) {
    int characters = request.rawBody().toString(StandardCharsets.UTF_8).length();
    if (characters > MOST_CHARACTERS) {
      throw Refusal.invalid(
          "The body has %d characters, more than %d".formatted(characters, MOST_CHARACTERS));
    }
    SearchRequest search = SearchRequest.of(request.body(), request.records().schema());
    long at = request.now() - lag;
    List<CrmRecord> found = found(request.records(), search, at);
    RecordJson json = request.json();
    ObjectNode answer = Json.object();
    answer.put("total", found.size());
    RecordJson.View view = json.view(search.properties(), List.of());
    ArrayNode results = answer.putArray("results");
    int end = Math.min(found.size(), search.offset() + search.limit());
    for (CrmRecord record : found.subList(Math.min(search.offset(), end), end)) {
      results.add(json.readAt(record, view, at));
    }
    if (end < found.size()) {
      answer.putObject("paging").putObject("next").put("after", Integer.toString(end));
    }
    return Answer.of(200, answer);
  }

  private static List<CrmRecord> found(Records records, SearchRequest search, long at) {
    List<CrmRecord> found = new ArrayList<>();
    for (CrmRecord record : records.live().values()) {
      if (record.createdAt() <= at && matches(record, search, at)) {
        found.add(record);
      }
    }
    search.sort().ifPresent(property -> found.sort(order(property, search.descending(), at)));
    return found;
  }

  private static boolean matches(CrmRecord record, SearchRequest search, long at) {
    if (!search.query().isEmpty() && !mentions(record, search.query(), at)) {
      return false;
    }
    return search.groups().isEmpty()
        || search.groups().stream().anyMatch(filters -> matchesAll(record, filters, at));
  }

  private static boolean matchesAll(CrmRecord record, List<SearchFilter> filters, long at) {
    for (SearchFilter filter : filters) {
      if (!filter.matches(record.valueAt(filter.property().name(), at).orElse(""))) {
        return false;
      }
    }
    return true;
  }

  private static boolean mentions(CrmRecord record, String query, long at) {
    String wanted = query.toLowerCase(Locale.ROOT);
    return searched(record.type()).stream()
        .map(name -> record.valueAt(name, at).orElse("").toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.contains(wanted));
  }

  /** What a query is looked for in. */
  private static List<String> searched(ObjectType type) {
    return switch (type) {
      case CONTACT -> List.of("firstname", "lastname", "email", "company", "phone");
      case COMPANY -> List.of("name", "domain", "phone", "website");
      case DEAL -> List.of("dealname", "description");
      case TASK -> List.of("hs_task_subject", "hs_task_body");
      case CALL -> List.of("hs_call_title", "hs_call_body");
      case MEETING -> List.of("hs_meeting_title", "hs_meeting_body");
      case EMAIL -> List.of("hs_email_subject");
      case NOTE -> List.of("hs_note_body");
      case COMMUNICATION -> List.of("hs_communication_body");
    };
  }

  /** Records without a value come last, either way. */
  private static Comparator<CrmRecord> order(
      PropertyDefinition property, boolean descending, long at) {
    Comparator<String> values = (one, other) -> SearchFilter.compare(property.type(), one, other);
    Comparator<String> directed = descending ? values.reversed() : values;
    return (one, other) -> {
      String a = one.valueAt(property.name(), at).orElse("");
      String b = other.valueAt(property.name(), at).orElse("");
      return a.isEmpty() || b.isEmpty()
          ? Boolean.compare(a.isEmpty(), b.isEmpty())
          : directed.compare(a, b);
    };
  }
}
