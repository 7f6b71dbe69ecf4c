package io.leadgauge.pipeline;

/**
 * What looking back has found.
 *
 * @param at when it looked back last; 0 for never since the start
 * @param from since when it looked that time, by the CRM's clock
 * @param until until when
 * @param missedThen how many contacts had changed in that span and no event had told
 * @param contacts how many changed contacts it has looked at since the start
 * @param missed how many of them had changed in properties that send events, or are new, and no
 *     event had told
 * @param unannounced how many had changed in properties of which no event was ever seen
 */
public record LookedBack(
    long at, long from, long until, long missedThen, long contacts, long missed, long unannounced) {
  static final LookedBack NEVER = new LookedBack(0, 0, 0, 0, 0, 0, 0);

  LookedBack began(long now, long since, long to) {
    return new LookedBack(now, since, to, 0, contacts, missed, unannounced);
  }

  LookedBack and(long looked, long moreMissed, long moreUnannounced) {
    return new LookedBack(
        at,
        from,
        until,
        missedThen + moreMissed,
        contacts + looked,
        missed + moreMissed,
        unannounced + moreUnannounced);
  }
}
