package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.salesforce.QueryPages.Rows;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of all persons: contacts, then leads. Few are listed by queries, each for ids beyond the
 * last one; many by a bulk job, whose results stay for seven days.
 *
 * <p>Where a page begins is said in a way that holds after a restart, however much later. A place
 * in a bulk job that is gone begins the list of its type again, by queries.
 */
final class PersonList {
  /** With more records than this, a bulk job lists them. */
  static final long MANY = 200_000;

  /** The most persons of one page. */
  static final int PAGE = 2_000;

  private static final Duration UNTIL_JOB = Duration.ofSeconds(10);

  private final SalesforceCalls calls;
  private final ConnectionId connection;

  private final long many;

  PersonList(SalesforceCalls calls, ConnectionId connection) {
    this(calls, connection, MANY);
  }

  /** Makes a list in which a bulk job lists more than so many records of a type. */
  PersonList(SalesforceCalls calls, ConnectionId connection, long many) {
    this.calls = calls;
    this.connection = connection;
    this.many = many;
  }

  /** Returns the page that begins where the one before said; the first one for empty text. */
  ListedPage page(String after) {
    ListPlace place = ListPlace.of(after);
    return switch (place) {
      case null -> trouble(new CallTrouble.Refused("a list of Salesforce has no place " + after));
      case ListPlace.Begin begin -> begin(begin.type());
      case ListPlace.After last -> queried(last);
      case ListPlace.InJob job -> listed(job);
    };
  }

  private ListedPage begin(String type) {
    CountAnswer count = PersonCount.of(calls, type);
    if (count.trouble() != null) {
      return trouble(count.trouble());
    }
    return count.contacts() > many ? job(type) : queried(new ListPlace.After(type, null));
  }

  // By queries

  private ListedPage queried(ListPlace.After last) {
    Soql all = Soql.select(Set.of(FieldFacts.ID), ObjectTypes.name(last.type()));
    Soql rest = last.id() == null ? all : all.after(last.id());
    Soql query = rest.orderedBy(FieldFacts.ID).first(PAGE);
    return switch (QueryPages.read(calls, Lane.RECORDS, query, PAGE)) {
      case Rows.Read read -> page(last, read);
      case Rows.Refused no -> trouble(no.reply().refusal("list records of type " + last.type()));
      case Rows.Failed failed -> trouble(failed.trouble());
    };
  }

  private ListedPage page(ListPlace.After last, Rows.Read read) {
    List<SalesforceId> ids = ids(read.rows());
    boolean goesOn = !read.whole() || ids.size() >= PAGE;
    if (goesOn && ids.isEmpty()) {
      return trouble(new CallTrouble.Unknown("Salesforce's list goes on, and has no ids"));
    }
    ListPlace next =
        goesOn ? new ListPlace.After(last.type(), ids.getLast()) : following(last.type());
    return new ListedPage(refs(last.type(), ids), next == null ? null : next.text(), null);
  }

  private static @Nullable ListPlace following(String type) {
    int place = SalesforceClient.PERSONS.indexOf(type) + 1;
    return place < SalesforceClient.PERSONS.size()
        ? new ListPlace.Begin(SalesforceClient.PERSONS.get(place))
        : null;
  }

  // By a bulk job

  /** The job is noted before it is looked at, so that a restart does not make another one. */
  private ListedPage job(String type) {
    String query = Soql.select(Set.of(FieldFacts.ID), ObjectTypes.name(type)).text();
    Reply made = calls.createJob(Json.object().put("operation", "query").put("query", query));
    return switch (made) {
      case Reply.Answered answered -> {
        SalesforceId id = SalesforceId.of(RowText.of(answered.body(), "id")).orElse(null);
        yield id == null
            ? trouble(new CallTrouble.Unknown("Salesforce's bulk job has no id"))
            : new ListedPage(List.of(), new ListPlace.InJob(type, id, "").text(), null);
      }
      case Reply.Invalid invalid -> queried(new ListPlace.After(type, null));
      case Reply.Failed failed -> trouble(failed.trouble());
    };
  }

  private ListedPage listed(ListPlace.InJob place) {
    if (place.locator().isEmpty()) {
      ListedPage notYet = lookAt(place);
      if (notYet != null) {
        return notYet;
      }
    }
    return switch (calls.results(place.job().text(), place.locator(), PAGE)) {
      case Reply.Answered answered -> page(place, answered.body());
      case Reply.Invalid invalid -> queried(new ListPlace.After(place.type(), null));
      case Reply.Failed failed -> trouble(failed.trouble());
    };
  }

  /** Returns why the results are not there yet; null if they are. */
  private @Nullable ListedPage lookAt(ListPlace.InJob place) {
    return switch (calls.job(place.job().text())) {
      case Reply.Answered answered ->
          switch (RowText.of(answered.body(), "state")) {
            case "JobComplete" -> null;
            case "Failed", "Aborted" -> queried(new ListPlace.After(place.type(), null));
            default -> trouble(new CallTrouble.Wait(UNTIL_JOB, "the org's bulk job is under way"));
          };
      case Reply.Invalid invalid -> queried(new ListPlace.After(place.type(), null));
      case Reply.Failed failed -> trouble(failed.trouble());
    };
  }

  private ListedPage page(ListPlace.InJob place, JsonNode body) {
    List<JsonNode> rows = new ArrayList<>();
    Json.items(body, "records").forEach(rows::add);
    String locator = RowText.of(body, BulkPage.LOCATOR);
    ListPlace next =
        locator.isEmpty()
            ? following(place.type())
            : new ListPlace.InJob(place.type(), place.job(), locator);
    return new ListedPage(refs(place.type(), ids(rows)), next == null ? null : next.text(), null);
  }

  // What is on a page

  private static List<SalesforceId> ids(List<JsonNode> rows) {
    return rows.stream()
        .flatMap(row -> SalesforceId.of(RowText.of(row, FieldFacts.ID)).stream())
        .toList();
  }

  private List<RecordRef> refs(String type, List<SalesforceId> ids) {
    return ids.stream().map(id -> new RecordRef(connection, type, id.text())).toList();
  }

  private static ListedPage trouble(@Nullable CallTrouble trouble) {
    return new ListedPage(List.of(), null, trouble);
  }
}
