package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.replay.CaptureFile;
import io.leadgauge.replay.CaptureFile.UnreadableCaptureException;
import io.leadgauge.replay.FreshRequests;
import io.leadgauge.replay.FreshRequests.UnsendableException;
import io.leadgauge.replay.KeptRecording;
import io.leadgauge.replay.Recording;
import io.leadgauge.replay.SendOrder;
import io.leadgauge.replay.SendResult;
import io.leadgauge.replay.SendTarget;
import io.leadgauge.replay.Sending;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DeliveryFilter.Became;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code replay --send}: deliveries again over HTTP, freshly signed. */
final class ReplaySend {
  private static final int MOST_AT_ONCE = 256;
  private static final int SHUFFLED_AT_ONCE = 16;
  private static final int MOST_TIMES = 1_000;
  private static final long NANOS = 1_000_000_000L;

  @Option(
      names = "--send",
      required = true,
      paramLabel = "URL",
      description =
          "Where to: a base address, under which each goes to the path that it came to, or the "
              + "address of one webhook.")
  private String send = "";

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Sends the deliveries of a capture, one a line, instead of those that are kept.")
  private @Nullable Path from;

  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      description = "The receiver's manifests, whose secrets sign. Default: ${DEFAULT-VALUE}",
      defaultValue = "manifests")
  private Path manifests = Path.of("manifests");

  @Option(
      names = "--sign-as",
      paramLabel = "URL",
      description =
          "What the receiver believes to be its public address. Default: what its manifests say.")
  private @Nullable String signAs;

  /** In which order. */
  private enum Order {
    RECORDED,
    SHUFFLED
  }

  @Option(
      names = "--order",
      paramLabel = "recorded|shuffled",
      description = "In which order. Default: ${DEFAULT-VALUE}",
      defaultValue = "recorded")
  private Order order = Order.RECORDED;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Shuffles the same way as the last time with this number.")
  private @Nullable Long seed;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How often each is sent. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private int times = 1;

  @Option(
      names = "--speed",
      paramLabel = "recorded|10x|max",
      description =
          "As fast as they came, so many times faster, or as fast as the receiver takes "
              + "them. Default: ${DEFAULT-VALUE}",
      defaultValue = "max")
  private String speed = "max";

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "How many are on their way at once. Default: 1 in the recorded order, which more of them "
              + "would not keep, else "
              + SHUFFLED_AT_ONCE
              + ".")
  private @Nullable Integer concurrency;

  int run(Terminal terminal, ReplayScope scope) {
    int atOnce = atOnce();
    int factor = factor();
    if (times < 1 || times > MOST_TIMES) {
      throw new WrongUse("--times " + times + ", expected 1 to " + MOST_TIMES);
    }
    SigningSecrets secrets = SigningSecrets.load(manifests, terminal);
    FreshRequests requests =
        new FreshRequests(
            secrets.catalog(), target(), scope.connection().orElse(null), secrets::missing);
    try (Recording recording = recording(scope)) {
      if (recording.size() == 0) {
        terminal.out().println("No deliveries to send.");
        return ExitCode.DONE;
      }
      Long shuffled = shuffled(terminal);
      SendOrder sends = SendOrder.of(recording, times, shuffled, factor);
      Sending sending = new Sending(recording, sends, requests, terminal.clock());
      ProgressBar bar = ProgressBar.beside(terminal);
      SendResult result = sending.run(atOnce, done -> bar.show("sending", done, sends.size()));
      bar.clear();
      tell(terminal, scope, result, shuffled);
      return result.isWell() ? ExitCode.DONE : ExitCode.NO;
    } catch (UnsendableException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WrongUse("interrupted while sending");
    }
  }

  private SendTarget target() {
    try {
      return SendTarget.of(send, signAs);
    } catch (IllegalArgumentException e) {
      throw new WrongUse("--send " + send + ", expected an address such as http://127.0.0.1:8080");
    }
  }

  private Recording recording(ReplayScope scope) {
    ConnectionId connection = scope.connection().orElse(null);
    long since = scope.since().orElse(0L);
    long until = scope.until().orElse(Long.MAX_VALUE);
    if (from == null) {
      DeliveryFilter filter = new DeliveryFilter(connection, since, until, Became.ANYTHING, null);
      return kept(scope, filter);
    }
    try {
      return CaptureFile.open(from, CaptureFile.of(connection, since, until));
    } catch (UnreadableCaptureException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new WrongUse("cannot read " + from + ": " + FileTrouble.of(e));
    }
  }

  /** That nothing came for a connection is an answer; that there is none is a wrong use. */
  private static Recording kept(ReplayScope scope, DeliveryFilter filter) {
    StoreReader reader = Store.read(scope.data());
    Recording kept = new KeptRecording(reader, filter);
    if (filter.connection() != null && kept.size() == 0) {
      try {
        ServedConnections.known(reader, filter.connection());
      } catch (WrongUse e) {
        kept.close();
        throw e;
      }
    }
    return kept;
  }

  private int atOnce() {
    if (concurrency == null) {
      return order == Order.RECORDED ? 1 : SHUFFLED_AT_ONCE;
    }
    if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
      throw new WrongUse("--concurrency " + concurrency + ", expected 1 to " + MOST_AT_ONCE);
    }
    return concurrency;
  }

  private @Nullable Long shuffled(Terminal terminal) {
    if (order == Order.RECORDED) {
      if (seed != null) {
        throw new WrongUse("--seed goes with --order shuffled");
      }
      return null;
    }
    return seed == null ? Long.valueOf(terminal.clock().random().nextInt(Integer.MAX_VALUE)) : seed;
  }

  /** Returns how many times as fast as they came; 0 for as fast as can be. */
  private int factor() {
    String text = speed.toLowerCase(Locale.ROOT);
    if (text.equals("max")) {
      return 0;
    }
    if (text.equals("recorded")) {
      return 1;
    }
    if (text.matches("[1-9][0-9]{0,5}x")) {
      return Integer.parseInt(text.substring(0, text.length() - 1));
    }
    throw new WrongUse("--speed " + speed + ", expected recorded, max, or such as 10x");
  }

  private static void tell(
      Terminal terminal, ReplayScope scope, SendResult result, @Nullable Long seed) {
    switch (scope.format()) {
      case TEXT -> lines(result, seed).forEach(terminal.out()::println);
      case JSON -> terminal.out().println(json(result, seed).toPrettyString());
    }
  }

  private static List<String> lines(SendResult result, @Nullable Long seed) {
    List<String> lines = new ArrayList<>();
    lines.add(
        result.sent()
            + " sent and answered in "
            + ProgressBar.span(result.nanos() / NANOS)
            + rate(result)
            + (seed == null ? "" : ", shuffled by --seed " + seed));
    result.answers().forEach((status, count) -> lines.add("  " + status + ": " + count));
    result
        .firstBodies()
        .forEach(
            (status, body) ->
                lines.add(
                    "  the first " + status + ": " + (body.isBlank() ? "no body" : body.strip())));
    if (result.waits() > 0) {
      lines.add("  waited " + result.waits() + " times since the receiver was full or down (503)");
    }
    if (result.unanswered() > 0) {
      lines.add("  not answered: " + result.unanswered());
    }
    if (result.emptied() > 0) {
      lines.add("  not sent, their bodies are not kept any more: " + result.emptied());
    }
    return lines;
  }

  private static String rate(SendResult result) {
    return result.nanos() < NANOS
        ? ""
        : ", " + result.sent() * NANOS / result.nanos() + " a second";
  }

  private static ObjectNode json(SendResult result, @Nullable Long seed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sent", result.sent());
    ObjectNode answers = json.putObject("answers");
    result.answers().forEach((status, count) -> answers.put(status.toString(), count));
    ObjectNode bodies = json.putObject("firstBodies");
    result.firstBodies().forEach((status, body) -> bodies.put(status.toString(), body));
    json.put("unanswered", result.unanswered()).put("emptied", result.emptied());
    json.put("waits", result.waits()).put("millis", result.nanos() / 1_000_000);
    return json.put("seed", seed);
  }
}
