package io.leadgauge.scoring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule gives points: a sentence of the manifest with placeholders, or one that is made from
 * the rule's names and values.
 *
 * @param written the manifest's sentence; null for none
 * @param slot the property whose value {@code {value}} stands for; -1 for none
 */
record Sentence(@Nullable String written, int slot) {
  /** Says it of a contact. */
  String text(CompiledRule.Facts facts, int count, Supplier<String> made) {
    if (written == null) {
      return made.get();
    }
    return written.indexOf('{') < 0
        ? written
        : written
            .replace("{count}", Integer.toString(count))
            .replace("{times}", Wording.times(count))
            .replace("{value}", slot < 0 ? "" : Wording.value(slot, facts.values()));
  }
}
