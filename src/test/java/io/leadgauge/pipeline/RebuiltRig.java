package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.events.SourcesAdapter;
import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.replay.Rebuild;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rebuilds what a {@link Rig} keeps, whose versions have no manifests. */
final class RebuiltRig {
  private final Map<String, ConnectionScope> scopes = new HashMap<>();

  /** Makes a version known. */
  void know(Connection connection, ModelDefinition model) {
    ConnectionScope scope = Rig.candidate(connection, model).scope();
    scopes.put(scope.configuration(), scope);
  }

  /** Makes a version known as another release reads it. */
  void knowOtherwise(Connection connection, ModelDefinition model, ModelDefinition otherwise) {
    ConnectionScope scope = Rig.candidate(connection, model).scope();
    scopes.put(scope.configuration(), Rig.candidate(connection, otherwise).scope());
  }

  Rebuilt of(Path folder, LineCrm crm) {
    return rebuild(folder, crm).run((sequence, last) -> {});
  }

  Rebuild rebuild(Path folder, LineCrm crm) {
    CrmAdapter adapter = new SourcesAdapter(crm);
    return new Rebuild(
        folder, reader -> (id, sequence) -> at(reader, id, sequence), kind -> adapter, null);
  }

  /** Returns what reads a delivery by the version that was in force. */
  Retelling.Decoder decoder(StoreReader reader, LineCrm crm) {
    CrmAdapter adapter = new SourcesAdapter(crm);
    return (delivery, sequence) ->
        adapter.decode(
            at(reader, delivery.connection(), sequence).orElseThrow().connection(), delivery);
  }

  private Optional<ConnectionScope> at(StoreReader reader, ConnectionId id, long sequence) {
    return reader
        .journal()
        .lastActivation(Composition.KIND, id.name(), sequence)
        .map(JournalEntry::entry)
        .map(Activation.class::cast)
        .map(switched -> scopes.get(switched.hash()));
  }
}
