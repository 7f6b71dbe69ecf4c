package io.leadgauge.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.KeptManifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells by which version of a connection an entry of the journal was applied. Versions are read
 * back from the texts that the journal keeps of their manifests, without any secret: they decode
 * and score, and can neither be called nor deliver. Thread-safe.
 *
 * <p>A release that reads a text otherwise than the one that kept it gives a scope with another
 * configuration than was in force; its models then have other hashes.
 */
public final class Versions {
  private static final int MOST_IN_MEMORY = 32;

  private final JournalReader journal;
  private final Map<ConnectionId, Span> spans = new ConcurrentHashMap<>();
  private final Cache<Activation, Version> read =
      Caffeine.newBuilder().maximumSize(MOST_IN_MEMORY).executor(Runnable::run).build();

  /**
   * Makes one over a journal.
   *
   * @param journal closed by whoever opened it, and not before this is used for the last time
   */
  public Versions(JournalReader journal) {
    this.journal = journal;
  }

  /**
   * The entries among which a connection does not change.
   *
   * @param from the first of them
   * @param until the first that is none of them, or is not known to be
   * @param switched by what it came into force; null if it was not in force yet
   */
  private record Span(long from, long until, @Nullable Activation switched) {
    boolean holds(long sequence) {
      return from <= sequence && sequence < until;
    }
  }

  /**
   * A version.
   *
   * @param scope null if it cannot be read back
   * @param trouble why not
   */
  private record Version(@Nullable ConnectionScope scope, String trouble) {}

  /**
   * Returns the version of a connection that was in force when an entry was applied; empty if it
   * was not served yet, or {@link #trouble} tells why the version cannot be read back.
   */
  public Optional<ConnectionScope> at(ConnectionId connection, long sequence) {
    return Optional.ofNullable(version(connection, sequence).scope());
  }

  /** Says why there is no {@link #at version} at an entry; empty if there is one. */
  public String trouble(ConnectionId connection, long sequence) {
    return version(connection, sequence).trouble();
  }

  /**
   * Returns the number of the entry by which the version came into force that was in force at an
   * entry; 0 if none was.
   */
  public long since(ConnectionId connection, long sequence) {
    Span span = span(connection, sequence);
    return span.switched() == null ? 0 : span.from();
  }

  private Version version(ConnectionId connection, long sequence) {
    Span span = span(connection, sequence);
    Activation switched = span.switched();
    return switched == null
        ? new Version(null, "the journal does not say which version was in force")
        : read.get(switched, key -> read(key, span.from()));
  }

  private Span span(ConnectionId connection, long sequence) {
    Span known = spans.get(connection);
    if (known != null && known.holds(sequence)) {
      return known;
    }
    Span found = find(connection, sequence);
    spans.put(connection, found);
    return found;
  }

  /** What comes later than the last entry of now may be of another version. */
  private Span find(ConnectionId connection, long sequence) {
    long last = journal.last();
    String name = connection.name();
    Optional<JournalEntry> before = journal.lastActivation(Composition.KIND, name, sequence);
    Optional<JournalEntry> after = journal.nextActivation(Composition.KIND, name, sequence);
    return new Span(
        before.map(JournalEntry::sequence).orElse(0L),
        after.map(JournalEntry::sequence).orElse(last + 1),
        before.map(JournalEntry::entry).map(Activation.class::cast).orElse(null));
  }

  private Version read(Activation switched, long sequence) {
    Composition composition = Composition.of(switched);
    List<Activation> manifests = new ArrayList<>();
    for (Composition.Part part : composition.parts()) {
      Activation text =
          journal.activation(part.kind(), part.name(), part.hash(), sequence).orElse(null);
      if (text == null) {
        return new Version(null, "the text of " + part.kind() + " " + part.name() + " is not kept");
      }
      manifests.add(text);
    }
    KeptManifests.Read kept = KeptManifests.read(composition.portal(), manifests);
    ConnectionManifest manifest = kept.manifest();
    return manifest == null
        ? new Version(null, trouble(kept.problems()))
        : new Version(
            new ConnectionScope(manifest.connection(), manifest.hash(), manifest.models()), "");
  }

  private static String trouble(List<Problem> problems) {
    return problems.stream()
        .filter(Problem::isError)
        .findFirst()
        .map(Problem::toString)
        .orElse("its manifests are not kept");
  }
}
