package io.leadgauge.sandbox;

/**
 * The record that something is told of.
 *
 * @param portalId the account it belongs to
 * @param type of what kind it is
 * @param id its own id, unique within the account
 */
record Subject(long portalId, ObjectType type, long id) {}
