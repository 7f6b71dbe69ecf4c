package io.leadgauge.manifest;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.scoring.ScoringModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A connection without errors, its secrets found.
 *
 * @param connection what it says
 * @param models its models, compiled for those whom each is to score; by the name that the
 *     connection calls each by; copied
 * @param hash 64 hex digits over its meaning and its references to secrets, not over the secrets
 * @param file its file
 * @param text the file as written
 */
public record ConnectionManifest(
    Connection connection, Map<String, ScoringModel> models, String hash, Path file, String text) {
  public ConnectionManifest {
    models = Map.copyOf(models);
  }

  /**
   * Returns the same connection as event sources feed it, which means something else then: what
   * they tell is read, and what is told of addresses counts.
   *
   * @param sources none where it is not fed
   */
  public ConnectionManifest fedBy(List<SourceManifest> sources) {
    if (sources.isEmpty()) {
      return this;
    }
    EventTerms events = connection.events();
    for (SourceManifest source : sources) {
      events = events.fedBy(source.source());
    }
    return new ConnectionManifest(
        connection.with(events), models, ConnectionHash.fed(hash, sources), file, text);
  }

  /**
   * Returns where a value stands, by the keys that lead there, or as near to it as there is one.
   */
  public Position at(String... path) {
    String shown = Source.shown(file);
    Node root = YamlReader.read(new Source(shown, text), new Problems());
    return root == null ? Position.start(shown) : root.nearest(path).at();
  }
}
