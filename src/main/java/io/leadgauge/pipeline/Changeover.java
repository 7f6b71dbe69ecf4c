package io.leadgauge.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.store.StoreReader;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a change of a connection's configuration has come. Kept in the store, so that a restart
 * neither forgets a pause nor takes a change for approved.
 *
 * @param base the configuration that the CRM was last written by without anything held back
 * @param sequence the last entry under that configuration; decisions up to it can be gone back to
 * @param since when that configuration was left; {@link Due#NEVER} where nothing is held back
 * @param configuration the configuration in force
 * @param phase how far it has come
 * @param contacts how many contacts the connection had when they were counted
 * @param moves how many of them would be moved, by the CRM's stage; unmodifiable
 */
record Changeover(
    String base,
    long sequence,
    long since,
    String configuration,
    Phase phase,
    long contacts,
    SortedMap<String, Long> moves) {
  /** The name of the cursor that keeps it. */
  static final String CURSOR = "changeover";

  /** The name of the cursor: the configuration that all contacts were last settled by. */
  static final String SETTLED = "settled";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOT_YET = -1;

  Changeover {
    moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
  }

  /** What is done about a change. */
  enum Phase {
    /** All contacts are scored, nothing is written, what would be moved is counted. */
    COUNTING,

    /** Too many would be moved; stages are held back until somebody approves. */
    PAUSED,

    /** Everything is written. */
    OPEN
  }

  /** Returns the state of a connection that nothing was ever written for. */
  static Changeover first(String configuration) {
    return new Changeover(
        configuration, 0, Due.NEVER, configuration, Phase.OPEN, 0, Collections.emptySortedMap());
  }

  /** Returns what the store keeps of a connection; empty if it was never served. */
  static Optional<Changeover> kept(StoreReader reader, ConnectionId id) {
    return reader
        .cursor(id, CURSOR)
        .map(Changeover::of)
        .or(
            () ->
                reader
                    .cursor(id, SETTLED)
                    .filter(settled -> !settled.isEmpty())
                    .map(Changeover::first));
  }

  /** Returns what follows when another configuration comes into force, or the base again. */
  Changeover to(String other) {
    boolean open = phase == Phase.OPEN;
    return new Changeover(
        open ? configuration : base,
        open ? NOT_YET : sequence,
        open ? NOT_YET : since,
        other,
        Phase.COUNTING,
        0,
        Collections.emptySortedMap());
  }

  /** Fills in where the base was left, if that is only now. */
  Changeover begunAt(long lastSequence, long now) {
    return sequence == NOT_YET
        ? new Changeover(base, lastSequence, now, configuration, phase, contacts, moves)
        : this;
  }

  /** Returns the same, held back until somebody approves of what would be moved. */
  Changeover paused(long all, SortedMap<String, Long> moved) {
    return new Changeover(base, sequence, since, configuration, Phase.PAUSED, all, moved);
  }

  /** Returns the same with nothing held back. */
  Changeover open() {
    return new Changeover(base, sequence, Due.NEVER, configuration, Phase.OPEN, contacts, moves);
  }

  /** Tells whether the way leads back to what was in force before. */
  boolean isBack() {
    return configuration.equals(base);
  }

  /** Returns how many contacts would be moved. */
  long moved() {
    return moves.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns a connection as it is to be served in this phase. */
  ConnectionScope applied(ConnectionScope scope) {
    return scope.heldSince(since);
  }

  /** Returns it as JSON. */
  String text() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("base", base).put("sequence", sequence).put("since", since);
    json.put("configuration", configuration).put("phase", phase.name().toLowerCase(Locale.ROOT));
    json.put("contacts", contacts);
    ObjectNode moved = json.putObject("moves");
    moves.forEach(moved::put);
    return json.toString();
  }

  /** Reads what {@link #text} has written. */
  private static Changeover of(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      SortedMap<String, Long> moves = new TreeMap<>();
      json.path("moves").properties().forEach(m -> moves.put(m.getKey(), m.getValue().asLong()));
      return new Changeover(
          json.path("base").asText(),
          json.path("sequence").asLong(),
          json.path("since").asLong(),
          json.path("configuration").asText(),
          Phase.valueOf(json.path("phase").asText().toUpperCase(Locale.ROOT)),
          json.path("contacts").asLong(),
          moves);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds an unreadable changeover", e);
    }
  }
}
