package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the configuration of a connection has come.
 *
 * @param connection which connection
 * @param model the model in force, and the hash of its meaning
 * @param state how far it is
 * @param detail the same for a reader, in a line
 * @param progress of a pass over all contacts; {@link Progress#NONE} where none is on its way
 * @param missing what is to be set up in the portal first; copied
 * @param unheard properties that no event was seen of since they were added; copied
 * @param contacts how many contacts there were when moves were counted
 * @param moves how many of them the change would move, by the CRM's stage; copied
 */
public record Configuration(
    ConnectionId connection,
    String model,
    State state,
    String detail,
    Progress progress,
    List<String> missing,
    List<String> unheard,
    long contacts,
    SortedMap<String, Long> moves) {
  public Configuration {
    missing = List.copyOf(missing);
    unheard = List.copyOf(unheard);
    moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
  }

  /** What is done about the configuration. */
  public enum State {
    /** It is in force and every contact is scored by it. */
    IN_FORCE,
    /**
     * It is in force; events of properties that it added have not been seen, so they are polled.
     */
    NEEDS_UPLOAD,
    /** The one before is in force until properties are read that the new one needs. */
    FETCHING,
    /** The one before is in force until the portal has what the new one needs. */
    NEEDS_SETUP,
    /** It is in force and contacts are scored by it, one after the other. */
    SCORING,
    /** It is in force, and stages are held back until somebody approves. */
    PAUSED;

    /** Returns the word that people and scripts see. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * How far a pass has come.
   *
   * @param done contacts that are done
   * @param total contacts in all
   * @param perSecond contacts a second so far
   */
  public record Progress(long done, long total, long perSecond) {
    /** No pass is on its way. */
    public static final Progress NONE = new Progress(0, 0, 0);
  }
}
