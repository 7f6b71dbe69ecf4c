package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DeliveryFilter.Became;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deliveries retry}: has a running serve take up deliveries that were not applied. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Takes up deliveries once more that were quarantined, or events that were only noted.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Each is read by the manifests that are in force now, and what it says counts from now on. "
          + "What still cannot be read stays, with the reason. Done again it changes nothing.",
      "",
      "Exit codes: 0 all of it is applied, 1 some of it stays, 2 used wrongly."
    })
final class DeliveriesRetry implements Callable<Integer> {
  /** So many that stay are named, the others counted. */
  private static final int MOST_NAMED = 100;

  private final Terminal terminal;

  @Parameters(
      arity = "0..*",
      paramLabel = "NUMBER",
      description = "Numbers of deliveries, as deliveries list shows them.")
  private List<String> given = List.of();

  private List<Long> numbers = List.of();

  @Option(
      names = "--all-quarantined",
      description =
          "Only those that are quarantined, of all connections or the one named. Without it also "
              + "those of which events were only noted.")
  private boolean allQuarantined;

  @Mixin private DeliveryScope scope = new DeliveryScope();

  DeliveriesRetry(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What came of all of them. */
  private static final class Count {
    private long tried;
    private long applied;
    private long events;
    private long noted;
    private long stay;
    private long missing;
  }

  @Override
  public Integer call() {
    Count count = new Count();
    numbers = given.stream().map(DeliveriesRetry::number).toList();
    if (!numbers.isEmpty()) {
      if (allQuarantined || !scope.isOpen()) {
        throw new WrongUse("either numbers of deliveries, or which ones by options");
      }
      for (int from = 0; from < numbers.size(); from += RetryRoutes.MOST) {
        int to = Math.min(numbers.size(), from + RetryRoutes.MOST);
        retry(numbers.subList(from, to), count);
      }
    } else {
      retryChosen(count);
    }
    terminal.out().println(verdict(count));
    return count.stay == 0 && count.missing == 0 ? ExitCode.DONE : ExitCode.NO;
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new WrongUse("'" + text + "' is no number of a delivery; see deliveries list");
    }
    return Long.parseLong(text);
  }

  private void retryChosen(Count count) {
    if (scope.isOpen() && !allQuarantined) {
      throw new WrongUse(
          "which deliveries? Give their numbers, --connection, --since, --until, or"
              + " --all-quarantined");
    }
    Became became = allQuarantined ? Became.QUARANTINED : Became.WAITING;
    DeliveryFilter filter = scope.filter(became, null);
    ProgressBar bar = ProgressBar.beside(terminal);
    try (StoreReader reader = Store.read(scope.data())) {
      long total = reader.keptDeliveries().count(filter);
      List<JournalLine> page = reader.keptDeliveries().after(filter, 0, RetryRoutes.MOST);
      while (!page.isEmpty()) {
        if (total > RetryRoutes.MOST) {
          bar.show("retrying", count.tried, total);
        }
        retry(page.stream().map(JournalLine::sequence).toList(), count);
        long last = page.getLast().sequence();
        page = reader.keptDeliveries().after(filter, last, RetryRoutes.MOST);
      }
    }
    bar.clear();
  }

  private void retry(List<Long> some, Count count) {
    String list = some.stream().map(String::valueOf).collect(Collectors.joining(","));
    Path data = scope.data();
    JsonNode answer =
        AdminAddress.tell(data, "/api/deliveries/retry?numbers=" + list)
            .orElseThrow(() -> new WrongUse("the serve on " + data + " is of an older version"));
    answer.path("retried").forEach(one -> tell(one, count));
  }

  private void tell(JsonNode one, Count count) {
    count.tried++;
    String delivery = "delivery " + one.path("number").asText();
    switch (one.path("result").asText()) {
      case "applied" -> {
        count.applied++;
        count.events += one.path("events").asLong();
        count.noted += one.path("noted").asLong();
        if (!numbers.isEmpty()) {
          terminal.out().println(delivery + ": applied, " + events(one));
        }
      }
      case "nothing to do" -> {
        if (!numbers.isEmpty()) {
          terminal.out().println(delivery + ": nothing to do, all of it is applied");
        }
      }
      case "missing" -> {
        count.missing++;
        terminal.err().println("leadgauge: " + delivery + ": " + one.path("reason").asText());
      }
      default -> {
        count.stay++;
        if (count.stay <= MOST_NAMED) {
          String how =
              one.path("result").asText().equals("quarantined") ? "quarantined" : "as it is";
          terminal.out().println(delivery + ": stays " + how + ": " + one.path("reason").asText());
        }
      }
    }
  }

  private static String events(JsonNode one) {
    int noted = one.path("noted").asInt();
    return Tally.counted(one.path("events").asInt(), "event")
        + (noted == 0 ? "" : ", " + noted + " of them only noted");
  }

  private static String verdict(Count count) {
    if (count.tried == 0) {
      return "Nothing to do: no such delivery waits.";
    }
    String noted = count.noted == 0 ? "" : " of which " + count.noted + " only noted,";
    return count.tried
        + " tried: "
        + count.applied
        + " applied with "
        + count.events
        + (count.events == 1 ? " event," : " events,")
        + noted
        + " "
        + count.stay
        + (count.stay == 1 ? " stays" : " stay")
        + (count.stay > MOST_NAMED ? " (the first " + MOST_NAMED + " are named)" : "")
        + (count.missing == 0 ? "" : ", " + count.missing + " not kept");
  }
}
