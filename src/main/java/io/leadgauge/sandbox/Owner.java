package io.leadgauge.sandbox;

/**
 * A person that records can belong to.
 *
 * @param id what {@code hubspot_owner_id} holds
 * @param userId the number of the same person as a user, which does not name an owner
 * @param email the address
 * @param firstName the first name
 * @param lastName the last name
 * @param archived whether the person has left
 */
record Owner(
    long id, long userId, String email, String firstName, String lastName, boolean archived) {}
