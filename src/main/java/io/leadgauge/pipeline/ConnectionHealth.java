package io.leadgauge.pipeline;

import io.leadgauge.crm.Allowance;
import io.leadgauge.model.ConnectionId;

/**
 * How a connection does.
 *
 * @param connection which
 * @param waitingForFacts contacts that are to be read from the CRM, as far as they were counted
 * @param waitingForWrite contacts that the CRM should hold otherwise by now, as far as they were
 *     counted
 * @param answeredAt when the CRM last answered a call well; 0 for never since the start
 * @param pausedUntil until when the CRM is left alone; 0 if it is not
 * @param trouble what the last call met; empty if it was well
 * @param allowance how much of what the CRM allows is used
 * @param lookedBack what looking back has found
 * @param drift what samples have found
 */
public record ConnectionHealth(
    ConnectionId connection,
    long waitingForFacts,
    long waitingForWrite,
    long answeredAt,
    long pausedUntil,
    String trouble,
    Allowance allowance,
    LookedBack lookedBack,
    Drift drift) {}
