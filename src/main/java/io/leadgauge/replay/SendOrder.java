package io.leadgauge.replay;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * In which order deliveries are sent, how often each, and when. Immutable, as far as its arrays
 * are.
 */
public final class SendOrder {
  private final int[] places;
  private final long[] offsets;

  private SendOrder(int[] places, long[] offsets) {
    this.places = places;
    this.offsets = offsets;
  }

  /**
   * Makes one.
   *
   * @param times how often each is sent, at least once
   * @param seed of the order in which they are shuffled; null for the order in which they came
   * @param speed how many times as fast as they came; 0 for as fast as they can be sent
   */
  public static SendOrder of(Recording recording, int times, @Nullable Long seed, int speed) {
    int[] places = new int[Math.multiplyExact(recording.size(), times)];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / times;
    }
    long[] offsets = speed == 0 ? new long[0] : offsets(recording, places, speed);
    if (seed != null) {
      shuffle(places, new SplittableRandom(seed));
    }
    return new SendOrder(places, offsets);
  }

  private static void shuffle(int[] places, SplittableRandom random) {
    for (int i = places.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int one = places[i];
      places[i] = places[other];
      places[other] = one;
    }
  }

  /** The n-th is sent when the n-th came, whichever it is. */
  private static long[] offsets(Recording recording, int[] places, int speed) {
    long[] offsets = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      offsets[i] = recording.receivedAt(places[i]);
    }
    long first = Arrays.stream(offsets).filter(at -> at != 0).min().orElse(0);
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Math.max(0, offsets[i] - first) / speed;
    }
    return offsets;
  }

  /** Returns how many are sent. */
  public int size() {
    return places.length;
  }

  /** Returns the place in the recording of the one that is sent n-th. */
  int place(int turn) {
    return places[turn];
  }

  /** Returns how long after the beginning it is sent, in milliseconds. */
  long offset(int turn) {
    return offsets.length == 0 ? 0 : offsets[turn];
  }
}
