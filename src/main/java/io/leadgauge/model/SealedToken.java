package io.leadgauge.model;

/**
 * A token as it is kept: encrypted.
 *
 * @param keyId which key opens it
 * @param bytes nonce and ciphertext; not copied, must not be changed
 */
// Bytes on their way into one column and out again; nothing compares them.
@SuppressWarnings("ArrayRecordComponent")
public record SealedToken(String keyId, byte[] bytes) {}
