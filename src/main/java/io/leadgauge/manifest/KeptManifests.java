package io.leadgauge.manifest;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.NoToken;
import io.leadgauge.model.Activation;
import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a version of a connection back from the texts of its manifests. No secret is asked for;
 * what comes of it decodes and scores, and can neither be called nor deliver. They were in force
 * once, so they are not checked against each other again. Not thread-safe.
 */
public final class KeptManifests {
  /** No file: the text is the journal's. */
  private static final Path NOWHERE = Path.of("journal");

  private final SecretSource secrets = SecretSource.none().orStandIns();
  private final Problems problems = new Problems();
  private final Calendars calendars = new Calendars();
  private final Map<String, ModelDefinition> models = new HashMap<>();
  private final List<SourceManifest> sources = new ArrayList<>();
  private final String portal;

  private KeptManifests(String portal) {
    this.portal = portal;
  }

  /**
   * What became of the texts.
   *
   * @param manifest the connection; null if it could not be read
   * @param problems why not, or what is worth knowing; copied
   */
  public record Read(@Nullable ConnectionManifest manifest, List<Problem> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads one back.
   *
   * @param portal the platform's id of the portal or org
   * @param kept all manifests that it consists of
   */
  public static Read read(String portal, Collection<Activation> kept) {
    return new KeptManifests(portal).read(kept);
  }

  private Read read(Collection<Activation> kept) {
    // What others name comes first.
    Map<ManifestKind, List<Activation>> byKind = new TreeMap<>();
    for (Activation one : kept) {
      ManifestKind.ofWord(one.kind())
          .ifPresent(kind -> byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(one));
    }
    of(byKind, ManifestKind.CALENDAR).forEach(this::calendar);
    of(byKind, ManifestKind.MODEL).forEach(this::model);
    of(byKind, ManifestKind.EVENT_SOURCE).forEach(this::source);
    List<ConnectionManifest> found = new ArrayList<>();
    of(byKind, ManifestKind.CONNECTION).forEach(one -> add(found, connection(one)));
    of(byKind, ManifestKind.APP).forEach(one -> add(found, app(one)));
    return new Read(found.isEmpty() ? null : found.getFirst(), problems.sorted());
  }

  private static List<Activation> of(Map<ManifestKind, List<Activation>> kept, ManifestKind kind) {
    return kept.getOrDefault(kind, List.of());
  }

  private void add(List<ConnectionManifest> found, @Nullable ConnectionManifest one) {
    if (one != null) {
      sources.sort(Comparator.comparing(source -> source.source().name()));
      found.add(one.fedBy(sources));
    }
  }

  private @Nullable Node root(Activation kept) {
    return YamlReader.read(new Source(kept.kind() + " " + kept.name(), kept.text()), problems);
  }

  private void calendar(Activation kept) {
    Node root = root(kept);
    Calendar read = root == null ? null : CalendarReader.read(root, kept.name(), problems);
    calendars.add(
        kept.name(), read == null ? null : new CalendarManifest(kept.name(), read, kept.text()));
  }

  private void model(Activation kept) {
    Node root = root(kept);
    ReadModel read = root == null ? null : ModelReader.read(root, kept.name(), calendars, problems);
    if (read != null && read.complete()) {
      models.put(kept.name(), read.definition());
    }
  }

  private void source(Activation kept) {
    Node root = root(kept);
    ReadSource read =
        root == null ? null : EventSourceReader.read(root, kept.name(), secrets, problems);
    SourceManifest manifest = read == null ? null : read.manifest(kept.text());
    if (manifest != null) {
      sources.add(manifest);
    }
  }

  private @Nullable ConnectionManifest connection(Activation kept) {
    Node root = root(kept);
    ReadConnection read =
        root == null ? null : ConnectionReader.read(root, kept.name(), secrets, problems);
    Connection connection = read == null ? null : read.connection();
    Map<String, ScoringModel> compiled = read == null ? null : compiled(read);
    return read == null || connection == null || compiled == null
        ? null
        : new ConnectionManifest(
            connection,
            compiled,
            ConnectionHash.of(connection, read.models(), read.references()),
            NOWHERE,
            kept.text());
  }

  private @Nullable ConnectionManifest app(Activation kept) {
    Node root = root(kept);
    ReadApp read = root == null ? null : AppReader.read(root, kept.name(), secrets, problems);
    if (read == null || read.app() == null) {
      return null;
    }
    ReadConnection part = read.portals().getOrDefault(portal, read.general());
    Map<String, ScoringModel> compiled = compiled(part);
    return compiled == null
        ? null
        : AppManifest.in(
            read.app(),
            new AppManifest.Part(part, compiled),
            portal,
            new NoToken("a version of the past"),
            NOWHERE,
            kept.text());
  }

  /** Returns the models of a connection, or of an app in a portal; null if one is missing. */
  private @Nullable Map<String, ScoringModel> compiled(ReadConnection read) {
    Map<String, ScoringModel> compiled = new HashMap<>();
    for (ReadModelUse use : read.models()) {
      ModelDefinition definition = models.get(use.use().model());
      if (definition == null) {
        problems.error(use.at(), "the model " + use.use().model() + " is not kept with it");
        return null;
      }
      compiled.put(use.name(), Manifests.compiled(use, definition));
    }
    return compiled;
  }
}
