package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Of which store, which connection and which time something is replayed. */
final class ReplayScope {
  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Of this connection. Needed where there is a choice.")
  private @Nullable String connection;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description =
          "From this instant or day on, such as 2026-11-01T09:00:00Z or 2026-11-01. With --model "
              + "and --send.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Before this instant, or this day. With --model and --send.")
  private @Nullable String until;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private DataFolder data = new DataFolder();

  /** Returns the connection that is named; empty if none is. */
  Optional<ConnectionId> connection() {
    return Optional.ofNullable(connection).map(GivenConnection::of);
  }

  /** Returns since when, inclusive; empty if that is not said. */
  Optional<Long> since() {
    return Optional.ofNullable(since).map(text -> GivenInstant.of("--since", text));
  }

  /** Returns until when, exclusive; empty if that is not said. */
  Optional<Long> until() {
    return Optional.ofNullable(until).map(text -> GivenInstant.of("--until", text));
  }

  /** Refuses a span of time where there is none to choose. */
  void refuseSpan(String instead) {
    if (since != null || until != null) {
      throw new WrongUse("--since and --until go with --model and --send; " + instead);
    }
  }

  Format format() {
    return format.format();
  }

  Path data() {
    return data.path();
  }
}
