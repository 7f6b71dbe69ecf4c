/**
 * Points as a pure function of facts, and decisions on them. Nothing but {@code java.*} and the
 * model: no clock, no log, no floating point.
 *
 * <p>Open {@link io.leadgauge.scoring.ModelDefinition} for what a model can say, then {@link
 * io.leadgauge.scoring.ScoringModel}, which compiles it. Inside, {@code CompiledRules} reads a
 * contact into a {@code Timeline}, which knows what every rule gives at any instant: {@code Facts}
 * are what a rule reads, {@code Shares} what is left of activities then. A {@code Moment} is one
 * instant of it, {@code Seen} what people see then, and {@code Validity} finds the first instant at
 * which they see something else.
 */
@NullMarked
package io.leadgauge.scoring;

import org.jspecify.annotations.NullMarked;
