package io.leadgauge.replay;

import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.scoring.ScoringModel;
import org.jspecify.annotations.Nullable;

/**
 * What is compared with what.
 *
 * @param scope the connection as it is in force
 * @param old one of its models
 * @param other the model that would take its place, compiled for those whom it is to score
 * @param since from when on it is told what would have happened, in milliseconds, inclusive
 * @param until until when, exclusive
 * @param capacity how many hand-offs a day sales can take; null if nobody asks
 * @param threads how many threads work on it; leaves no trace in what comes out
 */
public record Terms(
    ConnectionScope scope,
    ModelAtWork old,
    ScoringModel other,
    long since,
    long until,
    @Nullable Long capacity,
    int threads) {}
