package io.leadgauge.cli;

import static java.util.Objects.requireNonNull;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.KeptDecoder;
import io.leadgauge.pipeline.Versions;
import io.leadgauge.replay.LifeTeller;
import io.leadgauge.store.StoreReader;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;

/** What a story of one connection is told with. Ends before the reader that it reads by. */
final class Storyteller implements AutoCloseable {
  private final ConnectionId connection;
  private final Versions versions;
  private final StoreReader reader;
  private final Vertx vertx = Vertx.vertx();
  private final Map<CrmKind, CrmAdapter> platforms;

  Storyteller(StoreReader reader, ConnectionId connection, Clockwork clock) {
    this.reader = reader;
    this.connection = connection;
    this.versions = new Versions(reader.journal());
    this.platforms = Platforms.all(vertx, clock);
  }

  LifeTeller teller() {
    CrmKind kind = latest().map(scope -> scope.connection().kind()).orElse(CrmKind.HUBSPOT);
    KeptDecoder decoder = new KeptDecoder(versions, of -> requireNonNull(platforms.get(of)));
    return new LifeTeller(reader, versions::at, decoder, kind.emailProperty());
  }

  private Optional<ConnectionScope> latest() {
    return versions.at(connection, reader.counts().lastSequence());
  }

  /** Says why the last version cannot be read back; empty if it can. */
  String trouble() {
    return versions.trouble(connection, reader.counts().lastSequence());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
