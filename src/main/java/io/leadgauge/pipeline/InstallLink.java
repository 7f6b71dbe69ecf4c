package io.leadgauge.pipeline;

/**
 * What goes into the link by which a person lets an app in.
 *
 * @param state comes back with the answer, and tells that it was asked for here
 * @param challenge the verifier's SHA-256 in Base64 for addresses (PKCE, RFC 7636)
 * @param until from when it is no longer good, by our clock
 */
public record InstallLink(String state, String challenge, long until) {}
