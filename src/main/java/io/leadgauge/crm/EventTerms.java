package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How what is told of people by other names than the CRM's own counts: by their e-mail addresses,
 * or by what a source called them before they were known.
 *
 * @param sources the event sources that feed the connection, by name; copied
 * @param severalWithEmail for whom it counts where several have the address
 * @param names how many names that lead to nobody yet are kept at most
 * @param events how many events are kept under such names at most, all together
 * @param waitFor how long such a name is kept after the last event under it
 */
public record EventTerms(
    SortedMap<ConnectionId, EventSource> sources,
    SeveralWithEmail severalWithEmail,
    int names,
    int events,
    Duration waitFor) {
  /** What holds where a connection says nothing, and no source feeds it. */
  public static final EventTerms DEFAULT =
      new EventTerms(
          new TreeMap<>(), SeveralWithEmail.ALL, 100_000, 1_000_000, Duration.ofDays(90));

  public EventTerms {
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /** Tells whether an event source feeds the connection. */
  public boolean fed() {
    return !sources.isEmpty();
  }

  /** Returns the same of a connection that this event source feeds as well, as it is now. */
  public EventTerms fedBy(EventSource source) {
    SortedMap<ConnectionId, EventSource> more = new TreeMap<>(sources);
    more.put(source.name(), source);
    return new EventTerms(more, severalWithEmail, names, events, waitFor);
  }

  /** For whom an event counts that names an e-mail address which several people have. */
  public enum SeveralWithEmail {
    /** For each of them. */
    ALL("all"),
    /** For none of them, until one alone has it. */
    NONE("none"),
    /**
     * For the one whose record is the oldest: the contacts before the leads, by the order of their
     * ids, which a CRM gives one after the other.
     */
    OLDEST("oldest");

    private final String word;

    SeveralWithEmail(String word) {
      this.word = word;
    }

    /** Returns the word that manifests use. */
    public String word() {
      return word;
    }

    /** Returns what manifests call so. */
    public static Optional<SeveralWithEmail> ofWord(String word) {
      return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
  }
}
