package io.leadgauge.manifest;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of manifests: {@code models/<name>/model.yaml} with {@code cases.yaml} beside it,
 * {@code connections/<name>.yaml}, {@code apps/<name>.yaml}, {@code sources/<name>.yaml} and {@code
 * calendars/<name>.yaml}. Other files and folders are left alone, but a file that only just misses
 * its name is reported.
 */
public final class Manifests {
  /** Models that differ in nothing are compiled once; enough for a few versions of each. */
  private static final Cache<ModelDefinition, ScoringModel> COMPILED =
      Caffeine.newBuilder().maximumSize(64).build();

  private static final String SUFFIX = ".yaml";

  private final SecretSource secrets;
  private final Problems problems = new Problems();

  /** The folders that hold a model, readable or not. */
  private final TreeSet<String> modelNames = new TreeSet<>();

  private final Calendars calendars = new Calendars();
  private final TreeMap<String, ReadModel> readModels = new TreeMap<>();
  private final TreeMap<String, ReadConnection> readConnections = new TreeMap<>();
  private final TreeMap<String, ReadApp> readApps = new TreeMap<>();
  private final TreeMap<String, ReadSource> readSources = new TreeMap<>();
  private final Map<String, Source> sources = new HashMap<>();
  private final Map<String, Source> appSources = new HashMap<>();
  private final TreeMap<String, ModelManifest> models = new TreeMap<>();
  private final TreeMap<ConnectionId, ConnectionManifest> connections = new TreeMap<>();
  private final TreeMap<ConnectionId, AppManifest> apps = new TreeMap<>();
  private final TreeMap<ConnectionId, SourceManifest> eventSources = new TreeMap<>();
  private final Map<String, Source> sourceTexts = new HashMap<>();
  private final List<ConnectionId> waiting = new ArrayList<>();

  private Manifests(SecretSource secrets) {
    this.secrets = secrets;
  }

  /**
   * Reads all manifests of a folder and checks them against each other.
   *
   * <p>Thread-safe; safe to call again when files have changed.
   *
   * @param dir the folder
   * @param secrets where the secrets of connections are found
   */
  public static Loaded load(Path dir, SecretSource secrets) {
    return new Manifests(secrets).load(dir);
  }

  /**
   * Reads one model that need not be in a folder of manifests; its name is the one that it gives
   * itself.
   *
   * @param dir the folder that holds the {@code calendars} that it may name
   */
  public static LoadedModel model(Path file, Path dir) {
    Manifests manifests = new Manifests(SecretSource.none());
    return manifests.model(Source.read(file, manifests.problems), dir);
  }

  /**
   * Reads one model from its text.
   *
   * @param shown what stands for the file where something is wrong
   */
  public static LoadedModel model(String shown, String text, Path dir) {
    return new Manifests(SecretSource.none()).model(new Source(shown, text), dir);
  }

  private LoadedModel model(@Nullable Source source, Path dir) {
    for (Path file : list(dir.resolve("calendars"), Files::isRegularFile)) {
      readCalendar(file);
    }
    Node root = source == null ? null : YamlReader.read(source, problems);
    if (root == null) {
      return new LoadedModel(null, problems.sorted());
    }
    String name =
        root.nearest("metadata", "name") instanceof Node.Scalar own && Header.isName(own.text())
            ? own.text()
            : "model";
    ReadModel read = ModelReader.read(root, name, calendars, problems);
    return new LoadedModel(read == null ? null : read.definition(), problems.sorted());
  }

  private Loaded load(Path dir) {
    for (Path file : list(dir.resolve("calendars"), Files::isRegularFile)) {
      readCalendar(file);
    }
    for (Path folder : list(dir.resolve("models"), Files::isDirectory)) {
      readModel(folder);
    }
    for (Path file : list(dir.resolve("connections"), Files::isRegularFile)) {
      readConnection(file);
    }
    for (Path file : list(dir.resolve("apps"), Files::isRegularFile)) {
      readApp(file);
    }
    for (Path file : list(dir.resolve("sources"), Files::isRegularFile)) {
      readSource(file);
    }
    if (modelNames.isEmpty()) {
      String expected = ", expected models/<name>/model.yaml";
      problems.error(Position.start(Source.shown(dir)), "no model in this folder" + expected);
    }
    PortalChecks portals = new PortalChecks(problems);
    sortConnections(portals);
    sortApps(portals);
    sortSources();
    return new Loaded(
        new Catalog(models, connections, apps, eventSources), waiting, problems.sorted());
  }

  /** Lists a folder by name, hidden files left out; nothing if there is no such folder. */
  private static List<Path> list(Path folder, Predicate<Path> filter) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !name(file).startsWith(".")).filter(filter).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Returns the name of the manifest that a file holds; null if it holds none. */
  private @Nullable String stem(Path file) {
    String name = name(file);
    if (name.endsWith(".yml")) {
      Position at = Position.start(Source.shown(file));
      problems.error(at, "the file ends in .yml, expected " + SUFFIX);
    }
    if (!name.endsWith(SUFFIX)) {
      return null;
    }
    String stem = name.substring(0, name.length() - SUFFIX.length());
    return hasName(stem, file) ? stem : null;
  }

  // Calendars

  private void readCalendar(Path file) {
    String stem = stem(file);
    if (stem != null) {
      Source source = Source.read(file, problems);
      Node root = source == null ? null : YamlReader.read(source, problems);
      Calendar read = root == null ? null : CalendarReader.read(root, stem, problems);
      calendars.add(
          stem,
          source == null || read == null ? null : new CalendarManifest(stem, read, source.text()));
    }
  }

  // Models

  private void readModel(Path folder) {
    Path file = folder.resolve("model.yaml");
    warnOfStrays(folder);
    if (!hasName(name(folder), folder)) {
      return;
    }
    modelNames.add(name(folder));
    int before = problems.errors();
    Source source = Source.read(file, problems);
    Node root = source == null ? null : YamlReader.read(source, problems);
    ReadModel read =
        root == null ? null : ModelReader.read(root, name(folder), calendars, problems);
    if (source == null || read == null) {
      return;
    }
    readModels.put(name(folder), read);
    List<Case> cases = readCases(folder.resolve("cases.yaml"), read, file);
    if (problems.errors() == before) {
      ScoringModel compiled = COMPILED.get(read.definition(), ScoringModel::of);
      models.put(
          name(folder),
          new ModelManifest(
              read.definition(),
              compiled,
              calendars.readBy(read.definition()),
              cases,
              file,
              source.text()));
    }
  }

  private List<Case> readCases(Path file, ReadModel model, Path modelFile) {
    if (!Files.exists(file)) {
      Position at = Position.start(Source.shown(modelFile));
      problems.note(
          at, "no cases.yaml beside this model, so nothing shows that it does what it should");
      return List.of();
    }
    Source source = Source.read(file, problems);
    Node root = source == null ? null : YamlReader.read(source, problems);
    return root == null || !model.complete()
        ? List.of()
        : CasesReader.read(root, model.definition(), problems);
  }

  private void warnOfStrays(Path folder) {
    for (Path file : list(folder, Files::isRegularFile)) {
      String name = name(file);
      boolean isYaml = name.endsWith(SUFFIX) || name.endsWith(".yml");
      if (isYaml && !name.equals("model.yaml") && !name.equals("cases.yaml")) {
        Position at = Position.start(Source.shown(file));
        problems.warning(at, "not read, expected model.yaml and cases.yaml here");
      }
    }
  }

  private boolean hasName(String name, Path path) {
    if (!Header.isName(name)) {
      problems.error(
          Position.start(Source.shown(path)),
          "\""
              + name
              + "\" names a manifest, expected 1 to 63 lower-case letters, digits and hyphens");
      return false;
    }
    return true;
  }

  // Connections

  private void readConnection(Path file) {
    String stem = stem(file);
    if (stem == null) {
      return;
    }
    Source source = Source.read(file, problems);
    Node root = source == null ? null : YamlReader.read(source, problems);
    ReadConnection read =
        root == null ? null : ConnectionReader.read(root, stem, secrets, problems);
    if (source != null && read != null) {
      sources.put(stem, source);
      readConnections.put(stem, read);
    }
  }

  private void sortConnections(PortalChecks portals) {
    readConnections.forEach(
        (name, read) -> {
          Connection connection = read.connection();
          Source source = sources.get(name);
          int before = problems.errors();
          portals.check(read);
          checkModels(read);
          if (problems.errors() > before || !read.complete() || !hasUsableModels(read)) {
            return;
          }
          if (connection == null || source == null) {
            waiting.add(new ConnectionId(name));
          } else {
            connections.put(connection.id(), manifest(connection, read, source));
          }
        });
  }

  // Apps

  private void readApp(Path file) {
    String stem = stem(file);
    if (stem == null) {
      return;
    }
    Source source = Source.read(file, problems);
    Node root = source == null ? null : YamlReader.read(source, problems);
    ReadApp read = root == null ? null : AppReader.read(root, stem, secrets, problems);
    if (source != null && read != null) {
      appSources.put(stem, source);
      readApps.put(stem, read);
    }
  }

  private void sortApps(PortalChecks portals) {
    readApps.forEach(
        (name, read) -> {
          int before = problems.errors();
          AppChecks.checkNames(name, read, readConnections.keySet(), problems);
          read.parts().forEach(portals::check);
          read.parts().forEach(this::checkModels);
          boolean complete = read.parts().stream().allMatch(ReadConnection::complete);
          boolean usable = read.parts().stream().allMatch(this::hasUsableModels);
          if (problems.errors() > before || !complete || !usable) {
            return;
          }
          OAuthApp app = read.app();
          Source source = appSources.get(name);
          if (app == null || source == null) {
            waiting.add(new ConnectionId(name));
          } else {
            apps.put(app.name(), manifest(app, read, source));
          }
        });
  }

  private AppManifest manifest(OAuthApp app, ReadApp read, Source source) {
    TreeMap<String, AppManifest.Part> portals = new TreeMap<>();
    read.portals().forEach((portal, part) -> portals.put(portal, part(part)));
    return new AppManifest(
        app, part(read.general()), portals, Path.of(source.file()), source.text());
  }

  private AppManifest.Part part(ReadConnection read) {
    return new AppManifest.Part(read, compiled(read));
  }

  private ConnectionManifest manifest(Connection connection, ReadConnection read, Source source) {
    return new ConnectionManifest(
        connection,
        compiled(read),
        ConnectionHash.of(connection, read.models(), read.references()),
        Path.of(source.file()),
        source.text());
  }

  private Map<String, ScoringModel> compiled(ReadConnection read) {
    Map<String, ScoringModel> compiled = new HashMap<>();
    read.models().forEach(use -> compiled.put(use.name(), compiled(use)));
    return compiled;
  }

  private ScoringModel compiled(ReadModelUse use) {
    return compiled(
        use, requireNonNull(models.get(use.use().model()), "looked for before").definition());
  }

  /** Returns a model for those whom a connection lets it score. */
  static ScoringModel compiled(ReadModelUse use, ModelDefinition definition) {
    Condition when = use.when();
    return COMPILED.get(when == null ? definition : definition.onlyFor(when), ScoringModel::of);
  }

  private void checkModels(ReadConnection connection) {
    for (ReadModelUse use : connection.models()) {
      String model = use.use().model();
      if (!modelNames.contains(model)) {
        String hint = Spelling.hint(model, modelNames);
        problems.error(use.at(), "unknown model \"" + model + "\"" + hint);
      }
    }
    ConnectionChecks.check(connection, readModels, readSources.values(), problems);
    ValueChecks.check(connection, readModels, problems);
  }

  // Event sources

  private void readSource(Path file) {
    String stem = stem(file);
    if (stem == null) {
      return;
    }
    Source source = Source.read(file, problems);
    Node root = source == null ? null : YamlReader.read(source, problems);
    ReadSource read = root == null ? null : EventSourceReader.read(root, stem, secrets, problems);
    if (source != null && read != null) {
      sourceTexts.put(stem, source);
      readSources.put(stem, read);
    }
  }

  private void sortSources() {
    EventSourceChecks checks =
        new EventSourceChecks(readConnections.keySet(), readApps.keySet(), problems);
    readSources.forEach(
        (name, read) -> {
          int before = problems.errors();
          checks.check(name, read);
          SourceManifest source =
              read.manifest(requireNonNull(sourceTexts.get(name), "read before").text());
          if (problems.errors() > before || !read.complete()) {
            return;
          }
          if (source == null) {
            waiting.add(new ConnectionId(name));
          } else {
            eventSources.put(source.source().name(), source);
          }
        });
  }

  private boolean hasUsableModels(ReadConnection connection) {
    return connection.models().stream().allMatch(use -> models.containsKey(use.use().model()));
  }
}
