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
  /** Says it of a contact that has these values. */
  String text(Vocabulary.Values values, Supplier<String> made) {
    return written == null
        ? made.get()
        : text(1, slot < 0 ? "" : Wording.value(slot, values), made);
  }

  /**
   * Says it.
   *
   * @param count what {@code {count}} and {@code {times}} stand for
   * @param value what {@code {value}} stands for
   * @param made what is said where nothing is written
   */
  String text(int count, String value, Supplier<String> made) {
    if (written == null) {
      return made.get();
    }
    return written.indexOf('{') < 0
        ? written
        : written
            .replace("{count}", Integer.toString(count))
            .replace("{times}", Wording.times(count))
            .replace("{value}", value);
  }
}
