package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Where a model places a contact at an instant, whatever its exact points and the reasons for them.
 *
 * @param scored whether the model scores it at all
 * @param decision label and stages, decided on the one before
 * @param grade the cell of the grade grid; null for none
 * @param segment the nurture segment; null for none
 * @param steadyUntil the first millisecond at which any of this may change by time alone, or an
 *     earlier one at which to look again; {@link Long#MAX_VALUE} if not before the instant up to
 *     which it was asked for
 */
public record Placing(
    boolean scored,
    Decision decision,
    @Nullable String grade,
    @Nullable String segment,
    long steadyUntil) {}
