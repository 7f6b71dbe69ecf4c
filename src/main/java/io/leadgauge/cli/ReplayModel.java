package io.leadgauge.cli;

import io.leadgauge.manifest.LoadedModel;
import io.leadgauge.manifest.ManifestKind;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Versions;
import io.leadgauge.replay.ChangesCsv;
import io.leadgauge.replay.DifferenceJson;
import io.leadgauge.replay.ModelDiff;
import io.leadgauge.replay.ModelDifference;
import io.leadgauge.replay.Terms;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code replay --model}: what another model would have changed. */
final class ReplayModel {
  private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();
  private static final int MOST_THREADS = 64;
  private static final int MOST_FOLDERS_UP = 3;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The model that would take the place of the one in force.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path model;

  @Option(
      names = "--old",
      paramLabel = "NAME",
      description =
          "What the connection calls the model that it is compared with. Default: the one of the"
              + " same name, or the only one.")
  private @Nullable String old;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      description = "How many hand-offs a day sales can take; says what would meet it.")
  private @Nullable Long capacity;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes a line for each contact and change here.")
  private @Nullable Path csv;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the whole summary for programs here.")
  private @Nullable Path json;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "On so many threads. Default: one for each processor")
  private @Nullable Integer threads;

  int run(Terminal terminal, ReplayScope scope) {
    if (capacity != null && capacity < 0) {
      throw new WrongUse("--capacity " + capacity + ", expected 0 or more hand-offs a day");
    }
    if (threads != null && threads < 1) {
      throw new WrongUse("--threads " + threads + ", expected 1 or more");
    }
    checkFile(csv);
    checkFile(json);
    long until = scope.until().orElseGet(() -> terminal.clock().now());
    long since = scope.since().orElse(until - YEAR_MILLIS);
    if (since >= until) {
      throw new WrongUse("--since must be before --until, which is now if it is not given");
    }
    try (StoreReader reader = Store.read(scope.data())) {
      Terms terms = terms(terminal, scope, reader, since, until);
      ProgressBar bar = ProgressBar.beside(terminal);
      ModelDifference difference = compare(new ModelDiff(terms, reader, bar::show));
      bar.clear();
      write(terminal, scope.format(), difference);
    }
    return ExitCode.DONE;
  }

  private Terms terms(
      Terminal terminal, ReplayScope scope, StoreReader reader, long since, long until) {
    ModelDefinition definition = definition(terminal);
    ConnectionScope inForce = inForce(scope, reader);
    ModelAtWork before = old(inForce, definition.name());
    Condition when = when(reader, before);
    ScoringModel other = ScoringModel.of(when == null ? definition : definition.onlyFor(when));
    return new Terms(inForce, before, other, since, until, capacity, threads());
  }

  private int threads() {
    int wanted = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return Math.clamp(wanted, 1, MOST_THREADS);
  }

  // The new model

  private ModelDefinition definition(Terminal terminal) {
    Path file = Files.isDirectory(model) ? model.resolve("model.yaml") : model;
    LoadedModel loaded = Manifests.model(file, folderOfCalendars(file));
    if (loaded.definition() == null || !loaded.errors().isEmpty()) {
      loaded.errors().forEach(terminal.err()::println);
      throw new WrongUse("the model in " + file + " cannot be used");
    }
    return loaded.definition();
  }

  /** As in a folder of manifests: beside the file, or a few folders up. */
  private static Path folderOfCalendars(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    for (int i = 0; i < MOST_FOLDERS_UP && folder != null; i++, folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("calendars"))) {
        return folder;
      }
    }
    return file.toAbsolutePath();
  }

  // The connection

  private static ConnectionScope inForce(ReplayScope scope, StoreReader reader) {
    ConnectionId id =
        scope
            .connection()
            .map(named -> ServedConnections.known(reader, named))
            .orElseGet(() -> only(reader));
    long last = reader.counts().lastSequence();
    Versions versions = new Versions(reader.journal());
    return versions
        .at(id, last)
        .orElseThrow(() -> new WrongUse(id + ": " + versions.trouble(id, last)));
  }

  private static ConnectionId only(StoreReader reader) {
    SortedSet<String> names = ServedConnections.names(reader);
    if (names.size() != 1) {
      throw new WrongUse(
          names.isEmpty()
              ? "no connection was ever served from this store; start serve"
              : "there are several connections, name one by --connection: "
                  + String.join(", ", names));
    }
    return new ConnectionId(names.first());
  }

  private ModelAtWork old(ConnectionScope scope, String name) {
    String wanted = old == null ? name : old;
    List<ModelAtWork> models = scope.models();
    for (ModelAtWork one : models) {
      if (one.name().equals(wanted) || (old == null && one.use().model().equals(wanted))) {
        return one;
      }
    }
    if (old == null && models.size() == 1) {
      return models.getFirst();
    }
    throw new WrongUse(
        scope.id()
            + " has no model "
            + wanted
            + ", name the one to compare with by --old: "
            + String.join(", ", scope.connection().modelNames()));
  }

  /** For whom alone the connection has the model score, by its kept text; null for all. */
  private static @Nullable Condition when(StoreReader reader, ModelAtWork before) {
    ModelDefinition inForce = before.model().definition();
    for (Activation kept : reader.journal().activations(before.use().model())) {
      if (kept.kind().equals(ManifestKind.MODEL.word())) {
        ModelDefinition whole =
            Manifests.model(kept.name(), kept.text(), Path.of(kept.name())).definition();
        if (whole != null && whole.dimensions().equals(inForce.dimensions())) {
          return whole.narrowedBy(inForce);
        }
      }
    }
    return null;
  }

  // What comes out

  /** A file appears once it is whole. */
  private ModelDifference compare(ModelDiff diff) {
    if (csv == null) {
      return diff.run((contact, before, after) -> {});
    }
    Path part = csv.resolveSibling(csv.getFileName() + ".part");
    ModelDifference difference;
    try (Writer writer = Files.newBufferedWriter(part)) {
      difference = diff.run(new ChangesCsv(writer));
    } catch (IOException e) {
      throw cannotWrite(csv, e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(csv, Objects.requireNonNull(e.getCause()));
    }
    move(part, csv);
    return difference;
  }

  private static void move(Path part, Path file) {
    try {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static WrongUse cannotWrite(Path file, IOException trouble) {
    return new WrongUse("cannot write " + file + ": " + FileTrouble.of(trouble));
  }

  /** It would be a pity to find out after the comparison. */
  private static void checkFile(@Nullable Path file) {
    if (file != null && Files.isDirectory(file)) {
      throw new WrongUse("cannot write " + file + ": it is a folder");
    }
  }

  private void write(Terminal terminal, Format format, ModelDifference difference) {
    String text = DifferenceJson.of(difference).toPrettyString();
    if (json != null) {
      Path part = json.resolveSibling(json.getFileName() + ".part");
      try {
        Files.writeString(part, text + "\n");
      } catch (IOException e) {
        throw cannotWrite(json, e);
      }
      move(part, json);
    }
    switch (format) {
      case JSON -> terminal.out().println(text);
      case TEXT ->
          new DifferenceText(difference, terminal.width(), terminal.colour())
              .lines()
              .forEach(terminal.out()::println);
    }
  }
}
