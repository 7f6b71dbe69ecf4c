package io.leadgauge.cli;

import io.leadgauge.model.Delivery;
import io.leadgauge.replay.CaptureLines;
import io.leadgauge.replay.CapturedDelivery;
import io.leadgauge.replay.PseudonymousDelivery;
import io.leadgauge.replay.Pseudonyms;
import io.leadgauge.replay.Replacement;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DeliveryFilter.Became;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deliveries export}: deliveries as lines of JSON, as they were received. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Writes deliveries as lines of JSON, oldest first.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Reads beside a running serve. Secrets stay masked. What is written can be sent again by "
          + "replay --send URL --from FILE.",
      "",
      "Exit codes: 0 written, 1 some could not be, or there is no store, 2 used wrongly."
    })
final class DeliveriesExport implements Callable<Integer> {
  private static final int PAGE = 500;
  private static final int BAR_FROM = 2_000;

  private final Terminal terminal;

  @Mixin private DeliveryScope scope = new DeliveryScope();

  @Option(
      names = "--contact",
      paramLabel = "[TYPE/]ID",
      description = "Only those that name this contact; they may tell of others as well.")
  private @Nullable String contact;

  @Option(
      names = "--outcome",
      paramLabel = "applied|noted|quarantined",
      description = "Only those of which this became.")
  private @Nullable Became outcome;

  @Option(
      names = "--pseudonyms",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "KEYFILE",
      description =
          "Replaces personal data, the same by the same. With a file, by the key in it (made where "
              + "there is none); else by a fresh one that is forgotten.")
  private @Nullable String pseudonyms;

  @Option(names = "--ids", description = "With --pseudonyms: replaces ids of records as well.")
  private boolean ids;

  @Option(
      names = "--keep-domains",
      description = "With --pseudonyms: keeps the domains of e-mail addresses.")
  private boolean keepDomains;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "FIELD",
      description = "With --pseudonyms: fields that tell nothing of anybody and stay.")
  private List<String> keep = List.of();

  @Option(
      names = "--replace",
      split = ",",
      paramLabel = "FIELD",
      description = "With --pseudonyms: fields that do not stay although they usually do.")
  private List<String> replace = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write; must not be there yet. Default: standard output.")
  private @Nullable Path out;

  DeliveriesExport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What became of them. */
  private static final class Count {
    private long written;
    private long emptied;
    private long unread;
  }

  @Override
  public Integer call() {
    Optional<PseudonymousDelivery> replacing = replacing();
    Count count = new Count();
    try (StoreReader reader = Store.read(scope.data())) {
      DeliveryFilter filter = scope.filter(reader, outcome, contact);
      if (out == null) {
        export(reader, filter, replacing, terminal.out(), count);
      } else {
        try (Writer file = Files.newBufferedWriter(out, StandardOpenOption.CREATE_NEW);
            PrintWriter lines = new PrintWriter(file)) {
          export(reader, filter, replacing, lines, count);
          if (lines.checkError()) {
            throw new WrongUse("cannot write " + out);
          }
        } catch (IOException e) {
          throw new WrongUse("cannot write " + out + ": " + FileTrouble.of(e));
        }
      }
    }
    return told(count);
  }

  private int told(Count count) {
    if (out != null) {
      terminal.out().println(deliveries(count.written) + " in " + out);
    } else if (count.written + count.emptied + count.unread == 0) {
      terminal.err().println("leadgauge: no such deliveries");
    }
    if (count.emptied > 0) {
      terminal
          .err()
          .println(
              "leadgauge: "
                  + deliveries(count.emptied)
                  + " left out: no body is kept of them any more");
    }
    if (count.unread > 0) {
      terminal
          .err()
          .println(
              "leadgauge: "
                  + deliveries(count.unread)
                  + " left out: neither JSON nor XML, so nobody knows what of them is personal");
    }
    return count.emptied + count.unread == 0 ? ExitCode.DONE : ExitCode.NO;
  }

  private static String deliveries(long count) {
    return count + (count == 1 ? " delivery" : " deliveries");
  }

  private Optional<PseudonymousDelivery> replacing() {
    if (pseudonyms == null) {
      if (ids || keepDomains || !keep.isEmpty() || !replace.isEmpty()) {
        throw new WrongUse("--ids, --keep-domains, --keep and --replace go with --pseudonyms");
      }
      return Optional.empty();
    }
    byte[] key =
        pseudonyms.isEmpty()
            ? PseudonymKey.fresh(terminal.clock())
            : PseudonymKey.of(Path.of(pseudonyms), terminal);
    Pseudonyms made = new Pseudonyms(key, keepDomains);
    return Optional.of(new PseudonymousDelivery(new Replacement(made, ids, keep, replace)));
  }

  private void export(
      StoreReader reader,
      DeliveryFilter filter,
      Optional<PseudonymousDelivery> replacing,
      PrintWriter lines,
      Count count) {
    ProgressBar bar = ProgressBar.beside(terminal);
    long total = out == null ? 0 : reader.keptDeliveries().count(filter);
    long done = 0;
    List<JournalLine> page = reader.keptDeliveries().after(filter, 0, PAGE);
    while (!page.isEmpty()) {
      for (JournalLine line : page) {
        reader
            .journal()
            .entry(line.sequence())
            .ifPresent(entry -> export(entry, replacing, lines, count));
      }
      done += page.size();
      if (total >= BAR_FROM) {
        bar.show("exporting", done, total);
      }
      page = reader.keptDeliveries().after(filter, page.getLast().sequence(), PAGE);
    }
    bar.clear();
    lines.flush();
  }

  private static void export(
      JournalEntry entry,
      Optional<PseudonymousDelivery> replacing,
      PrintWriter lines,
      Count count) {
    if (!(entry.entry() instanceof Delivery delivery)) {
      return;
    }
    if (!entry.hasBody()) {
      count.emptied++;
      return;
    }
    CapturedDelivery kept = CapturedDelivery.of(delivery);
    Optional<CapturedDelivery> written =
        replacing.isEmpty() ? Optional.of(kept) : replacing.get().of(kept);
    if (written.isEmpty()) {
      count.unread++;
      return;
    }
    lines.print(CaptureLines.write(written.get()) + "\n");
    count.written++;
  }
}
