package io.leadgauge.crm;

/**
 * How many contacts one change of configuration may move to another stage before it has to be
 * approved.
 *
 * @param contacts the most contacts, 0 or more
 * @param percent the most in a hundred of the connection's contacts, 0 to 100
 */
public record Guard(long contacts, int percent) {
  /** Unless the manifest says otherwise. */
  public static final Guard DEFAULT = new Guard(200, 2);

  /** Below so many contacts a share says nothing: one contact alone would exceed it. */
  private static final long FEWEST_FOR_A_SHARE = 10;

  private static final long HUNDRED = 100;

  public Guard {
    if (contacts < 0 || percent < 0 || percent > HUNDRED) {
      throw new IllegalArgumentException("no guard: " + contacts + " contacts, " + percent + " %");
    }
  }

  /**
   * Tells whether so many are too many: more than the one bound or more than the other.
   *
   * @param moved how many contacts would be moved
   * @param all how many contacts the connection has
   */
  public boolean isExceeded(long moved, long all) {
    boolean share = all >= FEWEST_FOR_A_SHARE && moved * HUNDRED > percent * all;
    return moved > contacts || share;
  }
}
