package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes the package of a Salesforce connection into a folder, and tells how to go on. */
final class PackageFolder {
  private final SalesforcePackage files;
  private final SortedMap<String, SortedSet<String>> messages;
  private final Path folder;
  private final Terminal terminal;
  private final Format format;

  /**
   * Makes a folder of a package.
   *
   * @param user the integration user's name; null for that of the credentials
   */
  PackageFolder(
      SalesforceParts parts, @Nullable String user, Path folder, Terminal terminal, Format format) {
    this.files = parts.files(user);
    this.messages = SalesforcePackage.messages(parts.needs());
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
    SortedMap<String, String> written = new FileTree(folder, files::isSecret).write(files.files());
    switch (format) {
      case JSON -> terminal.out().println(json(written).toPrettyString());
      case TEXT -> tell(written);
    }
  }

  private ObjectNode json(Map<String, String> written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode names = json.putObject("files");
    written.forEach(names::put);
    ArrayNode secret = json.putArray("secret");
    written.keySet().stream().filter(files::isSecret).forEach(secret::add);
    ObjectNode listed = json.putObject("messages");
    messages.forEach(
        (type, fields) -> {
          ArrayNode list = listed.putArray(type);
          fields.forEach(list::add);
        });
    return json;
  }

  private void tell(Map<String, String> written) {
    PrintWriter out = terminal.out();
    written.forEach((name, how) -> out.printf("  %-10s  %s%n", how, folder.resolve(name)));
    out.println();
    placeholders().forEach(out::println);
    if (!files.isTokenToBePut()) {
      out.println(
          Style.DOUBTFUL.of("Do not commit", terminal.colour())
              + " "
              + folder.resolve(SalesforcePackage.MESSAGES)
              + ": its files hold the token. Only you can read them.");
    }
    out.println();
    out.println("Say in the connection what each message carries, once it is deployed:");
    out.println();
    messagesBlock(messages, terminal.width()).forEach(out::println);
    out.println();
    out.println("Next:");
    out.println("  cd " + folder);
    out.println("  sf project deploy start --source-dir force-app");
    out.println("  sf org assign permset --name Leadgauge --on-behalf-of " + files.user());
    out.println();
    out.println("And once serve answers:");
    out.println("  sf project deploy start --metadata-dir messages");
  }

  private List<String> placeholders() {
    List<String> lines = new ArrayList<>();
    if (files.isTokenToBePut()) {
      lines.add(
          "The token of webhooks is not set here. Set it and write the package again, or put it in"
              + " place of "
              + SalesforcePackage.TOKEN_GOES_HERE
              + ".");
    }
    if (files.isUserToBePut()) {
      lines.add(
          "Name the integration user by --user, or put the username in place of "
              + SalesforcePackage.USER_GOES_HERE
              + ".");
    }
    return lines;
  }

  /** Returns the part of a manifest that says what each message carries, in lines of a width. */
  static List<String> messagesBlock(SortedMap<String, SortedSet<String>> messages, int width) {
    List<String> lines = new ArrayList<>(List.of("  webhooks:", "    messages:"));
    messages.forEach((type, fields) -> lines.addAll(flow("      " + type + ": [", fields, width)));
    return lines;
  }

  private static List<String> flow(String head, SortedSet<String> fields, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    String left = String.join(", ", fields) + "]";
    for (String word : left.split(" ", -1)) {
      boolean first = line.length() == head.length() && lines.isEmpty();
      if (!first && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder("         ");
        first = false;
      }
      line.append(first ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
