package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.cli.AdminAddress.NoServe;
import io.leadgauge.model.ConnectionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code erase}: removes all that is kept of persons, for ever. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Removes all that is kept of persons, and takes nothing of them in any more.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Asks first, unless told --yes. Erase in the CRM as well: there the data live on. Works "
          + "through the serve that runs on the data folder, or on the folder itself.",
      "",
      "Exit codes: 0 nothing is left, 1 not confirmed, nobody found or not finished yet, 2 used "
          + "wrongly."
    })
final class EraseCommand implements Callable<Integer> {
  private static final int MOST_WAITS = 24;
  private static final String YES = "yes";

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "CONNECTION", description = "Whose contacts they are.")
  private String connection = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "CONTACT",
      description = "Ids of contacts, or e-mail addresses.")
  private List<String> persons = List.of();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean confirmed;

  @Mixin private DataFolder data = new DataFolder();

  EraseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Who erases: the running server, or this process. */
  interface Eraser extends AutoCloseable {
    /** Returns the contacts that an id or address means, with how much is kept of each. */
    JsonNode find(String person);

    /** Erases a contact with all that belongs to it; returns how much was kept. */
    JsonNode erase(String contact);

    /** Waits a moment for all to be done; returns how far it is. */
    JsonNode await();

    @Override
    void close();
  }

  @Override
  public Integer call() {
    try (Eraser eraser = eraser(GivenConnection.of(connection))) {
      List<String> contacts = meant(eraser);
      if (contacts.isEmpty()) {
        terminal.out().println("No contact of " + connection + " has, or had, this address.");
        return ExitCode.NO;
      }
      if (!confirmed && !isConfirmed(contacts.size())) {
        terminal.err().println("leadgauge: nothing was erased; answer " + YES + ", or pass --yes");
        return ExitCode.NO;
      }
      contacts.forEach(contact -> tell("Erased " + contact, eraser.erase(contact)));
      return finished(eraser);
    }
  }

  private Eraser eraser(ConnectionId id) {
    try {
      return ServedEraser.of(data.path(), id);
    } catch (NoServe e) {
      return FolderEraser.open(data.path(), id, terminal.clock());
    }
  }

  /** Lists who is meant; an id of which nothing is kept is erased in advance. */
  private List<String> meant(Eraser eraser) {
    SortedMap<String, JsonNode> contacts = new TreeMap<>();
    for (String person : persons) {
      for (JsonNode contact : eraser.find(person).path("contacts")) {
        contacts.put(contact.path("id").asText(), contact);
      }
    }
    if (!confirmed) {
      contacts.forEach((contact, kept) -> tell("Contact " + contact, kept));
    }
    return List.copyOf(contacts.keySet());
  }

  private boolean isConfirmed(int contacts) {
    String whom = contacts == 1 ? "this person" : "these " + contacts + " persons";
    terminal.out().print("Erase " + whom + " for ever? Type yes: ");
    terminal.out().flush();
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
      String answer = in.readLine();
      return answer != null && answer.strip().equals(YES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String what, JsonNode extent) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> records : extent.path("records").properties()) {
      parts.add(records.getValue().asLong() + " " + records.getKey());
    }
    parts.add(extent.path("facts").asLong() + " facts");
    parts.add(extent.path("entries").asLong() + " entries that name them");
    terminal.out().println(what + ": " + String.join(", ", parts));
    terminal.out().flush();
  }

  private int finished(Eraser eraser) {
    JsonNode progress = eraser.await();
    for (int i = 1; i < MOST_WAITS && !progress.path("done").asBoolean(); i++) {
      progress = eraser.await();
    }
    if (progress.path("done").asBoolean()) {
      terminal.out().println("Nothing is left of them in the data folder.");
      return ExitCode.DONE;
    }
    String trouble = progress.path("trouble").asText();
    terminal
        .err()
        .println(
            "leadgauge: not finished yet: "
                + (trouble.isEmpty() ? "it is under way" : trouble)
                + "; serve goes on with it, see 'erasure' in /health/ready");
    return ExitCode.NO;
  }
}
