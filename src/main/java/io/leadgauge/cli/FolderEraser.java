package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.Erasures;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** Erases in a data folder that no server runs on. */
final class FolderEraser implements EraseCommand.Eraser {
  private static final long CACHE_BYTES = 1 << 20;
  private static final long WAIT_MILLIS = 5_000;

  private final Vertx vertx;
  private final Store store;
  private final Pipeline pipeline;
  private final ConnectionId connection;
  private final Clockwork clock;

  private FolderEraser(Vertx vertx, Store store, ConnectionId connection, Clockwork clock) {
    this.vertx = vertx;
    this.store = store;
    this.connection = connection;
    this.clock = clock;
    this.pipeline =
        new Pipeline(
            store, Platforms.all(vertx, clock), new SimpleMeterRegistry(), clock, CACHE_BYTES);
  }

  /**
   * Opens the folder.
   *
   * @throws io.leadgauge.store.StoreException if there is no store, or somebody else writes in it
   */
  static FolderEraser open(Path data, ConnectionId connection, Clockwork clock) {
    // Does not make a store where the folder was named wrongly.
    Store.read(data).close();
    FolderEraser eraser = new FolderEraser(Vertx.vertx(), Store.open(data), connection, clock);
    eraser.pipeline.startErasing();
    if (!eraser.pipeline.erasures().knows(connection)) {
      eraser.close();
      throw new WrongUse("nothing of a connection " + connection + " is kept in " + data);
    }
    return eraser;
  }

  @Override
  public JsonNode find(String person) {
    return ErasureRoutes.found(pipeline.erasures(), connection, person);
  }

  @Override
  public JsonNode erase(String contact) {
    RecordRef person = ErasureRoutes.person(connection, contact);
    return ErasureRoutes.shown(pipeline.erasures().erase(person).join());
  }

  @Override
  public JsonNode await() {
    Erasures erasures = pipeline.erasures();
    try {
      return ErasureRoutes.shown(erasures.await(clock.now() + WAIT_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ErasureRoutes.shown(erasures.progress());
    }
  }

  @Override
  public void close() {
    pipeline.close();
    store.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
