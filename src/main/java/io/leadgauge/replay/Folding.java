package io.leadgauge.replay;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the journal in commit order, a page at a time: puts on a shelf what entries told,
 * and takes each decision again where it stands. Not thread-safe.
 */
final class Folding {
  private static final int PAGE = 500;

  private final StoreReader reader;
  private final InForce versions;
  private final Function<CrmKind, CrmAdapter> platforms;
  private final @Nullable ConnectionId only;
  private final Retelling retelling;
  private final DecisionsAgain decisionsAgain;
  private final Findings findings = new Findings();
  private final long from;
  private long reached;
  private long deliveries;
  private long observations;
  private long decisions;

  /**
   * Begins at the first entry.
   *
   * @param only of this connection; null for all
   */
  Folding(
      StoreReader reader,
      InForce versions,
      Function<CrmKind, CrmAdapter> platforms,
      ScratchShelf shelf,
      @Nullable ConnectionId only) {
    this.reader = reader;
    this.versions = versions;
    this.platforms = platforms;
    this.only = only;
    this.retelling = new Retelling(this::decoded, shelf);
    this.decisionsAgain = new DecisionsAgain(versions, shelf);
    this.from = 1;
  }

  /** Goes on to the end of the journal. */
  void goOn(Rebuild.Progress progress) {
    long last = reader.counts().lastSequence();
    for (List<JournalEntry> page = reader.journal().after(reached, PAGE);
        !page.isEmpty();
        page = reader.journal().after(reached, PAGE)) {
      page.stream().filter(this::isWanted).forEach(this::take);
      reached = page.getLast().sequence();
      progress.at(reached, Math.max(last, reached));
    }
    decisionsAgain.over();
  }

  private boolean isWanted(JournalEntry entry) {
    ConnectionId connection = connection(entry.entry());
    return only == null || connection == null || only.equals(connection);
  }

  private static @Nullable ConnectionId connection(Entry entry) {
    return switch (entry) {
      case Delivery delivery -> delivery.connection();
      case Observation observation -> observation.connection();
      case Activation activation -> null;
      case Decided decided -> decided.contact().connection();
      case Erasure erasure -> erasure.connection();
      case GivenUp givenUp -> givenUp.connection();
    };
  }

  private void take(JournalEntry entry) {
    if (entry.entry() instanceof Decided decided) {
      decide(entry.sequence(), decided);
      return;
    }
    decisionsAgain.over();
    retelling.tell(entry);
    switch (entry.entry()) {
      case Delivery delivery -> deliveries++;
      case Observation observation -> observations++;
      case Erasure erasure -> findings.noteErasure(erasure.connection());
      case Activation activation -> {}
      case GivenUp givenUp -> {}
      case Decided decided -> {}
    }
  }

  private void decide(long sequence, Decided decided) {
    decisions++;
    decisionsAgain.check(sequence, decided).ifPresent(findings::note);
  }

  /** Reads a delivery as the intake did. */
  private Decoded decoded(Delivery delivery, long sequence) {
    Optional<ConnectionScope> scope = versions.at(delivery.connection(), sequence);
    if (scope.isEmpty()) {
      noteUnknownVersion(delivery, sequence);
      return new Decoded.Undecodable("no version of its connection is known");
    }
    Connection connection = scope.get().connection();
    try {
      return platforms.apply(connection.kind()).decode(connection, delivery);
    } catch (RuntimeException e) {
      return new Decoded.Undecodable("could not be decoded: " + e);
    }
  }

  private void noteUnknownVersion(Delivery delivery, long sequence) {
    if (sequence > reached) {
      findings.note(
          new Difference(
              Difference.Kind.VERSION,
              null,
              delivery.connection().name(),
              null,
              versions.trouble(delivery.connection(), sequence),
              sequence));
    }
  }

  /**
   * Returns the first difference with the entry that should have brought it. Goes through the
   * journal once more, up to there.
   */
  Optional<Difference> firstCause() {
    Optional<Difference> earliest = findings.earliest();
    long until = earliest.map(Difference::entry).filter(entry -> entry > 0).orElse(reached + 1);
    long sequence = findings.areOpen() ? from - 1 : until;
    while (sequence < until) {
      List<JournalEntry> page = reader.journal().after(sequence, PAGE);
      for (JournalEntry entry : page) {
        if (entry.sequence() >= until) {
          return earliest;
        }
        List<Fact> told = isWanted(entry) ? retelling.told(entry) : List.of();
        Optional<Difference> brought =
            findings.broughtBy(entry.sequence(), entry.entry().receivedAt(), told);
        if (brought.isPresent()) {
          return brought;
        }
      }
      sequence = page.isEmpty() ? until : page.getLast().sequence();
    }
    return earliest;
  }

  Findings findings() {
    return findings;
  }

  /** Returns the number of the first entry that was told again. */
  long from() {
    return from;
  }

  /** Returns the number of the last entry so far. */
  long reached() {
    return reached;
  }

  /** Returns how many deliveries were told again. */
  long deliveries() {
    return deliveries;
  }

  /** Returns how many answers of the CRM were told again. */
  long observations() {
    return observations;
  }

  /** Returns how many decisions were taken again. */
  long decisions() {
    return decisions;
  }
}
