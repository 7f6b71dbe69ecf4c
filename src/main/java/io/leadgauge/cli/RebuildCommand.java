package io.leadgauge.cli;

import static java.util.Objects.requireNonNull;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.Versions;
import io.leadgauge.replay.InForce;
import io.leadgauge.replay.Rebuild;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.replay.Redecoded;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rebuild}: is the store what its journal says? Reads beside a running serve. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Folds the journal once more and compares what that gives with the store.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Reads beside a running serve, changes nothing and never calls the CRM. Needs free space in"
          + " the data folder, about as much as the facts take.",
      "",
      "Exit codes: 0 the store is what its journal says, or --redecode has told what would differ;"
          + " 1 it differs, or could not be rebuilt; 2 used wrongly."
    })
final class RebuildCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Only what is kept of this connection.")
  private @Nullable String connection;

  @Option(
      names = "--redecode",
      description =
          "Reads the kept deliveries as they would be read today, and tells what would differ.")
  private boolean redecode;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private DataFolder data = new DataFolder();

  RebuildCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ConnectionId only = only();
    Vertx vertx = Vertx.vertx();
    try {
      Map<CrmKind, CrmAdapter> platforms = Platforms.all(vertx, terminal.clock());
      Rebuild rebuild =
          new Rebuild(
              data.path(),
              reader -> InForce.of(new Versions(reader.journal())),
              kind -> requireNonNull(platforms.get(kind)),
              only);
      return redecode ? redecode(rebuild) : rebuild(rebuild);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private @Nullable ConnectionId only() {
    if (connection == null) {
      return null;
    }
    ConnectionId named = GivenConnection.of(connection);
    try (StoreReader reader = Store.read(data.path())) {
      return ServedConnections.known(reader, named);
    }
  }

  private int rebuild(Rebuild rebuild) {
    ProgressBar bar = ProgressBar.beside(terminal);
    Rebuilt rebuilt = rebuild.run((done, last) -> bar.show("telling entries again", done, last));
    bar.clear();
    switch (format.format()) {
      case TEXT -> RebuildReport.lines(rebuilt).forEach(terminal.out()::println);
      case JSON -> terminal.out().println(RebuildReport.json(rebuilt).toPrettyString());
    }
    return rebuilt.isEqual() ? ExitCode.DONE : ExitCode.NO;
  }

  private int redecode(Rebuild rebuild) {
    ProgressBar bar = ProgressBar.beside(terminal);
    Redecoded redecoded =
        rebuild.redecode((done, last) -> bar.show("reading deliveries again", done, last));
    bar.clear();
    switch (format.format()) {
      case TEXT -> RebuildReport.lines(redecoded).forEach(terminal.out()::println);
      case JSON -> terminal.out().println(RebuildReport.json(redecoded).toPrettyString());
    }
    return ExitCode.DONE;
  }
}
