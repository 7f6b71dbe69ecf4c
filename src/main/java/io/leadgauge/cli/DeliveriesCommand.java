package io.leadgauge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.cli.AdminAddress.NoServe;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DeliveryFilter.Became;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptDelivery;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deliveries}: what came in, and what became of it. Reads beside a running serve. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    header = "Shows what came in and what became of it.",
    synopsisHeading = "%nUsage: ",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class DeliveriesCommand implements Runnable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REFUSED = "r";

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  DeliveriesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns the command with all that it can do. */
  static CommandLine line(Terminal terminal) {
    return new CommandLine(new DeliveriesCommand(terminal))
        .addSubcommand(new DeliveriesRetry(terminal))
        .addSubcommand(new DeliveriesExport(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given, expected list, show, retry or export");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Lists deliveries, newest first.",
      synopsisHeading = "%nUsage: ",
      optionListHeading = "%nOptions:%n",
      footer = {"", "Exit codes: 0 listed, 1 there is no store, 2 used wrongly."})
  int list(
      @Mixin DeliveryScope scope,
      @Option(
              names = "--contact",
              paramLabel = "[TYPE/]ID",
              description = "Only those that name this contact; they may tell of others as well.")
          @Nullable String contact,
      @Option(
              names = "--outcome",
              paramLabel = "applied|noted|quarantined",
              description = "Only those of which this became.")
          @Nullable Became outcome,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "How many at most. Default: ${DEFAULT-VALUE}")
          int limit,
      @Option(
              names = "--before",
              paramLabel = "NUMBER",
              description = "Only those before this one; for the next page.")
          @Nullable Long before,
      @Option(
              names = "--refused",
              description = "The last requests that were refused, from the running serve.")
          boolean refused) {
    if (limit < 1) {
      throw new WrongUse("--limit " + limit + ", expected 1 or more");
    }
    if (refused) {
      if (contact != null || outcome != null || before != null) {
        throw new WrongUse("--refused goes with --connection alone");
      }
      scope.refuseSpan("--refused goes with --connection alone");
      listRefused(scope.data(), scope.connection());
      return ExitCode.DONE;
    }
    try (StoreReader reader = Store.read(scope.data())) {
      DeliveryFilter filter = scope.filter(reader, outcome, contact);
      listKept(reader, filter, limit, before == null ? Long.MAX_VALUE : before);
    }
    return ExitCode.DONE;
  }

  private void listKept(StoreReader reader, DeliveryFilter filter, int limit, long before) {
    List<JournalLine> lines = reader.keptDeliveries().before(filter, before, limit);
    if (lines.isEmpty()) {
      terminal.out().println(none(reader, filter, before));
      return;
    }
    row("number", "received", "connection", "events", "bytes", "outcome");
    for (JournalLine line : lines) {
      row(
          Long.toString(line.sequence()),
          Instant.ofEpochMilli(line.receivedAt()).toString(),
          line.connection(),
          Integer.toString(line.events()),
          Long.toString(line.bytes()),
          outcome(line));
    }
    long last = lines.getLast().sequence();
    if (lines.size() == limit && !reader.keptDeliveries().before(filter, last, 1).isEmpty()) {
      terminal.out().println("Older ones: --before " + last);
    }
  }

  private static String none(StoreReader reader, DeliveryFilter filter, long before) {
    ConnectionId connection = filter.connection();
    boolean isAny =
        filter.record() == null
            && filter.outcome() == Became.ANYTHING
            && filter.since() == 0
            && filter.until() == Long.MAX_VALUE
            && before == Long.MAX_VALUE;
    return (isAny ? "No deliveries" : "No such deliveries")
        + (connection == null
            ? ""
            : " of " + connection + ServedConnections.others(reader, connection))
        + ".";
  }

  private static String outcome(JournalLine line) {
    if (line.quarantined() != null) {
      return "quarantined: " + line.quarantined();
    }
    return line.noted() == 0 ? "applied" : "applied, " + line.noted() + " only noted";
  }

  private void row(
      String number,
      String received,
      String connection,
      String events,
      String bytes,
      String outcome) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%8s  %-24s  %-16s  %6s  %8s  %s%n",
            number,
            received,
            connection,
            events,
            bytes,
            outcome);
  }

  private void listRefused(Path data, @Nullable ConnectionId connection) {
    String query = connection == null ? "" : "?connection=" + connection;
    JsonNode answer =
        AdminAddress.ask(data, "/api/refused" + query)
            .orElseThrow(
                () -> new WrongUse("the server on " + data + " does not answer; see its log"));
    if (answer.path("refused").isEmpty()) {
      terminal.out().println("Nothing was refused since the start.");
      return;
    }
    terminal
        .out()
        .printf("%8s  %-24s  %-16s  %6s  %s%n", "id", "at", "connection", "status", "why");
    for (JsonNode one : answer.path("refused")) {
      terminal
          .out()
          .printf(
              "%8s  %-24s  %-16s  %6s  %s%n",
              REFUSED + one.path("id").asText(),
              one.path("at").asText(),
              one.path("connection").asText("-"),
              one.path("status").asText(),
              one.path("reason").asText() + ": " + one.path("text").asText());
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Shows one delivery, or one refused request with the steps of its signature.",
      synopsisHeading = "%nUsage: ",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n",
      footer = {"", "Exit codes: 0 shown, 1 there is none, 2 used wrongly."})
  int show(
      @Parameters(
              paramLabel = "NUMBER",
              description = "The number of a delivery, or r and the id of a refused request.")
          String number,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description =
                  "Of how many contacts it is told what the delivery changed. Default:"
                      + " ${DEFAULT-VALUE}")
          int limit,
      @Mixin DataFolder data) {
    if (limit < 1) {
      throw new WrongUse("--limit " + limit + ", expected 1 or more");
    }
    boolean shown =
        number.startsWith(REFUSED)
            ? showRefused(data.path(), number(number.substring(REFUSED.length())))
            : showKept(data.path(), number(number), limit);
    if (!shown) {
      terminal.err().println("leadgauge: there is no delivery " + number);
    }
    return shown ? ExitCode.DONE : ExitCode.NO;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new WrongUse("'" + text + "' is no number of a delivery; see deliveries list");
    }
  }

  private boolean showKept(Path data, long sequence, int most) {
    try (StoreReader reader = Store.read(data)) {
      Optional<KeptDelivery> found = reader.keptDeliveries().find(sequence);
      found.ifPresent(kept -> print(kept, notes(data, kept.line())));
      found.ifPresent(kept -> new AftermathText(terminal).print(reader, kept, most));
      return found.isPresent();
    }
  }

  /** Only a running serve knows how a connection reads its deliveries. */
  private static List<String> notes(Path data, JournalLine line) {
    List<String> notes = new ArrayList<>();
    if (line.noted() > 0) {
      try {
        AdminAddress.ask(data, "/api/deliveries/" + line.sequence())
            .ifPresent(json -> json.path("notes").forEach(note -> notes.add(note.asText())));
      } catch (NoServe e) {
        notes.add("serve tells what is wrong with them, while it runs");
      }
    }
    return notes;
  }

  private void print(KeptDelivery kept, List<String> notes) {
    JournalLine line = kept.line();
    field("delivery", Long.toString(line.sequence()));
    field("connection", line.connection());
    field("received", Instant.ofEpochMilli(line.receivedAt()).toString());
    field("outcome", outcome(line));
    field("events", Integer.toString(line.events()));
    notes.forEach(note -> field("  only noted", note));
    field("request", kept.delivery().method() + " " + kept.delivery().path());
    kept.delivery().headers().forEach(header -> field("  " + header.name(), header.value()));
    if (!kept.hasBody()) {
      field("body", "emptied with its headers, by --keep-bodies of serve; its facts are kept");
    }
    body(new String(kept.delivery().body(), StandardCharsets.UTF_8));
  }

  private boolean showRefused(Path data, long id) {
    Optional<JsonNode> found = AdminAddress.ask(data, "/api/refused/" + id);
    found.ifPresent(this::print);
    return found.isPresent();
  }

  private void print(JsonNode refused) {
    field("refused", REFUSED + refused.path("id").asText());
    field("connection", refused.path("connection").asText("-"));
    field("at", refused.path("at").asText());
    field("status", refused.path("status").asText());
    field("why", refused.path("reason").asText() + ": " + refused.path("text").asText());
    for (JsonNode step : refused.path("signature")) {
      field("  " + step.path("step").asText(), mark(step) + " " + step.path("detail").asText());
    }
    field("request", refused.path("method").asText() + " " + refused.path("path").asText());
    for (JsonNode header : refused.path("headers")) {
      field("  " + header.path("name").asText(), header.path("value").asText());
    }
    body(refused.path("body").asText());
  }

  private String mark(JsonNode step) {
    String result = step.path("result").asText();
    return switch (result) {
      case "ok" -> Style.GOOD.of(result, terminal.colour());
      case "failed" -> Style.BAD.of(result, terminal.colour());
      default -> Style.FAINT.of(result, terminal.colour());
    };
  }

  private void field(String name, String value) {
    terminal.out().printf("%-29s %s%n", name, value);
  }

  private void body(String body) {
    if (body.isBlank()) {
      return;
    }
    terminal.out().println();
    terminal.out().println(pretty(body));
  }

  private static String pretty(String body) {
    try {
      return MAPPER.readTree(body).toPrettyString();
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}
