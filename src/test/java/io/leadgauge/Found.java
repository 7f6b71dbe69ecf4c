package io.leadgauge;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks up what a test knows to be there. */
public final class Found {
  private Found() {}

  /** Returns the value of a key; fails with the key and what there is instead. */
  public static <K, V> V in(Map<K, V> map, K key) {
    @Nullable V value = map.get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + map.keySet());
    }
    return value;
  }
}
