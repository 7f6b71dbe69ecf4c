package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptDelivery;
import io.leadgauge.store.StoreReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes up deliveries once more that were kept and not applied, or not all of whose events were:
 * after a fix, or since whoever they are for is served. Thread-safe.
 */
public final class Retries {
  /** About how much of deliveries waits for its transaction at once, in bytes. */
  private static final long MOST_BYTES = 4L << 20;

  private final Intake intake;
  private final StoreReader reader;

  Retries(Intake intake, StoreReader reader) {
    this.intake = intake;
    this.reader = reader;
  }

  /**
   * Takes them up, in their order; returns after the commits, with what came of each. Done once
   * more it changes nothing.
   *
   * @throws RuntimeException if the store fails; what was committed before stays
   */
  public List<Retrial> retry(List<Long> numbers) {
    List<CompletableFuture<Retrial>> tried = new ArrayList<>();
    List<Retrial> told = new ArrayList<>();
    long bytes = 0;
    for (long number : numbers) {
      Optional<JournalLine> line = reader.keptDeliveries().find(number).map(KeptDelivery::line);
      if (line.isPresent()) {
        tried.add(submit(line.get()));
        bytes += line.get().bytes();
      } else {
        Retrial none = new Retrial.Missing(number, "there is none");
        tried.add(CompletableFuture.completedFuture(none));
      }
      if (bytes >= MOST_BYTES) {
        tried.forEach(one -> told.add(one.join()));
        tried.clear();
        bytes = 0;
      }
    }
    tried.forEach(one -> told.add(one.join()));
    return told;
  }

  private CompletableFuture<Retrial> submit(JournalLine line) {
    CompletableFuture<Retrial> answer = new CompletableFuture<>();
    ConnectionId turn = new ConnectionId(line.connection());
    return intake
        .submit(new Work.Retry(turn, line.sequence(), line.bytes(), answer::complete))
        .thenCompose(done -> answer);
  }
}
