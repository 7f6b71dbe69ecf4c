package io.leadgauge.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.UntilKept;
import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.crm.events.SourcesAdapter;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Secret;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A pipeline over a real store and a CRM in memory, on a clock that the test moves. */
final class Rig implements AutoCloseable {
  static final ConnectionId ACME = new ConnectionId("acme");
  static final long START = 1_700_000_000_000L;
  static final long DAY = 24L * 60 * 60 * 1000;
  private static final long ONE = 1_000_000;
  private static final long MOMENT = 100;

  /** Nothing looks by itself. */
  static final Poll POLL =
      new Poll(Duration.ofDays(1000), Duration.ofDays(1000), Duration.ofDays(1000));

  final MovableClock clock;
  final LineCrm crm = new LineCrm(ACME, START - DAY);
  final Store store;
  final Pipeline pipeline;
  final StoreReader reader;
  final ConnectionScope scope;

  private Rig(Path folder, long startAt, Candidate first, Consumer<LineCrm> before) {
    clock = new MovableClock(startAt);
    before.accept(crm);
    scope = first.scope();
    store = Store.open(folder);
    reader = store.reader();
    pipeline =
        new Pipeline(
            store,
            Map.of(CrmKind.HUBSPOT, new SourcesAdapter(crm)),
            new SimpleMeterRegistry(),
            clock,
            1 << 20);
    pipeline.start(List.of(first));
  }

  static Rig start(Path folder) {
    return start(folder, Mode.FULL);
  }

  static Rig start(Path folder, Mode mode) {
    return startWith(folder, connection(mode), model());
  }

  /** Starts with a stage of its own instead of the model's, over a CRM with a past. */
  static Rig start(Path folder, Mode mode, Stage stage, Consumer<LineCrm> before) {
    return new Rig(folder, START, candidate(connection(mode), model(stage)), before);
  }

  /** The usual model with a stage of its own. */
  static ModelDefinition model(Stage stage) {
    return model(model(), stage);
  }

  /** A model with a stage of its own. */
  static ModelDefinition model(ModelDefinition plain, Stage stage) {
    return new ModelDefinition(
        plain.name(),
        plain.audience(),
        plain.discounts(),
        plain.dimensions(),
        plain.minTotal(),
        plain.maxTotal(),
        plain.disqualifiers(),
        plain.labels(),
        plain.grade(),
        plain.segments(),
        List.of(stage));
  }

  /** Starts over a CRM in which something was done before. */
  static Rig startAfter(Path folder, Consumer<LineCrm> before) {
    return new Rig(folder, START, candidate(connection(Mode.FULL), model()), before);
  }

  static Rig startPolling(Path folder) {
    Connection polling =
        connection(Mode.FULL, POLL.withDates(Duration.ofMinutes(1)), List.of(plainUse()));
    Candidate polled = candidate(polling, model());
    return new Rig(folder, START, polled, LineCrm::makeSearchable);
  }

  /** Starts over a searchable CRM with a past, looking by itself this often. */
  static Rig startLooking(Path folder, Poll poll, Consumer<LineCrm> before) {
    Connection looking = connection(Mode.FULL, poll, List.of(plainUse()));
    Consumer<LineCrm> searchable = LineCrm::makeSearchable;
    return new Rig(folder, START, candidate(looking, model()), searchable.andThen(before));
  }

  /** The same, so many days after the first start. */
  static Rig startLookingAfter(int days, Path folder, Poll poll, Consumer<LineCrm> before) {
    Connection looking = connection(Mode.FULL, poll, List.of(plainUse()));
    Consumer<LineCrm> searchable = LineCrm::makeSearchable;
    return new Rig(
        folder, START + days * DAY, candidate(looking, model()), searchable.andThen(before));
  }

  /** Starts with a version of the connection over a CRM with a past. */
  static Rig startOver(
      Path folder, Connection connection, ModelDefinition model, Consumer<LineCrm> before) {
    return new Rig(folder, START, candidate(connection, model), before);
  }

  /** Starts with a version of the connection, so many days after the first start. */
  static Rig startAfter(int days, Path folder, Connection connection, ModelDefinition model) {
    return startAfter(days, folder, connection, model, crm -> {});
  }

  /** Starts so many days after the first start, over a CRM in which something was done before. */
  static Rig startAfter(
      int days,
      Path folder,
      Connection connection,
      ModelDefinition model,
      Consumer<LineCrm> before) {
    return new Rig(folder, START + days * DAY, candidate(connection, model), before);
  }

  /** Starts with a version of the connection. */
  static Rig startWith(Path folder, Connection connection, ModelDefinition model) {
    return new Rig(folder, START, candidate(connection, model), crm -> {});
  }

  /** VP 40, form 20 with a half-life of 10 days; warm from 20, hot from 50; mql from 40. */
  static ModelDefinition model() {
    Rule title =
        new Rule.OnProperty("title", new Condition.In("title", Set.of("vp")), 40 * ONE, null);
    Rule form =
        new Rule.OnActivity(
            "form",
            "form",
            null,
            new Rule.Gives.Each(20 * ONE),
            null,
            new Decay.HalfLife(10 * DAY),
            null,
            Rule.Choice.ALL,
            null);
    PointsCondition qualified = new PointsCondition.Compare(null, Comparison.AT_LEAST, 40 * ONE);
    return new ModelDefinition(
        "plain",
        null,
        List.of(),
        List.of(
            new Dimension("fit", null, null, ONE, List.of(title)),
            new Dimension("engagement", null, null, ONE, List.of(form))),
        0,
        100 * ONE,
        List.of(),
        List.of(label("hot", 50, 45), label("warm", 20, 15), label("cold", 0, 0)),
        null,
        List.of(),
        List.of(new Stage("mql", qualified, null, 30 * DAY)));
  }

  private static Label label(String name, int enter, int leave) {
    return new Label(name, enter * ONE, leave * ONE, null);
  }

  /** Starts over the models of a connection, by the names that it calls them. */
  static Rig startWith(Path folder, Map<ModelUse, ModelDefinition> models) {
    Map<String, ModelDefinition> byName = new TreeMap<>();
    models.forEach((use, model) -> byName.put(use.name(), model));
    List<ModelUse> uses =
        models.keySet().stream().sorted(Comparator.comparing(ModelUse::name)).toList();
    Connection connection = connection(Mode.FULL, POLL, uses);
    return new Rig(folder, START, candidate(connection, byName), crm -> {});
  }

  /** Returns a version of the connection. */
  static Candidate candidate(Connection connection, ModelDefinition model) {
    return candidate(connection, Map.of("plain", model));
  }

  private static Candidate candidate(Connection connection, Map<String, ModelDefinition> models) {
    Map<String, ScoringModel> compiled = new TreeMap<>();
    models.forEach((name, model) -> compiled.put(name, ScoringModel.of(model)));
    ConnectionScope scope = new ConnectionScope(connection, connection.toString(), compiled);
    return Candidate.of(scope, models, List.of());
  }

  /** Tells the pipeline that this version is to be in force. */
  void want(Connection connection, ModelDefinition model) {
    pipeline.replace(List.of(candidate(connection, model)));
  }

  /** Waits until the configuration is in a state. */
  Configuration await(Configuration.State state) {
    awaitPassing(state.word(), () -> configuration().state() == state);
    return configuration();
  }

  Configuration configuration() {
    return pipeline.configuration(ACME).orElseThrow();
  }

  static Connection connection(Mode mode) {
    return connection(mode, POLL, List.of(plainUse()));
  }

  static Connection connection(Mode mode, Poll poll, List<ModelUse> uses) {
    return new Connection(
        ACME,
        CrmKind.HUBSPOT,
        "1",
        new WebhookAccess(
            URI.create("https://leads.example"),
            Set.of(SignatureScheme.HUBSPOT_V3),
            List.of(Secret.of("s")),
            null),
        new ApiAccess(
            URI.create("https://api.example"), "v3", Secret.of("t"), Duration.ofSeconds(10), 100),
        uses,
        mode,
        new FieldMap(
            new TreeMap<>(
                Map.of("title", Field.of("jobtitle", FieldType.TEXT, List.of(RecordRef.CONTACT))))),
        new TreeMap<>(),
        List.of(new ActivityMap("form", "form_date", new TreeMap<>(Map.of("name", "form_name")))),
        Outcomes.NONE,
        poll,
        new WriteBack(Duration.ofSeconds(30), 5, Duration.ofHours(24)),
        Guard.DEFAULT);
  }

  /** Returns a connection of another name. */
  static Connection named(String name, Connection like) {
    return new Connection(
        new ConnectionId(name),
        like.kind(),
        like.tenant(),
        like.webhooks(),
        like.api(),
        like.models(),
        like.mode(),
        like.fields(),
        like.lists(),
        like.activities(),
        like.outcomes(),
        like.poll(),
        like.writeBack(),
        like.guard());
  }

  /** A website that may tell of these types, or of any, and feeds the connection. */
  static EventSource web(String... types) {
    TreeMap<String, SortedSet<String>> declared = new TreeMap<>();
    for (String type : types) {
      declared.put(type, new TreeSet<>());
    }
    WebhookAccess access =
        new WebhookAccess(
            URI.create(""), Set.of(SignatureScheme.STANDARD), List.of(Secret.of("w")), null);
    return new EventSource(new ConnectionId("web"), ACME, access, declared);
  }

  static ModelUse plainUse() {
    return new ModelUse(
        "plain",
        "plain",
        Map.of(Output.SCORE, "lg_score", Output.LABEL, "lg_label", Output.REASONS, "lg_why"),
        new StageMap(
            "lifecyclestage",
            List.of("lead", "mql", "customer"),
            new TreeMap<>(Map.of("lead", "lead", "mql", "mql")),
            new TreeSet<>(Set.of("customer"))));
  }

  /** Delivers lines in one delivery. */
  CompletionStage<Receipt> deliver(String... lines) {
    byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return pipeline
        .intake()
        .receive(new Delivery(ACME, clock.now(), "POST", "/webhooks/acme", List.of(), body));
  }

  /** Delivers lines a millisecond later and waits until they are kept. */
  long keep(String... lines) {
    clock.advance(1);
    return UntilKept.send(() -> deliver(lines));
  }

  /** Delivers an array of events of the source {@code web}, in single quotes, and waits. */
  long tell(String... events) {
    clock.advance(1);
    return UntilKept.send(() -> telling(events));
  }

  /** Delivers such an array. */
  CompletionStage<Receipt> telling(String... events) {
    String body = "[" + String.join(",", events).replace('\'', '"') + "]";
    Delivery delivery =
        new Delivery(
            ACME,
            clock.now(),
            "POST",
            "/webhooks/web",
            List.of(),
            body.getBytes(StandardCharsets.UTF_8));
    return pipeline.intake().receive(delivery);
  }

  RecordState state(String id) {
    return pipeline.states().current(RecordRef.contact(ACME, id)).orElseThrow();
  }

  /** Returns the score that a contact stands at. */
  String score(String id) {
    return Found.in(Found.in(state(id).standings(), "plain").outputs(), Output.SCORE);
  }

  /** Returns what keeps results from being written, as health shows it. */
  String concerns() {
    StringJoiner lines = new StringJoiner("\n");
    for (Concern concern : pipeline.concerns(clock.now())) {
      lines.add(concern.subject() + ": " + concern.detail());
    }
    return lines.toString();
  }

  /** Returns what the admin API says of how a contact is written. */
  ObjectNode writeBack(String id) {
    ConnectionScope served = pipeline.scopes().require(ACME);
    return WriteBackJson.of(
        served,
        state(id),
        pipeline.scopes().refused(ACME).values(),
        reader.unwritten().intentsOf(RecordRef.contact(ACME, id), 10),
        clock.now());
  }

  /** Lets time creep on until a condition holds. */
  void awaitCreeping(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(1);
          return condition.getAsBoolean();
        });
  }

  /** Lets time pass by the second until a condition holds. */
  void awaitPassing(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(1_000);
          return condition.getAsBoolean();
        });
  }

  /** Lets time creep on until nothing is due within the next moment. */
  void settle() {
    awaitCreeping("nothing is due", this::isSettled);
    awaitCommitted();
  }

  /** The file has what was committed a little earlier than those who were told of it. */
  void awaitCommitted() {
    pipeline.intake().submit(new Work.Recheck(ACME, List.of())).join();
  }

  /** Looks twice, for one kind of work may turn into another between two looks. */
  private boolean isSettled() {
    for (int look = 0; look < 2; look++) {
      if (!isNothingDue(clock.now())) {
        return false;
      }
    }
    return true;
  }

  private boolean isNothingDue(long now) {
    return changesOnTheirWay().stream().allMatch(FanOutPosition::isAtEnd)
        && reader.countDue(ACME, DueWork.FETCH, now + MOMENT) == 0
        && reader.countDue(ACME, DueWork.WRITE, now + MOMENT) == 0;
  }

  @Override
  public void close() {
    pipeline.close();
    reader.close();
    store.close();
  }

  /** Returns how far each change of a record that contacts are linked to has been carried on. */
  List<FanOutPosition> changesOnTheirWay() {
    return FanOutPosition.of(ACME, reader.cursors(ACME, FanOutPosition.CURSOR));
  }
}
