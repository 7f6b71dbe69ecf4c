package io.leadgauge.crm;

import java.time.Duration;

/**
 * How often results are written into the CRM's contacts.
 *
 * @param minInterval the least time between two writes of one contact
 * @param minChange by how many points a score must differ when time alone moved it
 * @param atMost the least time between two writes of one contact that time alone causes
 */
public record WriteBack(Duration minInterval, int minChange, Duration atMost) {}
