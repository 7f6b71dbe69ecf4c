package io.leadgauge.crm;

import java.time.Duration;

/**
 * How often results are written into the CRM's contacts.
 *
 * @param minInterval the least time between two writes of one contact
 * @param minChange by how many points a score must differ when time alone moved it
 * @param atMost the least time between two writes of one contact that time alone causes
 * @param corrections how often in an hour a field that somebody else has written over is put right
 */
public record WriteBack(Duration minInterval, int minChange, Duration atMost, int corrections) {
  /** How often an overwritten field is put right, unless the manifest says. */
  public static final int DEFAULT_CORRECTIONS = 3;

  /** Makes one that puts right as often as is usual. */
  public WriteBack(Duration minInterval, int minChange, Duration atMost) {
    this(minInterval, minChange, atMost, DEFAULT_CORRECTIONS);
  }
}
