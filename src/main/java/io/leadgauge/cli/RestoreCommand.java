package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.Erasures;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.Restored;
import io.leadgauge.store.CarriedErasures;
import io.leadgauge.store.Restoring;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code restore}: puts a backup into a data folder that no server runs on. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Puts a backup into a data folder. What is there is set aside.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Stop serve first. Once it runs again it reads what the CRMs have changed since the backup "
          + "was taken, and writes nothing before that is through.",
      "",
      "Exit codes: 0 done; 1 nothing has changed, because the file is no whole backup, somebody "
          + "writes in the folder or there is no room; 2 used wrongly."
    })
final class RestoreCommand implements Callable<Integer> {
  private static final long CACHE_BYTES = 1 << 20;
  private static final long WAIT_MILLIS = 5_000;
  private static final int MOST_WAITS = 720;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Mixin private DataFolder data = new DataFolder();

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ProgressBar bar = ProgressBar.beside(terminal);
    try (Restoring restoring =
        Restoring.begin(file, data.path(), terminal.clock(), Megabytes.on(bar))) {
      CarriedErasures carried = restoring.carryErasures();
      prepare(restoring, carried);
      Path replaced = restoring.commit();
      bar.clear();
      tell(restoring, carried, replaced);
      return ExitCode.DONE;
    } finally {
      bar.clear();
    }
  }

  /** In a folder of its own, so that nobody sees a store that is not ready. */
  private void prepare(Restoring restoring, CarriedErasures carried) {
    try (Store store = Store.open(restoring.prepared())) {
      Restored.mark(
          store, connections(store), restoring.contents().takenAt(), terminal.clock().now());
      if (!carried.records().isEmpty()) {
        erase(store, carried.records());
      }
    }
  }

  private static List<ConnectionId> connections(Store store) {
    try (StoreReader reader = store.reader()) {
      return ServedConnections.names(reader).stream().map(ConnectionId::new).toList();
    }
  }

  private void erase(Store store, List<RecordRef> records) {
    Vertx vertx = Vertx.vertx();
    try (Pipeline pipeline =
        new Pipeline(
            store,
            Platforms.all(vertx, terminal.clock()),
            new SimpleMeterRegistry(),
            terminal.clock(),
            CACHE_BYTES)) {
      pipeline.startErasing();
      records.forEach(record -> pipeline.erasures().erase(record).join());
      awaitErased(pipeline.erasures());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while erasing who was erased; nothing was restored");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void awaitErased(Erasures erasures) throws InterruptedException {
    Erasures.Progress progress = erasures.progress();
    for (int i = 0; i < MOST_WAITS && !progress.isDone(); i++) {
      progress = erasures.await(terminal.clock().now() + WAIT_MILLIS);
    }
    if (!progress.isDone()) {
      throw new StoreException(
          "who was erased since the backup could not be erased again: " + progress.trouble());
    }
  }

  private void tell(Restoring restoring, CarriedErasures carried, @Nullable Path replaced) {
    terminal.out().println("Restored " + file + " into " + data.path() + ":");
    terminal.out().println("  taken     " + BackupCommand.taken(restoring.contents()));
    terminal.out().println("  contacts  " + BackupCommand.contacts(restoring.contents()));
    if (replaced != null) {
      terminal
          .out()
          .println(
              "What was there is in "
                  + replaced
                  + ". It holds personal data: delete it once all is well.");
    }
    terminal.out().println(erased(restoring.contents().takenAt(), carried));
    terminal
        .out()
        .println(
            "Now start serve. It reads what the CRMs changed since, and writes nothing before.");
  }

  private static String erased(long takenAt, CarriedErasures carried) {
    if (!carried.told()) {
      return "Persons who were erased since "
          + Instant.ofEpochMilli(takenAt)
          + " are in it again, and no store is left to tell who: erase them again, before you start"
          + " serve.";
    }
    return carried.records().isEmpty()
        ? "Nobody whom it holds was erased since."
        : "Erased again, as they were since: "
            + carried.records().size()
            + (carried.records().size() == 1 ? " record." : " records.");
  }
}
