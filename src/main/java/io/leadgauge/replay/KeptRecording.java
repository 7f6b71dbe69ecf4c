package io.leadgauge.replay;

import io.leadgauge.model.Delivery;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The deliveries of a store. What comes in after it was made is not among them. */
public final class KeptRecording implements Recording {
  private static final int PAGE = 5_000;

  private final StoreReader reader;
  private final long[] numbers;
  private final long[] instants;

  /**
   * Looks up which there are.
   *
   * @param reader the store; closed with the recording
   */
  public KeptRecording(StoreReader reader, DeliveryFilter filter) {
    this.reader = reader;
    LongStream.Builder found = LongStream.builder();
    LongStream.Builder at = LongStream.builder();
    List<JournalLine> page = reader.keptDeliveries().after(filter, 0, PAGE);
    while (!page.isEmpty()) {
      page.forEach(line -> found.add(line.sequence()));
      page.forEach(line -> at.add(line.receivedAt()));
      page = reader.keptDeliveries().after(filter, page.getLast().sequence(), PAGE);
    }
    numbers = found.build().toArray();
    instants = at.build().toArray();
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public long receivedAt(int place) {
    return instants[place];
  }

  @Override
  public Optional<CapturedDelivery> read(int place) {
    return reader
        .journal()
        .entry(numbers[place])
        .flatMap(
            entry ->
                entry.hasBody() && entry.entry() instanceof Delivery delivery
                    ? Optional.of(CapturedDelivery.of(delivery))
                    : Optional.empty());
  }

  @Override
  public void close() {
    reader.close();
  }
}
