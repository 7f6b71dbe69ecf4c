package io.leadgauge.pipeline;

import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The version of a connection that is in force, and how far the change to it has come. One thread
 * brings another into force; others look at it.
 */
final class InForce {
  private final ConnectionId id;
  private final Scopes scopes;
  private final Intake intake;
  private final StoreReader reader;
  private final ReentrantLock activating;
  private volatile Changeover changeover;
  private Candidate version;

  /**
   * Makes one that is not in force yet; how far it had come before is read from the store.
   *
   * @param activating taken while manifests are noted, by all connections
   */
  InForce(
      Candidate first, Scopes scopes, Intake intake, StoreReader reader, ReentrantLock activating) {
    this.id = first.scope().id();
    this.scopes = scopes;
    this.intake = intake;
    this.reader = reader;
    this.activating = activating;
    this.version = first;
    this.changeover =
        Changeover.kept(reader, id)
            .orElseGet(() -> Changeover.first(first.scope().configuration()));
  }

  /** Returns the version, as it was wanted. For the one thread alone. */
  Candidate version() {
    return version;
  }

  /** Returns the connection, as it is served. */
  ConnectionScope scope() {
    return scopes.require(id);
  }

  /** Returns how far the change to the version has come. */
  Changeover changeover() {
    return changeover;
  }

  /**
   * Returns how far it has come by the store, which may know better: a change that was kept just
   * before the store could no longer be asked has happened.
   */
  Changeover kept() {
    changeover = Changeover.kept(reader, id).orElse(changeover);
    return changeover;
  }

  /** Returns when the same version is in force with its change come further. */
  void advance(Changeover next) {
    bring(version, next);
  }

  /** Returns when a version is in force, and its manifests are noted in the journal. */
  void bring(Candidate candidate, Changeover next) {
    activating.lock();
    try {
      List<Activation> news = candidate.manifests().stream().filter(this::isNews).toList();
      intake.submit(new Work.Switch(candidate.scope(), news, next)).join();
    } finally {
      activating.unlock();
    }
    changeover = Changeover.kept(reader, id).orElse(next);
    version = candidate;
  }

  /** A version that only reads otherwise is noted as well, so that its text can be gone back to. */
  private boolean isNews(Activation manifest) {
    return reader
        .journal()
        .lastActivation(manifest.kind(), manifest.name(), Long.MAX_VALUE)
        .map(JournalEntry::entry)
        .map(Activation.class::cast)
        .filter(last -> last.hash().equals(manifest.hash()) && last.text().equals(manifest.text()))
        .isEmpty();
  }
}
