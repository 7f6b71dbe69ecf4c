package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DeliveryFilter.Became;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.util.Optional;
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
    return connection == null ? null : GivenConnection.of(connection);
  }

  /** Tells whether nothing is said of which deliveries are meant. */
  boolean isOpen() {
    return connection == null && since == null && until == null;
  }

  /**
   * Returns which deliveries are meant.
   *
   * @param outcome what became of them; null for whatever
   * @param contact that name this contact, {@code ID} or {@code TYPE/ID}; null for all
   */
  DeliveryFilter filter(StoreReader reader, @Nullable Became outcome, @Nullable String contact) {
    RecordRef record =
        contact == null ? null : KeptContact.of(reader, Optional.ofNullable(connection()), contact);
    return filter(outcome == null ? Became.ANYTHING : outcome, record);
  }

  /** Refuses to be told of which time where there is none to choose. */
  void refuseSpan(String why) {
    if (since != null || until != null) {
      throw new WrongUse("--since and --until: " + why);
    }
  }

  /**
   * Returns which deliveries are meant.
   *
   * @param record that name this record; null for all
   */
  DeliveryFilter filter(Became outcome, @Nullable RecordRef record) {
    long from = since == null ? 0 : GivenInstant.of("--since", since);
    long to = until == null ? Long.MAX_VALUE : GivenInstant.of("--until", until);
    if (from >= to) {
      throw new WrongUse("--since " + since + " is not before --until " + until);
    }
    return new DeliveryFilter(connection(), from, to, outcome, record);
  }
}
