package io.leadgauge.cli;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.pipeline.ConnectionScope;
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
    return new LifeTeller(
        reader, sequence -> versions.at(connection, sequence), this::decode, kind.emailProperty());
  }

  private Optional<ConnectionScope> latest() {
    return versions.at(connection, reader.counts().lastSequence());
  }

  private Decoded decode(Delivery delivery, long sequence) {
    Optional<ConnectionScope> scope = versions.at(connection, sequence);
    if (scope.isEmpty()) {
      return new Decoded.Undecodable(versions.trouble(connection, sequence));
    }
    CrmAdapter adapter = platforms.get(scope.get().connection().kind());
    return adapter == null
        ? new Decoded.Undecodable("its platform is not served")
        : adapter.decode(scope.get().connection(), delivery);
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
