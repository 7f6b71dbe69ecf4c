package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.ScoreJson;
import io.leadgauge.replay.AsOf;
import io.leadgauge.replay.Life;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code replay --contact}. */
final class ReplayContact {
  private static final int MOST_ENTRIES = 500;

  @Option(
      names = "--contact",
      required = true,
      paramLabel = "[TYPE/]ID",
      description = "Whose life is told, such as 101 or lead/00Q5e000002abcd.")
  private String contact = "";

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = {
        "What was known at this instant, and what had happened by then, instead of the whole life."
      })
  private @Nullable String at;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many entries are told at most, the newest. Default: " + MOST_ENTRIES)
  private @Nullable Integer limit;

  int run(Terminal terminal, ReplayScope scope) {
    int most = limit == null ? MOST_ENTRIES : limit;
    if (most < 1) {
      throw new WrongUse("--limit " + limit + ", expected 1 or more");
    }
    if (at != null && limit != null) {
      throw new WrongUse("--limit goes with the whole life, not with --at");
    }
    scope.refuseSpan("a life is cut by --limit, and looked at by --at");
    try (StoreReader reader = Store.read(scope.data())) {
      Optional<ConnectionId> connection =
          scope.connection().map(named -> ServedConnections.known(reader, named));
      RecordRef ref = KeptContact.of(reader, connection, contact);
      try (Storyteller teller = new Storyteller(reader, ref.connection(), terminal.clock())) {
        boolean told =
            at == null
                ? tell(terminal, scope, teller.teller().life(ref, most, terminal.clock().now()))
                : show(terminal, scope, teller.teller().asOf(ref, GivenInstant.of("--at", at)));
        if (!told) {
          String when = at == null ? "is kept of " : "was kept by " + at + " of ";
          terminal
              .err()
              .println("leadgauge: nothing " + when + StoryWords.name(ref) + trouble(teller));
        }
        return told ? ExitCode.DONE : ExitCode.NO;
      }
    }
  }

  private static String trouble(Storyteller teller) {
    String trouble = teller.trouble();
    return trouble.isEmpty() ? "" : "; " + trouble;
  }

  private static boolean tell(Terminal terminal, ReplayScope scope, Optional<Life> life) {
    life.ifPresent(
        told -> {
          switch (scope.format()) {
            case TEXT -> new LifeText(told, terminal).print();
            case JSON -> terminal.out().println(ScoreJson.text(StoryJson.of(told)));
          }
        });
    return life.isPresent();
  }

  private static boolean show(Terminal terminal, ReplayScope scope, Optional<AsOf> asOf) {
    asOf.ifPresent(
        seen -> {
          switch (scope.format()) {
            case TEXT -> new AsOfText(seen, terminal).print();
            case JSON -> terminal.out().println(ScoreJson.text(StoryJson.of(seen)));
          }
        });
    return asOf.isPresent();
  }
}
