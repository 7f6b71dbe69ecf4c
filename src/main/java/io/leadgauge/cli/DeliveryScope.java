package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DeliveryFilter.Became;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which deliveries of which store a command is about. */
final class DeliveryScope {
  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Only those of this connection.")
  private @Nullable String connection;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "From this instant or day on, such as 2026-11-01T09:00:00Z or 2026-11-01.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Before this instant, or this day.")
  private @Nullable String until;

  @Mixin private DataFolder data = new DataFolder();

  Path data() {
    return data.path();
  }

  /** Returns the connection that is named; null if none is. */
  @Nullable ConnectionId connection() {
    if (connection != null && !ConnectionId.isValid(connection)) {
      throw new WrongUse("'" + connection + "' is no name of a connection");
    }
    return connection == null ? null : new ConnectionId(connection);
  }

  /** Tells whether nothing is said of which deliveries are meant. */
  boolean isOpen() {
    return connection == null && since == null && until == null;
  }

  /**
   * Returns which deliveries are meant.
   *
   * @param record that name this record; null for all
   */
  DeliveryFilter filter(Became outcome, @Nullable RecordRef record) {
    return new DeliveryFilter(
        connection(),
        since == null ? 0 : GivenInstant.of("--since", since),
        until == null ? Long.MAX_VALUE : GivenInstant.of("--until", until),
        outcome,
        record);
  }
}
