package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Search over contacts. It sees the portal as it was a moment ago: new contacts and changes show up
 * late, as they do at HubSpot.
 */
final class SearchEndpoint {
  private static final int MOST_CHARACTERS = 3_000;
  private static final List<String> SEARCHED =
      List.of("firstname", "lastname", "email", "company", "phone");

  private final Portal portal;
  private final ContactJson json;
  private final long lag;

  /**
   * Creates the endpoint.
   *
   * @param lag how far behind it is, in milliseconds
   */
  SearchEndpoint(Portal portal, ContactJson json, long lag) {
    this.portal = portal;
    this.json = json;
    this.lag = lag;
  }

  Answer search(ApiRequest request) {
    int characters = request.rawBody().toString(StandardCharsets.UTF_8).length();
    if (characters > MOST_CHARACTERS) {
      throw Refusal.invalid(
          "The body has %d characters, more than %d".formatted(characters, MOST_CHARACTERS));
    }
    SearchRequest search = SearchRequest.of(request.body(), portal.schema());
    long at = request.now() - lag;
    List<Contact> found = found(search, at);
    ObjectNode answer = Json.object();
    answer.put("total", found.size());
    ContactJson.View view = json.view(search.properties(), List.of());
    ArrayNode results = answer.putArray("results");
    int end = Math.min(found.size(), search.offset() + search.limit());
    for (Contact contact : found.subList(Math.min(search.offset(), end), end)) {
      results.add(json.readAt(contact, view, at));
    }
    if (end < found.size()) {
      answer.putObject("paging").putObject("next").put("after", Integer.toString(end));
    }
    return Answer.of(200, answer);
  }

  private List<Contact> found(SearchRequest search, long at) {
    List<Contact> found = new ArrayList<>();
    for (Contact contact : portal.live().values()) {
      if (contact.createdAt() <= at && matches(contact, search, at)) {
        found.add(contact);
      }
    }
    search.sort().ifPresent(property -> found.sort(order(property, search.descending(), at)));
    return found;
  }

  private static boolean matches(Contact contact, SearchRequest search, long at) {
    if (!search.query().isEmpty() && !mentions(contact, search.query(), at)) {
      return false;
    }
    return search.groups().isEmpty()
        || search.groups().stream().anyMatch(filters -> matchesAll(contact, filters, at));
  }

  private static boolean matchesAll(Contact contact, List<SearchFilter> filters, long at) {
    for (SearchFilter filter : filters) {
      if (!filter.matches(contact.valueAt(filter.property().name(), at).orElse(""))) {
        return false;
      }
    }
    return true;
  }

  private static boolean mentions(Contact contact, String query, long at) {
    String wanted = query.toLowerCase(Locale.ROOT);
    return SEARCHED.stream()
        .map(name -> contact.valueAt(name, at).orElse("").toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.contains(wanted));
  }

  /** Contacts without a value come last, either way. */
  private static Comparator<Contact> order(
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
