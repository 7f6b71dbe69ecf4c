package io.leadgauge.store;

import io.leadgauge.model.Fact;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Facts, ready to be stored. Immutable and thread-safe. */
public final class PackedFacts {
  private final Packed packed;

  private PackedFacts(Packed packed) {
    this.packed = packed;
  }

  static PackedFacts of(List<Fact> facts) {
    return of(FactText.facts(facts));
  }

  static PackedFacts of(String text) {
    return new PackedFacts(Packing.FACTS.pack(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns how many bytes are stored of them. */
  public int bytes() {
    return packed.bytes().length;
  }

  Packed packed() {
    return packed;
  }
}
