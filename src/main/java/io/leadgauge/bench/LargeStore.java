package io.leadgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Clockwork;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.sqlite.SQLiteConfig;

/**
 * A store of many contacts and whatever serves it: manifests, a stand-in portal in which there is
 * nobody, so that nothing is read or written there.
 */
final class LargeStore implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final long POLL_MILLIS = 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final int contacts;
  private final Clockwork clock;
  private final CrmAdapter platform;
  private final BenchPortal portal;
  private final int admin;

  private LargeStore(
      Path folder, int contacts, Clockwork clock, CrmAdapter platform, BenchPortal portal)
      throws IOException {
    this.folder = folder;
    this.contacts = contacts;
    this.clock = clock;
    this.platform = platform;
    this.portal = portal;
    this.admin = FreePort.next();
  }

  /**
   * Makes one in a folder, by a {@code serve} that brings the manifests into force and a {@link
   * Crowd}, and has all contacts scored.
   */
  static LargeStore fill(
      Path folder, int contacts, Clockwork clock, Vertx vertx, RandomGenerator random)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    BenchPortal portal = BenchPortal.start(folder, FreePort.next(), 0, "shadow", clock, random);
    LargeStore store =
        new LargeStore(folder, contacts, clock, new HubSpotAdapter(vertx, clock), portal);
    try (Program serve = store.serve()) {
      store.await(() -> !store.cursor("settled").isEmpty(), "the manifests are in force");
      serve.stop();
    }
    new Crowd(store.scope(), store.platform, clock.now(), random).fill(store.data(), contacts);
    try (Program serve = store.serve()) {
      store.await(() -> store.due() == 0, "all contacts are scored");
      serve.stop();
    }
    return store;
  }

  int contacts() {
    return contacts;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path model() {
    return folder.resolve("manifests/models/bench/model.yaml");
  }

  Clockwork clock() {
    return clock;
  }

  CrmAdapter platform() {
    return platform;
  }

  /** Returns the connection by the manifests as they are now. */
  ConnectionScope scope() {
    Path manifests = folder.resolve("manifests");
    ConnectionManifest manifest =
        Objects.requireNonNull(
            Manifests.load(manifests, SecretSource.of(BenchPortal.SECRETS, manifests))
                .catalog()
                .connections()
                .get(BenchPortal.ID));
    return new ConnectionScope(manifest.connection(), manifest.hash(), manifest.models());
  }

  /** Starts a {@code serve} as we were started, and returns when it is ready. */
  Program serve() throws IOException, InterruptedException {
    Program serve = begin(Program.ownOptions());
    serve.awaitReady(ready());
    return serve;
  }

  /** Starts a {@code serve} with these options of the JVM. */
  Program begin(List<String> options) throws IOException {
    return Program.start(
        clock,
        folder.resolve("serve.log"),
        BenchPortal.SECRETS,
        options,
        List.of(
            "io.leadgauge.cli.Main",
            "serve",
            "--manifests=" + folder.resolve("manifests"),
            "--data=" + data(),
            "--host=127.0.0.1",
            "--port=0",
            "--drain=0",
            "--reload=0",
            "--admin-token=" + SandboxOptions.TOKEN,
            "--admin-port=" + admin));
  }

  /** Returns the address that answers 200 once it is ready. */
  URI ready() {
    return URI.create("http://127.0.0.1:" + admin + "/health/ready");
  }

  /** Has the running {@code serve} read its manifests. */
  void reload(Program serve) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + admin + "/api/manifests/reload");
    HttpResponse<String> answer = serve.post(address, SandboxOptions.TOKEN, "{}");
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  /** Returns how many contacts are due for being scored by now. */
  long due() {
    return ask(reader -> reader.countDue(BenchPortal.ID, DueWork.SWEEP, clock.now()));
  }

  /** Returns a cursor of the connection; empty for none. */
  String cursor(String name) {
    return ask(reader -> reader.cursor(BenchPortal.ID, name).orElse(""));
  }

  /** Tells whether the change to a configuration other than this is over, but for its writes. */
  boolean isCountedBeyond(String configuration) {
    try {
      JsonNode json = MAPPER.readTree(cursor("changeover"));
      return !json.path("configuration").asText().equals(configuration)
          && !json.path("phase").asText().equals("counting");
    } catch (IOException e) {
      throw new IllegalStateException("the store holds an unreadable changeover", e);
    }
  }

  private <T> T ask(Function<StoreReader, T> question) {
    try (StoreReader reader = Store.read(data())) {
      return question.apply(reader);
    }
  }

  /** Lets all contacts be due for a look because of time; nobody may serve the store. */
  void age() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE record SET sweep_at = ?")) {
      statement.setLong(1, clock.now());
      statement.executeUpdate();
    }
  }

  /** Opens the file past the product; nobody may serve the store. */
  Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    return config.createConnection("jdbc:sqlite:" + data().resolve("leadgauge.db"));
  }

  /** Waits until something holds, and returns how long that took. */
  Duration await(BooleanSupplier holds, String what) throws InterruptedException {
    long began = clock.nanos();
    while (!holds.getAsBoolean()) {
      if (clock.nanos() - began > PATIENCE.toNanos()) {
        throw new IllegalStateException("waited in vain until " + what);
      }
      Patience.rest(clock, POLL_MILLIS);
    }
    return Duration.ofNanos(clock.nanos() - began);
  }

  @Override
  public void close() {
    portal.close();
  }
}
