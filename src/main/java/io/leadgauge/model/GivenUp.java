package io.leadgauge.model;

import java.util.List;

/**
 * What was told by names that lead to nobody was given up: it is forgotten, by the bounds of
 * waiting. Says which names by keyed hashes alone, from which nobody can be read back.
 *
 * @param receivedAt when
 * @param connection whose names they were
 * @param names the keyed hash of each, in hexadecimal digits; copied
 */
public record GivenUp(long receivedAt, ConnectionId connection, List<String> names)
    implements Entry {
  public GivenUp {
    names = List.copyOf(names);
  }
}
