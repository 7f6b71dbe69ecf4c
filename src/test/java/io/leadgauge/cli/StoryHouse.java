package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.UntilKept;
import io.leadgauge.Written;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A portal, what serves it, and its data, on one clock that a test moves: the same steps leave the
 * same journal, to the byte. The portal sends no webhooks; the test delivers what it likes.
 */
final class StoryHouse implements AutoCloseable {
  static final ConnectionId ACME = new ConnectionId("acme");
  static final long START = Instant.parse("2026-11-02T08:00:00Z").toEpochMilli();
  private static final long HOURS_MILLIS = 3 * 3_600_000L;
  private static final int MANY = 100;
  private static final int STEPS = 6;
  private static final long STEP_MILLIS = 20;
  private static final long SECOND_MILLIS = 1_000;
  private static final Map<String, String> SECRETS =
      Map.of("TOKEN", SandboxOptions.TOKEN, "SECRET", "a-client-secret");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final MovableClock clock = new MovableClock(START);
  final Path data;
  private final Path manifests;
  private final Vertx vertx = Vertx.vertx();
  private final Sandbox sandbox;
  private final SandboxControl control;
  private Store store;
  private StoreReader reader;
  private Pipeline pipeline;
  private int events;

  StoryHouse(Path folder) {
    data = folder.resolve("data");
    manifests = folder.resolve("manifests");
    sandbox =
        Sandbox.start(
                vertx,
                SandboxOptions.defaults()
                    .withLimits(Limits.OFF)
                    .withSearchLag(Duration.ZERO)
                    .withFirstStage(Optional.empty())
                    .withSeed(7),
                clock)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    control = new SandboxControl(sandbox.address());
    post("/_sandbox/merges", "{'survivor':'primary'}");
    property("lead_score", "number", "number");
    property("lead_label", "string", "text");
    property("last_form", "datetime", "date");
    property("last_form_name", "string", "text");
    copy("connections/acme.yaml");
    copy("models/acme/model.yaml");
    open();
  }

  private void property(String name, String type, String fieldType) {
    post(
        "/crm/v3/properties/contacts",
        "{'name':'%s','label':'%s','groupName':'contactinformation','type':'%s','fieldType':'%s'}"
            .formatted(name, name, type, fieldType));
  }

  private void copy(String name) {
    try {
      String text = Files.readString(Path.of("src/test/resources/story").resolve(name));
      write(name, text.replace("@API@", sandbox.address().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the text of a manifest and serves it. */
  void change(String name, String text, String into) {
    close(pipeline);
    try {
      Path file = manifests.resolve(name);
      write(name, Files.readString(file).replace(text, into));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open();
    settle();
  }

  private void write(String name, String text) {
    Written.to(manifests, name, text);
  }

  private void close(Pipeline served) {
    served.close();
    reader.close();
    store.close();
  }

  private void open() {
    Loaded loaded = Manifests.load(manifests, SecretSource.of(SECRETS, manifests));
    if (loaded.hasErrors()) {
      throw new AssertionError(loaded.problems());
    }
    store = Store.open(data);
    reader = store.reader();
    pipeline =
        new Pipeline(
            store,
            Map.of(CrmKind.HUBSPOT, new UnwatchedCrm(new HubSpotAdapter(vertx, clock))),
            new SimpleMeterRegistry(),
            clock,
            1 << 20);
    pipeline.start(Candidates.of(loaded.catalog(), List.of(), clock.now()));
    Await.until("the version is in force", this::isInForce);
  }

  private boolean isInForce() {
    return pipeline
        .configuration(ACME)
        .filter(now -> now.state() == Configuration.State.IN_FORCE)
        .isPresent();
  }

  /** Asks the sandbox; single quotes stand for double ones. */
  JsonNode post(String path, String body) {
    try {
      return control.post(path, MAPPER.readTree(body.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a record of this type in the portal, in silence, and returns its id. */
  String create(String type, String properties) {
    JsonNode made =
        post(
            "/_sandbox/" + type,
            "{'%s':[{'properties':{%s}}],'webhooks':false}".formatted(type, properties));
    return made.path("ids").path(0).asText();
  }

  /** Returns an instant of the month. */
  static long at(String dayAndTime) {
    return Instant.parse("2026-11-" + dayAndTime + "Z").toEpochMilli();
  }

  /**
   * Lets time pass to an instant of the month, a few hours at a time, so that nothing is done late.
   */
  void passTo(String dayAndTime) {
    long until = at(dayAndTime);
    while (clock.now() < until) {
      long next = (clock.now() / HOURS_MILLIS + 1) * HOURS_MILLIS;
      clock.advance(Math.min(until, next) - clock.now());
      settle();
    }
  }

  /** Returns an event of the portal that happened at an instant. */
  String event(long at, String type, String more) {
    events++;
    return "{'eventId':%d,'portalId':44237313,'occurredAt':%d,'subscriptionType':'%s',%s}"
        .formatted(events, at, type, more)
        .replace('\'', '"');
  }

  /** Changes a property in the portal and returns the event that tells of it. */
  String set(String id, String property, String value) {
    return setAt(clock.now(), id, property, value);
  }

  /** The same at an instant of the past. */
  String setAt(long at, String id, String property, String value) {
    post(
        "/_sandbox/contacts/" + id,
        "{'properties':{'%s':'%s'},'at':'%s'}"
            .formatted(property, value, Instant.ofEpochMilli(at)));
    return event(
        at,
        "contact.propertyChange",
        "'objectId':%s,'propertyName':'%s','propertyValue':'%s','changeSource':'CRM_UI'"
            .formatted(id, property, value));
  }

  /** Has a contact fill in a form in the portal and returns the event that tells of it. */
  String form(String id, long at) {
    return setAt(at, id, "last_form", Long.toString(at));
  }

  /** Returns the event that tells that one contact absorbed another. */
  String merged(String survivor, String absorbed) {
    return event(
        clock.now(),
        "contact.merge",
        "'objectId':%1$s,'primaryObjectId':%1$s,'mergedObjectIds':[%2$s],'newObjectId':%1$s"
            .formatted(survivor, absorbed));
  }

  /** Returns the event that tells of a company that is in the portal. */
  String founded(String company) {
    return event(clock.now(), "company.creation", "'objectId':" + company);
  }

  /** Tells that a contact works at a company, as a person has said in the portal. */
  String employ(String contact, String company) {
    post(
        "/_sandbox/associations",
        "{'from':'contacts/%s','to':'companies/%s','primary':true}".formatted(contact, company));
    return event(
        clock.now(),
        "contact.associationChange",
        "'associationType':'CONTACT_TO_COMPANY','fromObjectId':%s,'toObjectId':%s,"
                .formatted(contact, company)
            + "'associationRemoved':false,'isPrimaryAssociation':true");
  }

  /** Changes how many people a company employs and returns the event that tells of it. */
  String grow(String company, int employees) {
    post(
        "/_sandbox/companies/" + company,
        "{'properties':{'numberofemployees':'%d'}}".formatted(employees));
    return event(
        clock.now(),
        "company.propertyChange",
        "'objectId':%s,'propertyName':'numberofemployees','propertyValue':'%d'"
            .formatted(company, employees));
  }

  /** Runs a command at the house's time, and returns its exit code. */
  int run(StringWriter out, boolean colour, int columns, String... arguments) {
    PrintWriter printer = new PrintWriter(out);
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            printer,
            printer,
            Map.of("COLUMNS", Integer.toString(columns)),
            clock,
            colour);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + data);
    return Main.run(terminal, all.toArray(new String[0]));
  }

  /** Returns what a command prints on a terminal of 80 columns at the house's time. */
  String told(String... arguments) {
    StringWriter out = new StringWriter();
    int code = run(out, false, 80, arguments);
    if (code != 0) {
      throw new AssertionError(code + ": " + out);
    }
    return out.toString();
  }

  /** Delivers events and returns the number of the delivery. */
  long deliver(String... told) {
    return post("[" + String.join(",", told) + "]");
  }

  /** Delivers a body a second later, and returns the number of the delivery. */
  long post(String body) {
    clock.advance(SECOND_MILLIS - clock.now() % SECOND_MILLIS);
    Delivery delivery =
        new Delivery(
            ACME,
            clock.now(),
            "POST",
            "/webhooks/acme",
            List.of(new Delivery.Header("Content-Type", "application/json")),
            body.getBytes(StandardCharsets.UTF_8));
    long sequence = UntilKept.send(() -> pipeline.intake().receive(delivery));
    settle();
    return sequence;
  }

  /**
   * Lets a few moments pass, and waits in each until nothing is due: as many as the longest chain
   * of answers takes, so that it is always the same second in which something is done. The instants
   * of transactions creep ahead of a clock that stands.
   */
  void settle() {
    for (int step = 0; step < STEPS; step++) {
      Await.until("nothing is due", this::isSettled);
      clock.advance(STEP_MILLIS);
    }
    Await.until("nothing is due", this::isSettled);
  }

  /** Looks twice, for one kind of work may turn into another between two looks. */
  private boolean isSettled() {
    for (int look = 0; look < 2; look++) {
      if (!isNothingDue()) {
        return false;
      }
    }
    return true;
  }

  private boolean isNothingDue() {
    long now = clock.now();
    return reader.countDue(ACME, DueWork.FETCH, now) == 0
        && reader.countDue(ACME, DueWork.WRITE, now) == 0
        && reader.countDue(ACME, DueWork.SWEEP, now) == 0
        && reader.unwritten().dueIntents(ACME, now, 1).isEmpty()
        && reader.unwritten().intents(ACME, Intent.State.SENT, 0, 1).isEmpty()
        && reader.unwritten().intents(ACME, Intent.State.DONE, 0, MANY).stream()
            .allMatch(this::isRead)
        && reader.cursors(ACME, "fan").isEmpty();
  }

  private boolean isRead(Intent intent) {
    RecordRef task = new RecordRef(ACME, RecordRef.TASK, String.valueOf(intent.step().task()));
    return reader.load(task).filter(read -> read.due().fetchAt() > clock.now()).isPresent();
  }

  @Override
  public void close() {
    close(pipeline);
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
