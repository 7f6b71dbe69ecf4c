package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Activation;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code versions}: which manifests have been in force, and when. Reads beside a running serve. */
@Command(
    name = "versions",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Lists the versions of manifests that have been in force, newest first.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit codes: 0 listed, 2 used wrongly."})
final class VersionsCommand implements Callable<Integer> {
  private static final int SHORT_HASH = 12;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Only of this manifest; model/NAME where one of another kind has the name.")
  private @Nullable String name;

  @Option(
      names = "--show",
      paramLabel = "HASH",
      description = "Prints the text of one version, as it was written.")
  private @Nullable String show;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private DataFolder data = new DataFolder();

  VersionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (show != null) {
      if (name == null) {
        throw new WrongUse("--show needs the NAME of the manifest");
      }
      terminal.out().print(KeptVersions.find(KeptVersions.ofOne(data.path(), name), show).text());
      return ExitCode.DONE;
    }
    List<Activation> versions = KeptVersions.of(data.path(), name);
    switch (format.format()) {
      case TEXT -> print(versions);
      case JSON -> terminal.out().println(json(versions).toPrettyString());
    }
    return ExitCode.DONE;
  }

  private void print(List<Activation> versions) {
    if (versions.isEmpty()) {
      terminal.out().println("No manifest has been in force" + (name == null ? "." : ": " + name));
      return;
    }
    row("kind", "name", "hash", "in force from");
    Set<String> seen = new HashSet<>();
    for (Activation version : versions) {
      String at = Instant.ofEpochMilli(version.receivedAt()).toString();
      row(
          KeptVersions.kind(version),
          version.name(),
          version.hash().substring(0, Math.min(SHORT_HASH, version.hash().length())),
          isFirst(seen, version) ? at + "  now" : at);
    }
  }

  private void row(String kind, String named, String hash, String at) {
    terminal.out().printf(Locale.ROOT, "%-10s  %-24s  %-12s  %s%n", kind, named, hash, at);
  }

  private static ObjectNode json(List<Activation> versions) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("versions");
    Set<String> seen = new HashSet<>();
    for (Activation version : versions) {
      list.addObject()
          .put("kind", KeptVersions.kind(version))
          .put("name", version.name())
          .put("hash", version.hash())
          .put("at", Instant.ofEpochMilli(version.receivedAt()).toString())
          .put("inForce", isFirst(seen, version));
    }
    return json;
  }

  private static boolean isFirst(Set<String> seen, Activation version) {
    return seen.add(version.kind() + " " + version.name());
  }
}
