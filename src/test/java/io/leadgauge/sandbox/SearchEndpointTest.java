package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEndpointTest {
  private static final String SEARCH = "/crm/v3/objects/contacts/search";

  private final MovableClock clock = new MovableClock(SandboxClient.NOW);
  private final SandboxClient sandbox =
      SandboxClient.with(SandboxClient.options().withSearchLag(Duration.ofSeconds(2)), clock);

  @BeforeEach
  void contacts() {
    sandbox.post(
        "/crm/v3/properties/contacts",
        "{'name':'score','label':'Score','type':'number','fieldType':'number',"
            + "'groupName':'contactinformation'}");
    sandbox.create(
        "'email':'a@acme.example','firstname':'Ann','score':'5','country':'Japan',"
            + "'numemployees':'1-5'");
    clock.advance(Duration.ofMinutes(1));
    sandbox.create(
        "'email':'b@acme.example','firstname':'Bob','score':'40','country':'France',"
            + "'jobtitle':'Head of Sales'");
    clock.advance(Duration.ofMinutes(1));
    sandbox.create("'email':'c@other.example','firstname':'Cay','score':'100'");
    clock.advance(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private List<String> found(String filter) {
    return names(sandbox.post(SEARCH, "{'filterGroups':[{'filters':[" + filter + "]}]}"));
  }

  private static List<String> names(Reply reply) {
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    for (JsonNode contact : reply.json().path("results")) {
      names.add(contact.at("/properties/firstname").asText());
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "score     | EQ       | 'value':'40'                             | Bob",
        "score     | NEQ      | 'value':'40'                             | Ann Cay",
        "score     | GT       | 'value':'40'                             | Cay",
        "score     | GT       | 'value':'39.5'                           | Bob Cay",
        "score     | LT       | 'value':'-1'                             | ``",
        "score     | GTE      | 'value':'40'                             | Bob Cay",
        "score     | LT       | 'value':'40'                             | Ann",
        "score     | LTE      | 'value':'40'                             | Ann Bob",
        "score     | BETWEEN  | 'value':'5','highValue':'40'             | Ann Bob",
        "country   | EQ       | 'value':'JAPAN'                          | Ann",
        "country   | IN       | 'values':['japan','france']              | Ann Bob",
        "country   | IN       | 'values':['Japan']                       | ``",
        "country   | NOT_IN   | 'values':['japan']                       | Bob",
        "country   | HAS_PROPERTY     | 'value':''                       | Ann Bob",
        "country   | NOT_HAS_PROPERTY | 'value':''                       | Cay",
        "email     | CONTAINS_TOKEN   | 'value':'*@acme.example'         | Ann Bob",
        "jobtitle  | CONTAINS_TOKEN   | 'value':'sales'                  | Bob",
        "jobtitle  | CONTAINS_TOKEN   | 'value':'sale'                   | ``",
        "numemployees     | EQ | 'value':'1-5'                           | Ann",
        "lastmodifieddate | GTE | 'value':'2026-11-21T10:01:00Z'         | Bob Cay",
        "lastmodifieddate | GT  | 'value':'1795255260000'                | Cay"
      })
  void filter_findsWhatItSays(String property, String operator, String operands, String names) {
    String filter =
        "{'propertyName':'" + property + "','operator':'" + operator + "'," + operands + "}";
    assertThat(String.join(" ", found(filter))).isEqualTo(names == null ? "" : names);
  }

  @Test
  void groups_areAlternatives() {
    String low = "{'filters':[{'propertyName':'score','operator':'LT','value':'10'}]}";
    String high = "{'filters':[{'propertyName':'score','operator':'GT','value':'50'}]}";
    Reply reply = sandbox.post(SEARCH, "{'filterGroups':[" + low + "," + high + "]}");
    assertThat(names(reply)).containsExactly("Ann", "Cay");
  }

  @Test
  void query_findsWords() {
    assertThat(names(sandbox.post(SEARCH, "{'query':'OTHER.example'}"))).containsExactly("Cay");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'propertyName':'score','direction':'DESCENDING'} | Cay Bob Ann",
        "'score'                                           | Ann Bob Cay",
        "'-score'                                          | Cay Bob Ann",
        "'-country'                                        | Ann Bob Cay"
      })
  void sort_ordersResults(String sort, String names) {
    assertThat(String.join(" ", names(sandbox.post(SEARCH, "{'sorts':[" + sort + "]}"))))
        .isEqualTo(names);
  }

  @Test
  void pages_followEachOther() {
    Reply first = sandbox.post(SEARCH, "{'limit':2}");
    assertThat(names(first)).containsExactly("Ann", "Bob");
    assertThat(first.json().path("total").asInt()).isEqualTo(3);
    String after = first.json().at("/paging/next/after").asText();
    Reply second = sandbox.post(SEARCH, "{'limit':2,'after':'" + after + "'}");
    assertThat(names(second)).containsExactly("Cay");
    assertThat(second.json().has("paging")).isFalse();
  }

  @Test
  void change_showsUpLate() {
    String id = sandbox.create("'email':'d@acme.example','firstname':'Dee','score':'7'");
    String filter = "{'propertyName':'firstname','operator':'EQ','value':'Dee'}";
    assertThat(found(filter)).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(found(filter)).containsExactly("Dee");
    sandbox.patch("/crm/v3/objects/contacts/" + id, "{'properties':{'firstname':'Eve'}}");
    assertThat(found(filter)).containsExactly("Dee");
    clock.advance(Duration.ofSeconds(2));
    assertThat(found(filter)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'limit':201}",
        "{'limit':0}",
        "{'after':'9999','limit':2}",
        "{'after':'x'}",
        "{'sorts':['score','email']}",
        "{'sorts':['nonsense']}",
        "{'filterGroups':[{'filters':[{'propertyName':'nonsense','operator':'EQ','value':'1'}]}]}",
        "{'filterGroups':[{'filters':[{'propertyName':'score','operator':'LIKE','value':'1'}]}]}",
        "{'filterGroups':[{'filters':[{'propertyName':'score','operator':'EQ'}]}]}",
        "{'filterGroups':[{'filters':[{'propertyName':'score','operator':'EQ','value':'x'}]}]}",
        "{'filterGroups':[{},{},{},{},{},{}]}",
        "{'filterGroups':[{'filters':[{},{},{},{},{},{},{}]}]}"
      })
  void search_beyondItsBounds_is400(String body) {
    assertThat(sandbox.post(SEARCH, body).status()).isEqualTo(400);
  }

  @Test
  void search_ofThreeThousandCharacters_isTheMost() {
    String body = "{'query':'%s'}";
    String longest = "x".repeat(3_000 - body.length() + 2);
    assertThat(sandbox.post(SEARCH, body.formatted(longest)).status()).isEqualTo(200);
    assertThat(sandbox.post(SEARCH, body.formatted(longest + "x")).status()).isEqualTo(400);
  }
}
