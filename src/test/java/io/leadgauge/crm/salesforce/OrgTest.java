package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.SalesforceStandIn.answered;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A client before a stand-in; what is common to the tests of calls. */
@Timeout(60)
abstract class OrgTest {
  static final ConnectionId ACME = new ConnectionId("acme");
  static final String ORG = "00Dxx0000001gPFEAY";
  static final String SECRET = "the-consumer-secret";

  /** When records were last modified unless a test says otherwise, long before every answer. */
  static final String MODIFIED = "2026-09-20T12:00:05.000+0000";

  /** The instant of what was read of them, when the second of their modification had passed. */
  static final long SETTLED = Instant.parse("2026-09-20T12:00:05.999Z").toEpochMilli();

  private static Vertx vertx = Vertx.vertx();

  final SalesforceStandIn org = new SalesforceStandIn();
  final HandClock clock = clock();
  final SalesforceAdapter adapter = new SalesforceAdapter(vertx, clock);
  final CrmClient client = adapter.connect(connection(login(), 100));

  HandClock clock() {
    return HandClock.leaping();
  }

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void closeAll() {
    client.close();
    org.close();
  }

  OrgLogin login() {
    return new OrgLogin(org.base(), "app", new OrgLogin.ClientSecret(Secret.of(SECRET)));
  }

  static Connection connection(OrgLogin login, int dailyShare) {
    return connection(login, dailyShare, Duration.ofSeconds(20));
  }

  static Connection connection(OrgLogin login, int dailyShare, Duration timeout) {
    Secret token = Secret.of("path token");
    return new Connection(
        ACME,
        CrmKind.SALESFORCE,
        ORG,
        new WebhookAccess(URI.create("https://hooks.example"), Set.of(), List.of(token), null),
        new ApiAccess(login.address(), "67.0", login, timeout, 100, dailyShare),
        List.of(new ModelUse("b2b", "b2b", Map.of(), null)),
        Mode.SHADOW,
        new FieldMap(new TreeMap<>()),
        new TreeMap<>(),
        List.of(),
        Outcomes.NONE,
        Poll.DEFAULT,
        new WriteBack(Duration.ZERO, 1, Duration.ZERO),
        Guard.DEFAULT);
  }

  /** Returns the id of the record of an object with this number, of 18 characters. */
  static String id(String prefix, int number) {
    return SalesforceId.of(prefix + "xx%010d".formatted(number)).orElseThrow().text();
  }

  static String lead(int number) {
    return id("00Q", number);
  }

  static String contact(int number) {
    return id("003", number);
  }

  static RecordRef ref(String id) {
    String type = ObjectTypes.of(new SalesforceId(id)).orElseThrow();
    return new RecordRef(ACME, type, id);
  }

  static RecordWrite write(String id, Map<String, String> properties) {
    return new RecordWrite(ref(id), new TreeMap<>(properties));
  }

  static Fact was(String id, String property, long at, String value) {
    return new Fact.Assigned(ref(id), property, new Stamp(at, SourceRank.READ, value));
  }

  static Fact was(String id, String property, String value) {
    return was(id, property, SETTLED, value);
  }

  static Fact there(String id) {
    return Fact.Assigned.presence(ref(id), SETTLED, SourceRank.READ, true);
  }

  static Fact leads(String from, LinkKind kind, String to, long at) {
    Stamp holds = new Stamp(at, SourceRank.READ, "true");
    return new Fact.Linked(ref(from), kind, ref(to), holds);
  }

  /** Returns a description of an object with these fields. */
  static ResponseDefinitionBuilder described(String... fields) {
    return answered(200, "{'name':'x','fields':[" + String.join(",", fields) + "]}");
  }

  static String field(String name, String type) {
    return "{'name':'%s','label':'%s','type':'%s','updateable':true,'picklistValues':[]}"
        .formatted(name, name, type);
  }
}
