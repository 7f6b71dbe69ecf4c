package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.hubspot.HubSpotProject;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** Writes the developer project of a connection or an app into a folder, and tells how to go on. */
final class ProjectFolder {
  private final HubSpotProject project;
  private final Path folder;
  private final Terminal terminal;
  private final Format format;

  ProjectFolder(HubSpotProject project, Path folder, Terminal terminal, Format format) {
    this.project = project;
    this.folder = folder;
    this.terminal = terminal;
    this.format = format;
  }

  /**
   * Writes the files; those that stand there already as they should are left alone.
   *
   * @throws WrongUse if the folder cannot be written
   */
  void write() {
    SortedMap<String, String> written = new FileTree(folder, name -> false).write(project.files());
    switch (format) {
      case JSON -> terminal.out().println(json(written).toPrettyString());
      case TEXT -> tell(written);
    }
  }

  private ObjectNode json(Map<String, String> written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode files = json.putObject("files");
    written.forEach(files::put);
    ArrayNode scopes = json.putArray("scopes");
    project.scopes().forEach(scopes::add);
    ArrayNode polled = json.putArray("polled");
    project.unsent().forEach(polled::add);
    return json.put("subscriptions", project.events());
  }

  private void tell(Map<String, String> written) {
    written.forEach(
        (name, how) -> terminal.out().printf("  %-10s  %s%n", how, folder.resolve(name)));
    terminal.out().println();
    terminal
        .out()
        .println(
            project.events()
                + " subscriptions, scopes "
                + String.join(", ", project.scopes())
                + ".");
    if (!project.unsent().isEmpty()) {
      terminal
          .out()
          .println(
              "HubSpot sends no event of "
                  + String.join(", ", project.unsent())
                  + ": polled instead.");
    }
    if (project.isTokenToBePut()) {
      terminal
          .out()
          .println(
              "Put the token in place of "
                  + HubSpotProject.TOKEN_GOES_HERE
                  + "; secrets are not written into files.");
    }
    terminal.out().println();
    terminal.out().println("Next:");
    terminal.out().println("  cd " + folder + " && hs project upload");
  }
}
