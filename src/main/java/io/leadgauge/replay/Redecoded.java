package io.leadgauge.replay;

import java.util.List;

/**
 * What would be otherwise if all deliveries had been read as they are read now.
 *
 * @param from the number of the first entry that it could start from
 * @param to the number of the last entry
 * @param deliveries how many deliveries were read again
 * @param bodiless how many were not, since their bodies are not kept any more
 * @param otherwise how many tell something else now
 * @param unreadable how many could be read when they came, and cannot now
 * @param readable how many that are quarantined could be read now
 * @param records how many records would have other facts
 * @param facts how many facts would be added, gone or different
 * @param examples the first deliveries that tell something else; copied
 */
public record Redecoded(
    long from,
    long to,
    long deliveries,
    long bodiless,
    long otherwise,
    long unreadable,
    long readable,
    long records,
    long facts,
    List<Example> examples) {
  public Redecoded {
    examples = List.copyOf(examples);
  }

  /**
   * A delivery that tells something else now.
   *
   * @param entry its number
   * @param connection whose it is
   * @param gone what it told, and tells no more; the first of it
   * @param added what it tells now; the first of it
   */
  public record Example(long entry, String connection, List<String> gone, List<String> added) {
    public Example {
      gone = List.copyOf(gone);
      added = List.copyOf(added);
    }
  }
}
