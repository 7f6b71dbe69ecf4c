package io.leadgauge.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.NoToken;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.KeptManifests;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.ManifestKind;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Activation;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.SealedToken;
import io.leadgauge.pipeline.AppInstalls.Install;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.ConnectionScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests that we show, read back from the texts that are kept of them. */
class KeptManifestsTest {
  private static final Path SHOWN = Path.of("manifests");

  private static final String PORTAL = "12345678";

  @TempDir Path folder;

  private Catalog catalog() throws IOException {
    for (String part : List.of("models", "calendars")) {
      copyAll(SHOWN.resolve(part), folder.resolve(part));
    }
    Map<String, String> examples =
        Map.of(
            "hubspot.yaml", "connections",
            "salesforce.yaml", "connections",
            "hubspot-app.yaml", "apps",
            "website.yaml", "sources");
    for (Map.Entry<String, String> example : examples.entrySet()) {
      Path from = SHOWN.resolve("examples").resolve(example.getKey());
      String name = name(Files.readString(from));
      copy(from, folder.resolve(example.getValue()).resolve(name + ".yaml"));
    }
    // The example of an app says something of the same portal.
    Path connection = folder.resolve("connections/hubspot.yaml");
    Files.writeString(connection, Files.readString(connection).replace(PORTAL, "1"));
    Loaded loaded = Manifests.load(folder, SecretSource.none().orStandIns());
    assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
    return loaded.catalog();
  }

  private static String name(String text) {
    int from = text.indexOf("name: ") + "name: ".length();
    return text.substring(from).split("[^a-z0-9-]", 2)[0];
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static List<Install> installs(Catalog catalog) {
    List<Install> installs = new ArrayList<>();
    catalog
        .apps()
        .keySet()
        .forEach(
            app -> {
              for (String portal : List.of("7", PORTAL)) {
                SealedToken token = new SealedToken("k", new byte[1]);
                AppInstall kept = new AppInstall(app.name(), portal, 1, AppInstall.NEVER, token);
                installs.add(new Install(kept, new NoToken("a version of the past"), ""));
              }
            });
    return installs;
  }

  @Test
  void connection_readBackFromItsTexts_isTheSame() throws IOException {
    Catalog catalog = catalog();
    List<Candidate> candidates = Candidates.of(catalog, installs(catalog), 1);
    assertThat(candidates).hasSize(4);
    for (Candidate candidate : candidates) {
      ConnectionScope scope = candidate.scope();
      List<Activation> texts =
          candidate.manifests().stream()
              .filter(one -> ManifestKind.ofWord(one.kind()).isPresent())
              .toList();
      KeptManifests.Read read = KeptManifests.read(scope.connection().tenant(), texts);
      ConnectionManifest again = requireNonNull(read.manifest(), read.problems().toString());
      assertThat(
              new ConnectionScope(again.connection(), again.hash(), again.models()).configuration())
          .isEqualTo(scope.configuration());
      assertThat(again.connection())
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*token", ".*secret.*")
          .isEqualTo(scope.connection());
    }
    assertThat(candidates.stream().flatMap(one -> one.manifests().stream()).map(Activation::kind))
        .contains("Model", "Connection", "App", "EventSource", "Configuration");
  }

  @Test
  void text_whoseModelIsMissing_isNoConnection_andTheProblemSaysSo() throws IOException {
    Candidate candidate = Candidates.of(catalog(), List.of(), 1).getFirst();
    List<Activation> texts =
        candidate.manifests().stream().filter(one -> one.kind().equals("Connection")).toList();
    KeptManifests.Read read = KeptManifests.read("1", texts);
    assertThat(read.manifest()).isNull();
    assertThat(read.problems()).anyMatch(one -> one.message().contains("is not kept with it"));
  }
}
