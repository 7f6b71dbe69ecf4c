/**
 * A second evaluator of models, written from docs/language.md alone. It shares no class with {@code
 * scoring} or {@code manifest}, and prefers the words of the page to speed: start reading at {@link
 * io.leadgauge.naive.NaiveModel}.
 */
@NullMarked
package io.leadgauge.naive;

import org.jspecify.annotations.NullMarked;
