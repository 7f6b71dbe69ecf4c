package io.leadgauge.store;

/**
 * How full the write-ahead log is, whose file is longer: what it has grown to stays.
 *
 * @param pages from its start; the next commit goes behind them, unless all are moved and nobody
 *     reads them
 * @param unmovedPages those of them that are not in the database file yet
 */
public record LogFill(int pages, int unmovedPages) {}
